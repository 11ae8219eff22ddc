import { botScopes } from '../manifest';
import type { Json, JsonObject, SlackChannel } from '../protocol';
import type { World } from '../world';

/** A Web API method: arguments in, Slack's answer out. `scopes`: any one of them suffices; empty means none is needed. */
export type Method = { scopes: string[]; token?: 'app' | 'none'; run: (world: World, args: JsonObject) => JsonObject };
export type Methods = { [name: string]: Method };

export type Refusal = { ok: false; error: string; [more: string]: Json };

/** An answer that says no, in Slack's words. */
export function fail(error: string, more: JsonObject = {}): Refusal {
  return { ok: false, error, ...more };
}

export function text(args: JsonObject, name: string): string | undefined {
  const value = args[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function isTrue(args: JsonObject, name: string): boolean {
  return args[name] === true || args[name] === 'true' || args[name] === '1';
}

export function arrayOf(value: Json | undefined): Json[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

export function bot(world: World): string {
  return world.state.seed.app.bot_user_id;
}

export function hasScope(world: World, scope: string): boolean {
  return botScopes(world.manifest).includes(scope);
}

export function missingScope(world: World, needed: string): JsonObject {
  return fail('missing_scope', { needed, provided: botScopes(world.manifest).join(',') });
}

const FAMILIES = { channel: 'channels', private: 'groups', im: 'im' };

/** `channels:read`, `groups:history`… for this conversation. */
export function scopeFor(channel: SlackChannel, right: 'read' | 'history'): string {
  return `${FAMILIES[channel.kind]}:${right}`;
}

/** A conversation that the app may know of: private ones only from inside. */
export function visibleChannel(world: World, id: string | undefined): SlackChannel | undefined {
  const channel = id === undefined ? undefined : world.state.channels.get(id);
  if (!channel) return undefined;
  return channel.kind === 'channel' || channel.members.includes(bot(world)) ? channel : undefined;
}

/** One page of a list, with the cursor of the next. */
export function page<Item>(
  items: Item[],
  args: JsonObject,
  sizes: { usual: number; max: number },
): { items: Item[]; next: string } {
  const asked = Number(args.limit ?? sizes.usual);
  const limit = Math.max(1, Math.min(Number.isFinite(asked) && asked > 0 ? asked : sizes.usual, sizes.max));
  const cursor = text(args, 'cursor');
  const start = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString().replace('next:', ''));
  const from = Number.isInteger(start) ? start : 0;
  const next = from + limit < items.length ? Buffer.from(`next:${from + limit}`).toString('base64') : '';
  return { items: items.slice(from, from + limit), next };
}
