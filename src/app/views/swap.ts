import { type Desk, type Person, personOf } from '../../domain/desk/desk';
import type { Duty } from '../../domain/desk/rota';
import type { PersonId } from '../../domain/ids';
import type { AskedSwap } from '../attendance';
import { type Form, text, type View } from '../view';
import { button, plainView, sentence, timeText } from './parts';

interface Known {
  readonly desk: Desk;
  readonly reader: Person;
}

const nameOf = (desk: Desk, id: PersonId): string => personOf(desk, id)?.name ?? id;

/** `Early on Mon 23 Nov, 08:00`, in the reader's zone. */
const shiftText = ({ shift, begins }: AskedSwap, { desk, reader }: Known): string =>
  `${shift} on ${timeText(begins, reader.zone ?? desk.zone)}`;

/** To the colleague who is asked. */
export function swapAskedView(swap: AskedSwap, known: Known): View {
  const from = nameOf(known.desk, swap.from);
  const shift = shiftText(swap, known);
  if (swap.state === 'agreed') return sentence(`You do ${from}’s triage shift ${shift}. \`rota\` shows it.`, 'good');
  if (swap.state === 'declined')
    return sentence(`You declined to do ${from}’s triage shift ${shift}; it stays theirs.`);
  const asks = `${from} asks you to do their triage shift ${shift}.`;
  return {
    ...plainView(`${asks} Accept or decline.`),
    title: [text('Do a triage shift?')],
    sections: [{ kind: 'lines', lines: [[text(asks)], [text('Until you accept it stays theirs.')]] }],
    buttons: [
      button('swap-yes', 'Accept', { swap: swap.id }, { style: 'primary' }),
      button('swap-no', 'Decline', { swap: swap.id }),
    ],
  };
}

/** To whoever asked, once there is an answer. */
export function swapEndedView(swap: AskedSwap, known: Known): View {
  const to = nameOf(known.desk, swap.to);
  const shift = shiftText(swap, known);
  return swap.state === 'agreed'
    ? sentence(`${to} does your triage shift ${shift}.`, 'good')
    : sentence(`${to} cannot do your triage shift ${shift}; it stays yours. \`swap\` asks somebody else.`, 'warning');
}

/** Which of my shifts, and who should do it. */
export function swapForm(mine: readonly Duty[], colleagues: readonly Person[], zone: string): Form {
  return {
    verb: 'swap',
    title: 'Swap a shift',
    submit: 'Ask',
    cancel: 'Cancel',
    intro: [{ kind: 'lines', lines: [[text('Your colleague is asked; until they accept the shift stays yours.')]] }],
    data: {},
    fields: [
      {
        kind: 'choice',
        name: 'shift',
        label: 'Your shift',
        value: mine[0] === undefined ? null : String(mine[0].from),
        required: true,
        hint: null,
        options: mine.map(({ shift, from }) => ({
          value: String(from),
          label: `${shift}, ${timeText(from, zone)}`,
          description: null,
        })),
      },
      {
        kind: 'choice',
        name: 'person',
        label: 'Who should do it',
        value: null,
        required: true,
        hint: null,
        options: colleagues.map(({ id, name }) => ({ value: id, label: name, description: null })),
      },
    ],
  };
}
