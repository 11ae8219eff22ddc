import type { Handover } from '../domain/case/case';
import type { PersonId } from '../domain/ids';
import type { Destination, Intent } from './ports';

/** Whoever was asked first about the cases of a hand-over pack; null once there is none, or for the leads together. */
export function packReader({ pack, asked, peopleBefore = [] }: Handover): PersonId | null {
  if (pack === undefined) return null;
  return peopleBefore[0] ?? (asked.kind === 'person' ? asked.person : null);
}

/** One message for a pack on the platform that its cases came by, kept up to date, however many are in it. */
export function packIntent(to: Destination, pack: string, person: PersonId): Intent {
  return {
    kind: 'keep',
    case: null,
    to,
    dedupe: `pack:${pack}:${to.platform}:${person}`,
    drawing: { view: 'pack', args: { pack, person } },
    urgency: 0,
  };
}
