import type { Case } from '../../domain/case/case';
import { askedName } from '../../domain/case/offered';
import { type Desk, personOf } from '../../domain/desk/desk';
import { isAble } from '../../domain/desk/turns';
import type { Instant, PersonId } from '../../domain/ids';
import { listed, shorten } from '../../domain/words';
import { type Line, type Section, strong, text, type View } from '../view';
import { dueLine } from './clockText';
import { button, caseData, holderLine, plainView, sentence, timeText } from './parts';

/** What a message has room for and a person reads in a minute; the rest come up as these are accepted. */
export const SHOWN_MAX = 12;
export const WORDS_MAX = 120;

export const titleOf = (it: Case): Line => [
  strong(`${it.ref}`),
  text(` ${it.priority ?? 'not triaged'} · ${shorten(it.title, 60)}`),
];
export const more = (count: number, words: string): readonly Section[] =>
  count <= 0 ? [] : [{ kind: 'lines', lines: [[text(`${count} more ${words}`)]] }];

export interface Pack {
  readonly from: PersonId;
  readonly pack: string;
  readonly back: Instant | null;
  readonly cases: readonly Case[];
}

/** Somebody's cases that cannot wait until they are back, one line each: what is due, the next step, what the client was told. */
export function packView({ from, pack, back, cases }: Pack, desk: Desk, at: Instant): View {
  const name = personOf(desk, from)?.name ?? from;
  if (cases.length === 0) return sentence(`${name}’s hand-over pack: nothing in it is open any more.`, 'good');
  const until = back === null ? 'and it is not known until when' : `until ${timeText(back, desk.zone)}`;
  const gone = isAble(desk, from) ? `off shift ${until}` : 'no longer of the desk';
  const count = cases.length === 1 ? 'One case' : `${cases.length} cases`;
  const say = `${name} is ${gone}. ${count} cannot wait; what nobody accepts in time goes on to the next and to the leads.`;
  return {
    ...plainView(`Hand-over pack: ${say} ${cases.map(({ ref }) => ref).join(', ')}`.slice(0, 1000)),
    title: [text(`${name}’s hand-over pack (${cases.length})`)],
    tone: 'warning',
    sections: [
      { kind: 'lines', lines: [...stepless(cases, name), [text(say)]] },
      ...cases.slice(0, SHOWN_MAX).map((it) => rowOf(it, desk, at)),
      ...more(cases.length - SHOWN_MAX, 'come up here as these are accepted.'),
    ],
    buttons:
      cases.length > 1 ? [button('accept-all', `Accept all ${cases.length}`, { pack }, { style: 'primary' })] : [],
  };
}

/** First, since whoever takes these over has to read their history. */
function stepless(cases: readonly Case[], name: string): readonly Line[] {
  const without = cases.filter(({ handover }) => handover?.noStep === true).map(({ ref }) => ref);
  if (without.length === 0) return [];
  const all = without.length === cases.length && cases.length > 1;
  const which = all ? 'any of these' : listed(without);
  return [[strong(`No next step was left by ${name}`), text(` on ${which}: read the history before you go on.`)]];
}

function rowOf(it: Case, desk: Desk, at: Instant): Section {
  const { handover } = it;
  const next =
    handover?.noStep === true
      ? strong('No next step was left')
      : text(`Next: ${shorten(handover?.needed ?? '', WORDS_MAX)}`);
  const told = shorten(handover?.told ?? '', WORDS_MAX);
  return {
    kind: 'row',
    title: titleOf(it),
    detail: [...dueLine(it, desk, at), text(' · '), next, text(` · Client was told: ${told}`)],
    buttons: [
      button('accept', 'Accept', { ...caseData(it), handover: handover?.id ?? '' }),
      button('details', 'Details', caseData(it)),
    ],
  };
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
      ...more(cases.length - SHOWN_MAX, 'besides.'),
    ],
  };
}
