import type { Case } from '../../domain/case/case';
import type { CaseEvent } from '../../domain/case/events';
import { type Desk, personOf } from '../../domain/desk/desk';
import type { PersonId } from '../../domain/ids';
import { text, type View } from '../view';
import { button, caseData, plainView } from './parts';

const nameOf = (desk: Desk, id: PersonId): string => personOf(desk, id)?.name ?? id;

/** To the leads: whose turn passed, and whose it is now. Null where somebody has the case meanwhile. */
export function passedView(it: Case, event: CaseEvent, desk: Desk): View | null {
  if (event.type !== 'TurnNamed' || event.holder.kind !== 'turn' || it.holder.kind !== 'turn') return null;
  const did = event.because === 'untriaged' ? 'triaged it' : 'taken it';
  const before = event.from === undefined ? 'Nobody has' : `${nameOf(desk, event.from)} has not`;
  const reason = event.holder.reason === undefined ? '' : ` (${event.holder.reason})`;
  const say = `${before} ${did} in time; it is ${nameOf(desk, event.holder.person)}’s turn now${reason}.`;
  const data = caseData(it);
  return {
    ...plainView(`${it.ref} ${it.title}: ${say}`),
    title: [text(`${it.ref} · ${it.title}`)],
    tone: 'warning',
    sections: [{ kind: 'lines', lines: [[text(say)]] }],
    buttons: [
      button('take', 'Take', data, { style: 'primary' }),
      button('assign', 'Assign', data, { opensForm: true }),
      button('details', 'Details', data),
    ],
  };
}

/** Why they and what came before, in front of what a person is asked to do: `Alice has not triaged it in time. `. */
export function turnReason(event: CaseEvent, desk: Desk): string {
  if (event.type !== 'TurnNamed' && event.type !== 'CaseOpened') return '';
  const { holder } = event;
  const reason = holder.kind === 'turn' && holder.reason !== undefined ? ` (you: ${holder.reason})` : '';
  if (event.type === 'CaseOpened' || event.from === undefined || event.because === 'rerouted') return reason;
  if (event.because === 'left') return `${reason}; ${nameOf(desk, event.from)} is no longer of the desk`;
  return `${reason}; ${nameOf(desk, event.from)} has not ${event.because === 'untriaged' ? 'triaged' : 'taken'} it in time`;
}
