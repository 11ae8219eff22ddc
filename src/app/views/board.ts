/** The board: what every level and person has at this moment, and what is nobody's yet. */
import type { Case, Place } from '../../domain/case/case';
import { askedName } from '../../domain/case/offered';
import { type Board, type BoardLevel, type Desktop, dangerIn } from '../../domain/desk/board';
import { type Desk, personOf } from '../../domain/desk/desk';
import { loadText } from '../../domain/desk/load';
import type { CaseId, Instant } from '../../domain/ids';
import { shorten } from '../../domain/words';
import { type Button, type Inline, type Line, type Section, strong, text, type View } from '../view';
import { dueLine } from './clockText';
import { button, caseData, hour, person, place, plainView, priorityText } from './parts';
import { presenceText } from './presence';

/** Rows of a page: with their buttons they fit into a message of Slack and a card of Teams, whatever the titles. */
export const BOARD_ROWS = 8;
/** How many cases of nobody stand above the people; more would hide them. */
const ON_TOP_MAX = 3;
const TITLE_MAX = 70;

export interface BoardReading {
  readonly desk: Desk;
  readonly at: Instant;
  /** Whether the reader acts on cases, and whether they may move all of somebody’s at once. */
  readonly acts: boolean;
  readonly deals: boolean;
  readonly offset: number;
  /** Where the cards of the cases that are shown stand on the reader’s platform. */
  readonly cards: ReadonlyMap<CaseId, Place>;
}

interface Group {
  readonly heading: string;
  readonly rows: readonly Section[];
}

/** The cases that a page of the board names, so that their cards can be looked up first. */
export const namedOn = (board: Board): readonly Case[] => [
  ...board.untriaged.slice(0, ON_TOP_MAX),
  ...board.unowned.slice(0, ON_TOP_MAX),
  ...board.levels.flatMap(({ people }) => people.flatMap(({ open }) => open.slice(0, 1))),
];

export function boardView(board: Board, reading: BoardReading): View {
  const { offset, at, desk } = reading;
  const groups = [
    nobodys('Waiting for triage', 'untriaged', board.untriaged, reading),
    nobodys('Nobody’s yet', 'unassigned', board.unowned, reading),
    ...board.levels.map((level) => levelGroup(level, reading)),
  ].filter(({ rows }) => rows.length > 0);
  const { sections, total } = pageOf(groups, offset);
  const summary = summaryOf(board, desk, at);
  return {
    ...plainView(`The board: ${summary}`),
    title: [text('The board')],
    sections: [{ kind: 'lines', lines: [[text(`${summary} As of `), hour(at, desk), text('.')]] }, ...sections],
    buttons: turning({ board: 1 }, offset, total),
  };
}

function summaryOf({ total, levels, untriaged, unowned }: Board, desk: Desk, at: Instant): string {
  const all = [...untriaged, ...unowned, ...levels.flatMap(({ people }) => people.flatMap(({ open }) => open))];
  const waits = all.filter(({ handover }) => handover !== null).length;
  const parts = [
    `${total} open`,
    ...counted(untriaged.length, 'not triaged'),
    ...counted(unowned.length, 'nobody’s yet'),
    ...dangers(all, desk, at),
    ...counted(waits, 'waiting for an answer to a hand-over'),
  ];
  return `${parts.join(' · ')}.`;
}

const counted = (many: number, what: string): readonly string[] => (many === 0 ? [] : [`${many} ${what}`]);

function dangers(cases: readonly Case[], desk: Desk, at: Instant): readonly string[] {
  const found = cases.map((it) => dangerIn(it, desk, at));
  return [
    ...counted(found.filter((one) => one === 'breached').length, 'breached'),
    ...counted(found.filter((one) => one === 'at risk').length, 'at risk'),
  ];
}

function nobodys(heading: string, filter: string, cases: readonly Case[], reading: BoardReading): Group {
  const rest = cases.length - ON_TOP_MAX;
  const more: readonly Section[] =
    rest > 0 ? [{ kind: 'lines', lines: [[text(`And ${rest} more: \`list ${filter}\` shows them all.`)]] }] : [];
  const rows = cases.slice(0, ON_TOP_MAX).map((it) => caseRow(it, reading));
  return { heading: `${heading} (${cases.length})`, rows: [...rows, ...more] };
}

function levelGroup({ name, people, asked }: BoardLevel, reading: BoardReading): Group {
  const { desk, at } = reading;
  const open = people.flatMap((one) => one.open);
  const parts = [
    `${open.length} open`,
    ...dangers(open, desk, at),
    ...counted(asked, asked === 1 ? 'hand-over waits for an answer' : 'hand-overs wait for an answer'),
  ];
  const nobody: Section = { kind: 'lines', lines: [[text('Nobody is of this level.')]] };
  return {
    heading: `${name ?? 'Of no level'}: ${parts.join(', ')}`,
    rows: people.length === 0 ? [nobody] : people.map((one) => personRow(one, reading)),
  };
}

/** What somebody has in a line: for the board, for their own page of it, and for Home. */
export function standingText(
  { person: id, presence, open, turns, asked, weight }: Desktop,
  desk: Desk,
  at: Instant,
): string {
  const parts = [
    presenceText(presence, desk, at),
    ...(presence === null ? [] : [`load ${loadText(desk, id, weight)}`]),
    ...(personOf(desk, id)?.maxOpen === undefined && presence !== null ? [] : [`${open.length} open`]),
    ...dangers(open, desk, at),
    ...counted(turns, turns === 1 ? 'case to find an owner for' : 'cases to find an owner for'),
    ...counted(asked, asked === 1 ? 'hand-over waits for them' : 'hand-overs wait for them'),
  ];
  return parts.join(' · ');
}

function personRow(one: Desktop, reading: BoardReading): Section {
  const { desk, at } = reading;
  const [next] = one.open;
  const due: Line =
    next === undefined
      ? []
      : [
          text(' · Next: '),
          link(next, reading),
          text(` · ${prioritised(next, desk)} · ${shorten(next.title, TITLE_MAX)} · `),
          ...dueLine(next, desk, at),
        ];
  return {
    kind: 'row',
    title: [{ kind: 'strong', text: nameOf(one, desk) }],
    detail: [text(standingText(one, desk, at)), ...due],
    buttons: [
      ...(next === undefined || !reading.acts ? [] : [reassign(next, `Reassign ${next.ref}`)]),
      ...ofPerson(one, reading),
    ],
  };
}

export const nameOf = ({ person: id }: Desktop, desk: Desk): string => personOf(desk, id)?.name ?? id;

function ofPerson({ person: id, open }: Desktop, { deals }: BoardReading): readonly Button[] {
  if (open.length === 0) return [];
  const all = open.length === 1 ? 'The case' : `All ${open.length} cases`;
  return [button('page', all, { board: 1, person: id }), ...(deals ? [dealButton(id)] : [])];
}

const dealButton = (from: string): Button => button('deal', 'Hand over all', { from }, { opensForm: true });
const reassign = (it: Case, label: string): Button => button('assign', label, caseData(it), { opensForm: true });

const prioritised = (it: Case, desk: Desk): string =>
  it.priority === null ? 'Not triaged' : priorityText(desk, it.priority);

/** One case with what it takes to give it to somebody. */
function caseRow(it: Case, reading: BoardReading): Section {
  const { desk, at, acts } = reading;
  const owned = it.holder.kind === 'owner';
  const danger = dangerIn(it, desk, at);
  const detail: Line = [
    text(danger === 'fine' ? '' : `${danger === 'breached' ? '🚨 breached' : '⚠️ at risk'} · `),
    text(`${prioritised(it, desk)} · ${it.status} · `),
    ...turnOf(it, desk),
    text(it.client === null ? '' : `${shorten(it.client.name, TITLE_MAX)} · `),
    ...dueLine(it, desk, at),
    text(it.handover === null ? '' : ` · offered to ${askedName(it.handover.asked)}, waiting for an answer`),
  ];
  const buttons = [
    ...(it.priority === null ? [button('priority', 'Set priority', caseData(it), { opensForm: true })] : []),
    reassign(it, owned ? 'Reassign' : 'Assign'),
  ];
  return {
    kind: 'row',
    title: [link(it, reading), text(` ${shorten(it.title, TITLE_MAX)}`)],
    detail,
    buttons: [...(acts ? buttons : []), button('details', 'Details', caseData(it))],
  };
}

function turnOf({ holder }: Case, desk: Desk): Line {
  if (holder.kind === 'owner') return [];
  if (holder.kind === 'nobody') return [text('nobody’s turn · ')];
  return [person(desk, holder.person), text('’s turn · ')];
}

function link(it: Case, { cards }: BoardReading): Inline {
  const card = cards.get(it.id);
  return card === undefined ? strong(it.ref) : place(card, it.ref);
}

/** All that one person has, the most urgent first. */
export function personBoardView(one: Desktop, reading: BoardReading): View {
  const { desk, at, offset, deals } = reading;
  const name = nameOf(one, desk);
  const shown = one.open.slice(offset, offset + BOARD_ROWS);
  const none: Section = { kind: 'lines', lines: [[text(`${name} owns no open case.`)]] };
  return {
    ...plainView(`${name}: ${standingText(one, desk, at)}`),
    title: [text(`${name}’s cases (${one.open.length})`)],
    sections: [
      { kind: 'lines', lines: [[text(`${standingText(one, desk, at)} · as of `), hour(at, desk), text('.')]] },
      ...(shown.length === 0 ? [none] : shown.map((it) => caseRow(it, reading))),
    ],
    buttons: [
      ...(deals && one.open.length > 0 ? [dealButton(one.person)] : []),
      button('page', 'Back to the board', { board: 1 }),
      ...turning({ board: 1, person: one.person }, offset, one.open.length),
    ],
  };
}

/** One page of rows, each under its heading; a heading comes again where its rows go on. */
function pageOf(
  groups: readonly Group[],
  offset: number,
): { readonly sections: readonly Section[]; readonly total: number } {
  let at = 0;
  const sections = groups.flatMap(({ heading, rows }): readonly Section[] => {
    const begins = at;
    at += rows.length;
    const shown = rows.slice(Math.max(0, offset - begins), Math.max(0, offset + BOARD_ROWS - begins));
    const goesOn = offset > begins ? ' (continued)' : '';
    return shown.length === 0 ? [] : [{ kind: 'heading', text: `${heading}${goesOn}` }, ...shown];
  });
  return { sections, total: at };
}

function turning(data: Readonly<Record<string, string | number>>, offset: number, total: number): readonly Button[] {
  const page = (label: string, to: number): Button => button('page', label, { ...data, offset: to });
  return [
    ...(offset > 0 ? [page('Previous', Math.max(0, offset - BOARD_ROWS))] : []),
    ...(offset + BOARD_ROWS < total ? [page('Next', offset + BOARD_ROWS)] : []),
    page('Refresh', offset),
  ];
}
