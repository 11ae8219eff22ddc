import type { Instant, PersonId } from '../ids';
import type { Case, Holder, Party, Stamp, Touch } from './case';

/** When and by whom an event happened, and which version of the case it made. */
export interface Happening {
  readonly at: Instant;
  readonly by: Party;
  readonly version: number;
}

/** The case with a mark of who changed that aspect of it last, and what they did in words. */
export function stamped<It extends Case>(
  it: It,
  aspect: keyof Case['changed'],
  what: string,
  happening: Happening,
): It {
  return { ...it, changed: { ...it.changed, [aspect]: stampOf(what, happening) } };
}

export const stampOf = (what: string, { version, at, by }: Happening): Stamp => ({ version, at, by, what });

/** The case with another owner, who was handed it by nobody unless the caller says so. */
export function owned(it: Case, owner: PersonId, what: string, happening: Happening): Case {
  const holder: Holder = { kind: 'owner', person: owner, since: happening.at };
  return stamped({ ...it, holder, handedBy: null }, 'holder', what, happening);
}

/** When a person last did something on the case; one from before touches were kept counts from when its holder got it. */
export const touchOf = (it: Case): Touch => it.touched ?? untouchedSince(it.holder.since);

export const untouchedSince = (at: Instant): Touch => ({ at, asked: null, told: false });
