import type { Case } from '../../domain/case/case';
import type { Desk, Person } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import { type Section, text, type View } from '../view';
import { rowsOf } from './lists';
import { button, caseData, plainView, timeText } from './parts';

interface Listed {
  readonly cases: readonly Case[];
  readonly total: number;
}

export interface Shift {
  readonly person: Person;
  readonly shift: string;
  readonly until: Instant;
  readonly untriaged: Listed;
  /** What is theirs already, or their turn to take. */
  readonly mine: Listed;
}

/** A triage shift begins: until when, what waits for triage, and what is theirs besides. */
export function shiftView({ person, shift, until, untriaged, mine }: Shift, desk: Desk, at: Instant): View {
  const zone = person.zone ?? desk.zone;
  const waits =
    untriaged.total === 0
      ? 'Nothing waits for triage.'
      : `${untriaged.total === 1 ? 'One case waits' : `${untriaged.total} cases wait`} for triage:`;
  const begins = `You triage until ${timeText(until, zone)} (${shift}). New cases come to you first; nobody else is called.`;
  return {
    ...plainView(`Your triage shift has begun. ${begins} ${waits}`.slice(0, 1000)),
    title: [text('Your triage shift has begun')],
    sections: [
      { kind: 'lines', lines: [[text(begins)], [text(waits)]] },
      ...rowsOf(untriaged.cases, desk, at).map((row, index) => withPriority(row, untriaged.cases[index])),
      ...rest(untriaged),
      ...(mine.total === 0
        ? []
        : [
            { kind: 'heading' as const, text: `Yours besides (${mine.total})` },
            ...rowsOf(mine.cases, desk, at),
            ...rest(mine),
          ]),
    ],
    footer: [text('`rota` shows who is next; `swap @colleague` asks somebody to do your next shift.')],
  };
}

function withPriority(row: Section, it: Case | undefined): Section {
  if (row.kind !== 'row' || it === undefined) return row;
  const set = button('priority', 'Set priority', caseData(it), { style: 'primary', opensForm: true });
  return { ...row, buttons: [set, ...row.buttons] };
}

const rest = ({ cases, total }: Listed): readonly Section[] =>
  total > cases.length
    ? [
        {
          kind: 'lines',
          lines: [[text(`${total - cases.length} more; \`list untriaged\` and \`list mine\` show them.`)]],
        },
      ]
    : [];
