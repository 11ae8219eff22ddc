import { randomBytes } from 'node:crypto';
import type { Trigger } from './state';
import type { World } from './world';

const TRIGGER_LIVES_MS = 3_000;

/** A new trigger_id for what this person has just done. `viewId` when it was done in a modal. */
export function mintTrigger(world: World, user: string, origin: string | null, viewId: string | null = null): string {
  const id = `${world.now()}.${world.state.seed.team.id}.${randomBytes(12).toString('hex')}`;
  world.state.triggers.set(id, { user, at: world.now(), used: false, viewId, origin });
  const oldest = world.state.triggers.keys().next().value;
  if (world.state.triggers.size > 500 && oldest !== undefined) world.state.triggers.delete(oldest);
  return id;
}

/** Why a trigger does not serve (any more); undefined when it does. */
export function triggerRefusal(world: World, trigger: Trigger | undefined): string | undefined {
  if (!trigger) return 'invalid_trigger_id';
  if (trigger.used) return 'exchanged_trigger_id';
  return world.now() - trigger.at > TRIGGER_LIVES_MS ? 'expired_trigger_id' : undefined;
}
