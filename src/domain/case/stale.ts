import type { Instant } from '../ids';
import { ago } from '../words';
import { type Case, type Party, partyName, type Stamp, sameParty } from './case';
import { type Refusal, refuse } from './refusals';

/** What a press depends on: if that has changed since the person's card was drawn, the press has no effect. */
export type Aspect = keyof Case['changed'];

/** The version the person looked at (null when they typed), who they are, and when they pressed. */
export interface Look {
  readonly seen: number | null;
  readonly by: Party;
  readonly at: Instant;
}

/**
 * Null when nothing that matters has changed since the person looked; otherwise what happened meanwhile, and by whom.
 * What they did themselves is no news to them: their card may lag behind their own last press by a second.
 */
export function staleFor(it: Case, { seen, by, at }: Look, aspects: readonly Aspect[]): Refusal | null {
  if (seen === null) return null;
  const news = aspects
    .map((aspect) => it.changed[aspect])
    .filter((stamp) => stamp.version > seen && !sameParty(stamp.by, by));
  const last = news.sort((a, b) => b.version - a.version)[0];
  return last === undefined
    ? null
    : refuse(
        'stale',
        `Meanwhile ${meanwhile(it, last, at)}. Your press changed nothing; the card shows how it stands now.`,
      );
}

/** `Bob Brown took CASE-1042 3 min ago`. */
export function meanwhile(it: Case, stamp: Stamp, at: Instant): string {
  return `${partyName(stamp.by)} ${stamp.what} ${it.ref} ${ago(at - stamp.at)}`;
}
