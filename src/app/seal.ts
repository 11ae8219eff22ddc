/**
 * Seals on what buttons and forms carry. What comes back from a client is somebody's word: a changed Teams client can send
 * any card data. With a seal nothing comes in that Baton did not hand out itself, to that person where it is a form. It
 * still only routes; who may is asked again behind it.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { DAY_MS, type Instant, instant } from '../domain/ids';
import type { Store } from './ports';
import type { ButtonData, Verb } from './view';

/** Receipts are kept for a day: a form that could be sent later could be sent twice. */
const FORM_LASTS_MS = DAY_MS;
/** 66 bits: every guess is a request of somebody who is known by name. Longer ones do not fit into Slack's menus. */
const SEAL_LENGTH = 11;
const SEAL = 'sig';
const UNTIL = 'until';

/** What is the matter with something that came back. */
export type Broken = 'forged' | 'too-late';

export interface Seals {
  button(verb: Verb, data: ButtonData): ButtonData;
  /** For one person (`key` of their party) and one day. */
  form(verb: Verb, data: ButtonData, key: string, now: Instant): ButtonData;
  /** What was sealed, without the seal; or what is wrong with it. */
  opened(verb: Verb, data: ButtonData, key: string, now: Instant): ButtonData | Broken;
}

/** The secret of this installation: made at the first start, the same in every process, and nowhere but in the database. */
export async function installSecret(store: Store): Promise<string> {
  await store.rememberIf('seal', null, randomBytes(32).toString('base64url'));
  const secret = await store.recall('seal');
  if (secret === null) throw new Error('the secret of the seals was not kept');
  return secret;
}

export function createSeals(secret: string): Seals {
  const sealOf = (verb: Verb, data: ButtonData, key: string | null): string =>
    createHmac('sha256', secret)
      .update(JSON.stringify([verb, Object.entries(data).sort(byName), key]))
      .digest('base64url')
      .slice(0, SEAL_LENGTH);
  const sealed = (verb: Verb, data: ButtonData, key: string | null): ButtonData => ({
    ...data,
    [SEAL]: sealOf(verb, data, key),
  });
  return {
    button: (verb, data) => sealed(verb, data, null),
    form: (verb, data, key, now) => sealed(verb, { ...data, [UNTIL]: now + FORM_LASTS_MS }, key),
    opened(verb, { [SEAL]: seal, ...data }, key, now) {
      const until = data[UNTIL];
      if (!same(String(seal), sealOf(verb, data, until === undefined ? null : key))) return 'forged';
      if (until !== undefined && instant(Number(until)) < now) return 'too-late';
      return withoutSeal(data);
    },
  };
}

export function withoutSeal({ [SEAL]: _seal, [UNTIL]: _until, ...data }: ButtonData): ButtonData {
  return data;
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** In the same time for every wrong seal. */
function same(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
