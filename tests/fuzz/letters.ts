/** Requests with damaged bodies: to the route that their payload is for, signed or not, and to routes that are nobody's. */
import type { Json } from '../../adapters/sandbox/teams/protocol';
import type { Product } from '../support/product';
import { broken, type Dice, mutated } from './mutations';
import { asOutsider, type Recorded } from './recorded';

export type Side = 'unsigned' | 'outsider' | 'staff';

export interface Letter {
  readonly kind: string;
  readonly path: string;
  readonly method: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function letterOf(product: Product, recorded: readonly Recorded[], side: Side, dice: Dice): Letter {
  if (dice.chance(0.03)) return toOtherRoute(dice, recorded);
  const chosen = dice.one(recorded);
  const payload = side === 'outsider' ? asOutsider(chosen.payload) : chosen.payload;
  const damaged = mutated(payload, dice);
  // What was damaged may name somebody of the desk again: whose payload it is was settled before.
  const body = chosen.to === 'slack' ? slackBody(chosen, damaged, dice) : broken(JSON.stringify(damaged), dice);
  return chosen.to === 'slack'
    ? toSlack(product, { chosen, body, side, dice })
    : toTeams(product, { chosen, body, side, dice });
}

function slackBody({ what }: Recorded, damaged: Json, dice: Dice): string {
  const text = broken(JSON.stringify(damaged), dice);
  if (what === 'event') return text;
  if (what !== 'command') return dice.chance(0.03) ? `payload=%E0%A4%A${text}` : `payload=${percent(text)}`;
  const fields = Object.entries((damaged ?? {}) as Record<string, Json>).map(
    ([name, value]) => `${percent(name)}=${percent(typeof value === 'string' ? value : JSON.stringify(value))}`,
  );
  return dice.chance(0.05) ? `${fields.join('&')}&text=%ZZ%` : fields.join('&');
}

const percent = (text: string): string => encodeURIComponent(Buffer.from(text).toString('utf8'));

interface Sent {
  readonly chosen: Recorded;
  readonly body: string;
  readonly side: Side;
  readonly dice: Dice;
}

function toSlack(product: Product, { chosen, body, side, dice }: Sent): Letter {
  const usual = chosen.what === 'event' ? 'application/json' : 'application/x-www-form-urlencoded';
  const contentType = dice.chance(0.05)
    ? dice.one(['text/plain', 'application/json', 'multipart/form-data', 'x', ''])
    : usual;
  const now = Math.floor(Date.now() / 1000);
  const forged = dice.one([
    { secret: 'somebody else' },
    { timestamp: now - 301 - dice.below(9_000) },
    { timestamp: now + 301 + dice.below(9_000) },
    { timestamp: 0 },
  ]);
  const { headers } = product.slack.signed(body, { contentType, ...(side === 'unsigned' ? forged : {}) });
  const bare = side === 'unsigned' && dice.chance(0.3);
  return {
    kind: `slack ${chosen.kind}`,
    path: '/slack/events',
    method: 'POST',
    body,
    headers: bare ? { 'content-type': contentType } : headers,
  };
}

function toTeams(product: Product, { chosen, body, side, dice }: Sent): Letter {
  const forgery = dice.one([
    { aud: 'another-app' },
    { iss: 'https://evil.test' },
    { expiresInS: -3600 },
    { unsigned: true },
    { kid: 'unknown' },
    { serviceUrl: 'https://evil.test/' },
  ]);
  const token = product.teams.token(side === 'unsigned' ? forgery : {});
  const authorization =
    side === 'unsigned' && dice.chance(0.3)
      ? dice.one(['', 'Bearer', 'Bearer x.y.z', 'Basic eA=='])
      : `Bearer ${token}`;
  const contentType = dice.chance(0.05) ? dice.one(['text/plain', 'application/xml', 'x']) : 'application/json';
  return {
    kind: `teams ${chosen.kind}`,
    path: '/api/messages',
    method: 'POST',
    body,
    headers: { 'content-type': contentType, authorization },
  };
}

const PATHS = [
  '/',
  '/healthz',
  '/readyz',
  '/metrics',
  '/slack/events',
  '/api/messages',
  '/ui/act/slack',
  '/ui/nothing',
  '/..%2f..%2fetc',
  '/%',
  '/slack/events/../x',
  `/${'a'.repeat(5_000)}`,
];

/** Routes that are nobody's, methods that are not theirs. Never signed, so nothing may come of it. */
function toOtherRoute(dice: Dice, recorded: readonly Recorded[]): Letter {
  const path = dice.one(PATHS);
  return {
    kind: `route ${path.slice(0, 20)}`,
    path,
    method: dice.one(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']),
    body: broken(JSON.stringify(mutated(dice.one(recorded).payload, dice)), dice),
    headers: { 'content-type': dice.one(['application/json', 'text/html', 'x']) },
  };
}
