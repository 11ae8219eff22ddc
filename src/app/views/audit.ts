import type { Desk } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import type { AuditFinding } from '../audit';
import { strong, text, type View } from '../view';
import { plainView, timeText } from './parts';

/** How Baton itself is doing, for the leads: what it does not get done, or since when that is over. */
export function auditView(
  { since, findings }: { readonly since: Instant; readonly findings: readonly AuditFinding[] },
  desk: Desk,
  at: Instant,
): View {
  if (findings.length === 0) {
    const over = `All is well with Baton again, as of ${timeText(at, desk.zone)}. Since ${timeText(since, desk.zone)} it was not.`;
    return { ...plainView(over), tone: 'good', sections: [{ kind: 'lines', lines: [[text(over)]] }] };
  }
  const says = findings.map((one) => auditSentence(one, timeText(one.since, desk.zone)));
  const title = 'Baton does not get everything done';
  return {
    ...plainView(`${title}: ${says.join(' ')}`.slice(0, 1000)),
    title: [strong(title)],
    tone: 'warning',
    sections: [{ kind: 'lines', lines: says.map((say) => [text(`• ${say}`)]) }],
    footer: [
      text('The command ops shows each message and can send it again. This one is kept up to date until all is well.'),
    ],
  };
}

/** One finding in a sentence, for leads and for /readyz. */
export function auditSentence({ kind, count }: AuditFinding, since: string): string {
  const messages = count === 1 ? 'One message' : `${count} messages`;
  switch (kind) {
    case 'alarms':
      return `${count === 1 ? 'One case' : `${count} cases`} should have been looked at since ${since}: warnings come late.`;
    case 'stuck':
      return `Nothing gets through to ${count === 1 ? 'one channel or person' : `${count} channels or people`} since ${since}.`;
    case 'dead':
      return `${messages} could not be delivered and ${count === 1 ? 'was' : 'were'} given up; the oldest was wanted ${since}.`;
    case 'uncertain':
      return `${messages} may or may not have arrived, and only a person can tell; the oldest was wanted ${since}.`;
  }
}
