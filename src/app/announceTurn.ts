/** Whose turn it is: told to them, and to the leads where others let it pass. Nobody else is called. */
import { type Desk, leadsOf } from '../domain/desk/desk';
import { channelsOf, privately, type Step } from './audience';
import type { Intent } from './ports';

/** A case that nobody triaged in time, or that all who were asked let pass, is the leads' business as well. */
export function passedBy(step: Step): readonly Intent[] {
  const { event, after, desk, version } = step;
  if (event.type !== 'TurnNamed' || event.holder.kind !== 'turn') return [];
  const isLeads = leadsOf(desk).some(({ id }) => event.holder.kind === 'turn' && id === event.holder.person);
  if (event.because !== 'untriaged' && !(event.because === 'unclaimed' && isLeads)) return [];
  const channels = channelsOf(desk.leads);
  if (channels.length === 0) return privateWords(step, desk, event.holder.person);
  return channels.map((to) => ({
    kind: 'post',
    case: after.id,
    to,
    dedupe: `passed:${after.id}:${version}:${to.platform}`,
    drawing: { view: 'told', args: { version, as: 'leads' } },
    urgency: 1,
  }));
}

/** Without a channel of theirs each lead is told, besides the one whose turn it is and who is told that. */
function privateWords(step: Step, desk: Desk, turn: string): readonly Intent[] {
  return leadsOf(desk).flatMap(({ id }) => {
    const intent = id === turn ? null : privately(step, id, 1);
    return intent === null
      ? []
      : [{ ...intent, drawing: { ...intent.drawing, args: { version: step.version, as: 'leads' } } }];
  });
}
