/** All that somebody has goes to others: whom to choose, what would go where, and how it went. */
import { type Case, type Party, type Place, partyName } from '../../domain/case/case';
import type { Dealt } from '../../domain/desk/dealing';
import { type Desk, personOf } from '../../domain/desk/desk';
import type { Instant, PersonId } from '../../domain/ids';
import { listed, shorten } from '../../domain/words';
import { type ButtonData, type Field, type Form, type Line, type Section, strong, text, type View } from '../view';
import { dueLine } from './clockText';
import { choice } from './forms';
import { button, place, plainView, priorityText } from './parts';

/** Chosen in place of a person: each case finds its own by level, shift, skill and load. */
export const BY_LOAD = 'by-load';
const TITLE_MAX = 60;
/** Lines in one stretch: a block of Slack holds 3,000 characters. */
const LINES_MAX = 10;

const nameOf = (desk: Desk, id: PersonId): string => personOf(desk, id)?.name ?? `${id} (no longer of the desk)`;
const ownersOf = (desk: Desk, id: PersonId): string => `${personOf(desk, id)?.name ?? id}’s`;
const casesText = (many: number): string => (many === 1 ? '1 case' : `${many} cases`);

type Options = Extract<Field, { kind: 'choice' }>['options'];

/** Who gets what `from` owns: `people` are those who could, best first. */
export function dealForm(from: PersonId, cases: readonly Case[], people: Options, desk: Desk): Form {
  const words = `${nameOf(desk, from)} owns ${casesText(cases.length)} that ${cases.length === 1 ? 'is' : 'are'} not done. Next you see which goes to whom and why; nothing moves before you confirm.`;
  return {
    ...confirming({ from }, 'See who gets what'),
    intro: [{ kind: 'lines', lines: [[text(words)]] }],
    fields: [
      {
        ...choice('whom', 'Who gets them', [
          {
            value: BY_LOAD,
            label: 'By load',
            description: 'Each to whoever of its level is on shift and has the least to do',
          },
          ...people,
        ]),
        value: BY_LOAD,
        required: true,
      },
      {
        ...choice('second', 'Share them with', people),
        hint: 'Of the two, each case goes to who is there and has less.',
      },
    ],
  };
}

const confirming = (data: ButtonData, submit: string): Form => ({
  verb: 'deal',
  title: 'Hand over all cases',
  submit,
  cancel: 'Cancel',
  intro: [],
  fields: [],
  data,
});

export interface Plan {
  readonly from: PersonId;
  readonly moves: readonly Dealt[];
  /** How many more they own than one go can hold. */
  readonly rest: number;
  /** About receivers who are not there. */
  readonly warnings: readonly string[];
}

/** What would happen, to be confirmed. */
export function planForm({ from, moves, rest, warnings }: Plan, data: ButtonData, desk: Desk): Form {
  const placed = moves.filter(({ to }) => to !== null);
  const left = moves.filter(({ to }) => to === null);
  const warned: readonly Section[] =
    warnings.length === 0 ? [] : [{ kind: 'lines', lines: warnings.map((say) => [text(`⚠️ ${say}`)]) }];
  const more = `${casesText(rest)} more will not fit into one go: hand over again after this.`;
  return {
    ...confirming(data, `Hand over ${casesText(placed.length)}`),
    intro: [
      { kind: 'lines', lines: [[text('Nothing has moved yet. Each of them will be told in one message.')]] },
      ...warned,
      ...byReceiver(placed).flatMap(([to, theirs]) => [
        { kind: 'lines' as const, lines: [[strong(`${nameOf(desk, to)} gets ${casesText(theirs.length)}`)]] },
        ...inStretches(theirs.map((one) => moveLine(one, desk))),
      ]),
      ...(left.length === 0
        ? []
        : inStretches([
            [strong(`${casesText(left.length)} stay with ${nameOf(desk, from)}`)],
            ...left.map((one) => moveLine(one, desk)),
          ])),
      ...(rest === 0 ? [] : inStretches([[text(more)]])),
    ],
  };
}

function byReceiver(moves: readonly Dealt[]): readonly (readonly [PersonId, readonly Dealt[]])[] {
  const receivers = [...new Set(moves.map(({ to }) => to).filter((to) => to !== null))];
  return receivers.map((person) => [person, moves.filter(({ to }) => to === person)]);
}

function moveLine({ case: it, why }: Dealt, desk: Desk): Line {
  const priority = it.priority === null ? 'not triaged' : priorityText(desk, it.priority);
  const offer = it.handover === null ? '' : '; the offer that is open ends';
  return [strong(it.ref), text(` · ${priority} · ${shorten(it.title, TITLE_MAX)} (${why}${offer})`)];
}

function inStretches(lines: readonly Line[]): readonly Section[] {
  const sections: Section[] = [];
  for (let from = 0; from < lines.length; from += LINES_MAX)
    sections.push({ kind: 'lines', lines: lines.slice(from, from + LINES_MAX) });
  return sections;
}

export interface DealDone {
  readonly from: PersonId;
  readonly moved: readonly { readonly case: Case; readonly to: PersonId }[];
  readonly failed: readonly { readonly ref: string; readonly why: string }[];
}

/** How it went, to whoever confirmed it: who has what now, and what did not move and why. */
export function dealDoneView({ from, moved, failed }: DealDone, desk: Desk): View {
  const title = `${casesText(moved.length)} of ${ownersOf(desk, from)} ${moved.length === 1 ? 'is' : 'are'} with others now`;
  const receivers = [...new Set(moved.map(({ to }) => to))];
  const lines = receivers.map(
    (person): Line => [
      strong(nameOf(desk, person)),
      text(`: ${listed(moved.filter(({ to }) => to === person).map(({ case: it }) => it.ref))}`),
    ],
  );
  const troubles = failed.map(({ ref, why }): Line => [strong(ref), text(`: ${why}`)]);
  const told = moved.length === 0 ? [] : [[text('Each of them has been told in one message.')]];
  const head = moved.length === 0 ? 'Nothing was moved' : title;
  return {
    ...plainView(`${head}.${failed.length === 0 ? '' : ` ${failed.length} did not move.`}`),
    title: [text(head)],
    tone: failed.length === 0 ? 'good' : 'warning',
    sections: [
      ...inStretches([...lines, ...told]),
      ...(troubles.length === 0
        ? []
        : [{ kind: 'heading' as const, text: 'Not moved, and why' }, ...inStretches(troubles)]),
    ],
    buttons: [button('board', 'The board', {})],
  };
}

export interface DealtCase {
  readonly case: Case;
  readonly to: PersonId;
  readonly why: string;
  /** Where its card stands, on a platform of the reader's. */
  readonly card: Place | null;
}

export interface DealtWord {
  readonly by: Party;
  readonly from: PersonId | null;
  readonly reader: PersonId;
  readonly cases: readonly DealtCase[];
}

/** One message to somebody who was given cases, or whose they were. */
export function dealtView({ by, from, reader, cases }: DealtWord, desk: Desk, at: Instant): View {
  const name = partyName(by);
  const isMine = from === reader;
  const whose = from === null || from === reader ? '' : ` of ${ownersOf(desk, from)}`;
  const title = isMine
    ? `${name} handed over ${casesText(cases.length)} of yours`
    : `${name} handed you ${casesText(cases.length)}${whose}`;
  const lines = cases.map((one) => (isMine ? goneLine(one, desk) : givenLine(one, desk, at)));
  const after = isMine
    ? 'They have been told; whoever writes in a thread of these cases now writes to them.'
    : 'They are yours now. What was said and tried stands on each card under Details.';
  return {
    ...plainView(`${title}: ${cases.map(({ case: it }) => `${it.ref} ${it.title}`).join('; ')}`.slice(0, 1000)),
    title: [text(title)],
    sections: [...inStretches(lines), { kind: 'lines', lines: [[text(after)]] }],
    buttons: [button('page', 'My cases', { filter: 'mine', offset: 0 })],
  };
}

const refOf = ({ case: it, card }: DealtCase): Line => [card === null ? strong(it.ref) : place(card, it.ref)];

function givenLine(one: DealtCase, desk: Desk, at: Instant): Line {
  const { case: it, why } = one;
  const priority = it.priority === null ? 'Not triaged' : priorityText(desk, it.priority);
  return [
    ...refOf(one),
    text(` · ${priority} · ${shorten(it.title, TITLE_MAX)} · `),
    ...dueLine(it, desk, at),
    text(why === '' ? '' : ` (why you: ${why})`),
  ];
}

const goneLine = (one: DealtCase, desk: Desk): Line => [
  ...refOf(one),
  text(` ${shorten(one.case.title, TITLE_MAX)} → ${nameOf(desk, one.to)}`),
];
