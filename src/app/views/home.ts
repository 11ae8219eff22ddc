import type { Party } from '../../domain/case/case';
import type { Board } from '../../domain/desk/board';
import type { Desk } from '../../domain/desk/desk';
import { isLead } from '../../domain/desk/roles';
import type { Instant } from '../../domain/ids';
import { type ButtonData, type Section, strong, text, type View } from '../view';
import { nameOf, standingText } from './board';
import { pageButtons, rowsOf, type Shown } from './lists';
import { button, hour, plainView, who } from './parts';

/** Lines that one block of Slack holds. */
const PEOPLE_MAX = 20;

export interface HomePage {
  readonly reader: Party;
  /** Null for somebody who does not work cases: they see what they reported. */
  readonly mine: Shown;
  readonly team: Shown | null;
  readonly untriaged: Shown | null;
  /** For leads: what everybody has. */
  readonly board: Board | null;
  readonly offsets: ButtonData;
}

/** A person's own page: what waits for triage, my cases, my team's queue by urgency; paged, with empty states that help. */
export function homeView(page: HomePage, desk: Desk, at: Instant): View {
  const { reader, mine, team, untriaged, board, offsets } = page;
  const part = (heading: string, shown: Shown, empty: string, which: string): readonly Section[] => [
    { kind: 'heading', text: `${heading} (${shown.total})` },
    ...(shown.total === 0 ? [{ kind: 'lines' as const, lines: [[text(empty)]] }] : rowsOf(shown.cases, desk, at)),
    ...buttonsOf(shown, which, offsets),
  ];
  const staff = team === null || untriaged === null;
  const leads = isLead(desk, reader);
  return {
    ...plainView(`${desk.name}: ${mine.total} cases of yours`),
    title: [text(desk.name)],
    sections: [
      {
        kind: 'lines',
        lines: [
          [text(`Hello ${who(reader)}. Cases are ordered by what is due first, as of `), hour(at, desk), text('.')],
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          button('open', 'Open a case', {}, { style: 'primary', opensForm: true }),
          button('criteria', 'What each priority means', {}),
          ...(leads ? [button('whatif', 'What if…', {}, { opensForm: true })] : []),
          button('home', 'Refresh', offsets),
        ],
      },
      ...(staff
        ? part(
            'Cases you reported',
            mine,
            'You have reported nothing yet. “Open a case”, or `/case new` with a few words, tells the desk.',
            'mine',
          )
        : [
            ...(board === null ? [] : onBoard(board, desk, at)),
            ...part(
              'Waiting for triage',
              untriaged,
              'Nothing waits for triage. New cases appear here until somebody gives them a priority.',
              'untriaged',
            ),
            ...part(
              'My cases',
              mine,
              'You have no open cases. Take one from the queue below, or react 👀 to a message in the triage channel.',
              'mine',
            ),
            ...part('My team’s queue', team, 'The queue is empty: nothing is open.', 'team'),
          ]),
    ],
  };
}

/** What every person has in a line; the board itself has the buttons. */
function onBoard({ levels }: Board, desk: Desk, at: Instant): readonly Section[] {
  const people = levels.flatMap((level) => level.people);
  const lines = people
    .slice(0, PEOPLE_MAX)
    .map((one) => [strong(nameOf(one, desk)), text(`: ${standingText(one, desk, at)}`)]);
  const rest = people.length - lines.length;
  return [
    { kind: 'heading', text: 'Who has what' },
    { kind: 'lines', lines: rest > 0 ? [...lines, [text(`And ${rest} more on the board.`)]] : lines },
    { kind: 'buttons', buttons: [button('board', 'The board', {})] },
  ];
}

function buttonsOf(shown: Shown, which: string, offsets: ButtonData): readonly Section[] {
  const buttons = pageButtons('home', shown, offsets).map((it) => ({
    ...it,
    data: { ...offsets, [which]: it.data['offset'] ?? 0 },
  }));
  return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }];
}
