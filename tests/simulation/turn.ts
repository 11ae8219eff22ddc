/** Invariant: at every moment a case has a named owner, or a named person whose turn it is. Looked at with every change. */
import { isLive } from '../../src/domain/case/case';
import { type Desk, personOf } from '../../src/domain/desk/desk';
import type { Change, Witness } from './witness';

export function checkTurn({ plan: { after } }: Change, { witness, desk }: { witness: Witness; desk: Desk }): void {
  if (!isLive(after)) return;
  const { holder } = after;
  const role = holder.kind === 'nobody' ? undefined : personOf(desk, holder.person)?.role;
  if (holder.kind === 'nobody') witness.violated(`${after.ref} v${after.version} is nobody’s`);
  else if (role === undefined || role === 'viewer')
    witness.violated(
      `${after.ref} v${after.version} has ${holder.person} as its ${holder.kind}, who works no cases here`,
    );
}
