import type { Case } from '../../domain/case/case';
import type { Recorded } from '../../domain/case/events';
import type { Desk } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import { type Line, text, type View } from '../view';
import { cardSummary } from './caseCard';
import { clockName, leftText } from './clockText';
import { button, caseData, clientText, fact, holderLine, hour, priorityText, time } from './parts';

/** At risk or breached: the case, the clock, whose it is, and what is left or how far over. */
export function warningView(it: Case, { event }: Recorded, desk: Desk, at: Instant): View | null {
  if (event.type !== 'SlaWarned' && event.type !== 'SlaBreached') return null;
  const clock = it.clocks.find((one) => one.name === event.clock);
  if (clock === undefined) return null;
  const breached = event.type === 'SlaBreached';
  const word = breached ? 'breached' : 'at risk';
  const left = leftText(clock, desk, at);
  const when: Line = breached ? [text('since '), time(event.at, desk)] : [text('due '), time(event.dueAt, desk)];
  return {
    summary: `${clockName(event.clock)} ${word}: ${left}. ${cardSummary(it, desk)}`,
    title: [text(`${clockName(event.clock)} ${word} · ${it.ref} · ${it.title}`)],
    tone: breached ? 'urgent' : 'warning',
    facts: [
      fact('Clock', [text(`${clockName(event.clock)}, `), ...when, text(` · ${left} as of `), hour(at, desk)]),
      fact('Owner', holderLine(it, desk)),
      fact('Priority', it.priority === null ? 'Not triaged yet' : priorityText(desk, it.priority)),
      fact('Client', clientText(it)),
      fact('Status', it.status),
    ],
    sections: reason(it) === null ? [] : [{ kind: 'lines', lines: [[text(`Why: ${reason(it)}.`)]] }],
    buttons: [
      button('take', 'Take', caseData(it), { style: 'primary' }),
      button('assign', 'Reassign', caseData(it), { opensForm: true }),
      button('escalate', 'Escalate', caseData(it), { opensForm: true }),
      button('details', 'Details', caseData(it)),
    ],
    footer: null,
  };
}

/** Why it is at risk, where the case itself can say so. */
function reason(it: Case): string | null {
  if (it.handover !== null) return 'it waits for somebody to accept the hand-over';
  if (it.holder.kind !== 'owner')
    return it.priority === null ? 'nobody has triaged or taken it yet' : 'nobody has taken it yet';
  return null;
}
