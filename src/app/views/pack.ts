import type { Case } from '../../domain/case/case';
import { askedName } from '../../domain/case/offered';
import { openPromise } from '../../domain/case/promise';
import { type Desk, personOf } from '../../domain/desk/desk';
import { isAble } from '../../domain/desk/turns';
import type { Instant, PersonId } from '../../domain/ids';
import { nextDue } from '../../domain/sla/policy';
import { listed, shorten } from '../../domain/words';
import { type Line, type Section, strong, text, type View } from '../view';
import { clockName, dueLine } from './clockText';
import { button, caseData, holderLine, plainView, sentence, shortTime } from './parts';

/** What a message has room for and a person reads in a minute; the rest come up as these are accepted. */
export const SHOWN_MAX = 12;
export const WORDS_MAX = 120;

export const titleOf = (it: Case): Line => [
  strong(`${it.ref}`),
  text(` ${it.priority ?? 'not triaged'} · ${shorten(it.title, 60)}`),
];
export const moreRows = (count: number, words: string): readonly Section[] =>
  count <= 0 ? [] : [{ kind: 'lines', lines: [[text(`${count} more ${words}`)]] }];

export interface Pack {
  readonly from: PersonId;
  readonly pack: string;
  readonly back: Instant | null;
  readonly cases: readonly Case[];
  /** In which the reader has the clock on their wall. */
  readonly zone: string;
}

/**
 * Somebody's cases that cannot wait until they are back, a row each: by when, the next step, what the client was told.
 * Twelve are to be understood in a minute (some 240 words), so that a row has less room the more there are.
 */
export function packView(pack: Pack, desk: Desk, at: Instant): View {
  const { from, cases } = pack;
  const name = personOf(desk, from)?.name ?? from;
  if (cases.length === 0) return sentence(`${name}’s hand-over pack: nothing in it is open any more.`, 'good');
  const say = headOf(pack, desk, at);
  const room = cases.length > ROOMY_MAX ? DENSE : ROOMY;
  return {
    ...plainView(`${name}’s hand-over pack: ${say} ${cases.map(({ ref }) => ref).join(', ')}`.slice(0, 1000)),
    title: [text(`${name}’s hand-over pack (${cases.length})`)],
    tone: 'warning',
    sections: [
      { kind: 'lines', lines: [...stepless(cases), [text(say)]] },
      ...cases.slice(0, SHOWN_MAX).map((it) => rowOf(it, { desk, at, room, zone: pack.zone })),
      ...moreRows(cases.length - SHOWN_MAX, 'come up here as these are accepted.'),
    ],
    buttons:
      cases.length > 1
        ? [button('accept-all', `Accept all ${cases.length}`, { pack: pack.pack }, { style: 'primary' })]
        : [],
  };
}

function headOf({ from, back, zone }: Pack, desk: Desk, at: Instant): string {
  const until = back === null ? 'Nobody knows when they are back' : `Back ${shortTime(back, at, zone)}`;
  return `${isAble(desk, from) ? until : 'No longer of the desk'}; what you leave goes to others.`;
}

/** First, since whoever takes these over has to read their history. */
function stepless(cases: readonly Case[]): readonly Line[] {
  const without = cases.filter(({ handover }) => handover?.noStep === true).map(({ ref }) => ref);
  if (without.length === 0) return [];
  const all = without.length === cases.length && cases.length > 1;
  const which = all ? 'any of these' : listed(without);
  return [[strong('No next step'), text(` on ${which}: read the history first.`)]];
}

/** How many characters of what people wrote a row shows. */
interface Room {
  readonly title: number;
  readonly next: number;
  readonly told: number;
}
const ROOMY: Room = { title: 60, next: WORDS_MAX, told: WORDS_MAX };
const DENSE: Room = { title: 48, next: 60, told: 40 };
const ROOMY_MAX = 6;

interface Row {
  readonly desk: Desk;
  readonly at: Instant;
  readonly room: Room;
  readonly zone: string;
}

/** A time is one thing, also at the end of a line on a telephone. */
const UNBROKEN = '\u00a0';

/** By when and not how much is left: it is read hours after it was drawn. */
function rowOf(it: Case, { desk, at, room, zone }: Row): Section {
  const { handover } = it;
  const due = byWhen(it, desk);
  const by = due === null ? '' : ` ${`⏰ ${shortTime(due.at, at, zone)}`.replaceAll(' ', UNBROKEN)}${due.what}`;
  const next =
    handover?.noStep === true ? strong('No next step') : text(`Next: ${shorten(handover?.needed ?? '', room.next)}`);
  return {
    kind: 'row',
    title: [strong(it.ref), text(` ${it.priority ?? 'not triaged'}${by} · ${shorten(it.title, room.title)}`)],
    detail: [next, text(` · Told: ${shorten(handover?.told ?? '', room.told)}`)],
    buttons: [
      button('accept', 'Accept', { ...caseData(it), handover: handover?.id ?? '' }),
      button('details', 'Details', caseData(it)),
    ],
  };
}

/** What comes first, a clock or the promise to the client. The resolution is what every case waits for and has no name here. */
function byWhen(it: Case, desk: Desk): { readonly what: string; readonly at: Instant } | null {
  const next = nextDue(it, desk);
  const promise = openPromise(it);
  if (promise !== null && (next === null || promise.dueAt <= next.dueAt))
    return { what: ' (promised)', at: promise.dueAt };
  if (next === null) return null;
  const { name } = next.clock;
  return { what: name === 'resolution' ? '' : ` (${clockName(name).toLowerCase()})`, at: next.dueAt };
}

/** To the leads: cases whose owner has gone without saying what is next, and who has them or is asked now. */
export function steplessView(from: PersonId, cases: readonly Case[], desk: Desk, at: Instant): View {
  const name = personOf(desk, from)?.name ?? from;
  const count = cases.length === 1 ? 'one case' : `${cases.length} cases`;
  const say = `${name} ${isAble(desk, from) ? 'went off shift' : 'is no longer of the desk'} and left no next step on ${count}.`;
  const where = (it: Case): Line =>
    it.handover === null ? [text('With: '), ...holderLine(it, desk)] : [text(`Asked: ${askedName(it.handover.asked)}`)];
  return {
    ...plainView(`${say} ${cases.map(({ ref }) => ref).join(', ')}`.slice(0, 1000)),
    title: [text(say)],
    tone: 'warning',
    sections: [
      ...cases.slice(0, SHOWN_MAX).map(
        (it): Section => ({
          kind: 'row',
          title: titleOf(it),
          detail: [...where(it), text(' · '), ...dueLine(it, desk, at)],
          buttons: [button('details', 'Details', caseData(it))],
        }),
      ),
      ...moreRows(cases.length - SHOWN_MAX, 'besides.'),
    ],
  };
}
