import { type Answer, tooMany } from './answers';
import type { TeamsCore } from './core';

/** At most `max` in `windowMs`. Documented: messages per bot and thread; reactions per bot over all conversations. */
const RATES = {
  message: [
    { max: 7, windowMs: 1_000 },
    { max: 8, windowMs: 2_000 },
    { max: 60, windowMs: 30_000 },
    { max: 1_800, windowMs: 3_600_000 },
  ],
  reaction: [{ max: 2, windowMs: 1_000 }],
} as const;

/** Counts one call of a kind and answers 429 when it is one too many; null while rate limits are off. */
export function overRate(core: TeamsCore, kind: keyof typeof RATES, bucket: string): Answer | null {
  if (!core.options.rateLimits) {
    return null;
  }
  const key = `${kind} ${bucket}`;
  const now = core.options.now();
  const recent = (core.paces.get(key) ?? []).filter((at) => at > now - 3_600_000);
  const full = RATES[kind].find(({ max, windowMs }) => recent.filter((at) => at > now - windowMs).length >= max);
  if (full !== undefined) {
    return tooMany(Math.ceil(full.windowMs / 1_000));
  }
  core.paces.set(key, [...recent, now]);
  return null;
}
