/**
 * The ladder of priority emoji: votes of people of the desk on the source message and the case card. The highest live
 * vote counts; taking one off falls back to the rest; a late, older event loses by its time.
 */
import { byUrgency, type Desk } from '../desk/desk';
import { type Instant, MINUTE_MS, type PersonId, type PriorityName } from '../ids';
import type { Dispute, Triage, Vote } from './case';

/** Within this time taking an emoji away puts back what was; later the priority has become the desk's word. */
export const UNDO_WITHIN_MS = 5 * MINUTE_MS;
/** Enough for every reaction that people put on one case; the oldest are forgotten first. */
const HEARD_MAX = 200;
const COMMAND = 'command';

export interface Said {
  readonly by: PersonId;
  readonly priority: PriorityName;
  readonly via: string;
  readonly at: Instant;
}

/** The ladder after a priority was said in words or by a button: it takes the place of every vote before it. */
export function sayPriority(triage: Triage, said: Omit<Said, 'via'>): Triage {
  return { ...triage, votes: [{ ...said, via: COMMAND }], dispute: null };
}

/** The ladder after an emoji was put on; null when the event is late and loses. */
export function putOn(desk: Desk, triage: Triage, said: Said): Triage | null {
  if (isLate(triage, said)) return null;
  const votes = triage.votes.some((vote) => vote.via === COMMAND && vote.at > said.at)
    ? triage.votes
    : [...triage.votes, { ...said }];
  return withDispute(desk, { ...triage, votes, heard: hear(triage, said) });
}

/** The ladder after an emoji was taken off; null when the event is late and loses. */
export function takeOff(desk: Desk, triage: Triage, said: Said): Triage | null {
  if (isLate(triage, said)) return null;
  const gone = triage.votes.find((vote) => isSame(vote, said));
  const rest = triage.votes.filter((vote) => !isSame(vote, said));
  const emojiRest = rest.filter((vote) => vote.via !== COMMAND);
  const settledLong = gone !== undefined && said.at - gone.at > UNDO_WITHIN_MS && emojiRest.length === 0;
  const votes = settledLong ? [{ ...gone, via: COMMAND }] : rest;
  return withDispute(desk, { ...triage, votes, heard: hear(triage, said) });
}

/** The ladder after a quarrel was settled one way or the other. */
export function settle(desk: Desk, triage: Triage, kept: PriorityName): Triage {
  return withDispute(desk, { ...triage, votes: triage.votes.filter((vote) => vote.priority === kept) });
}

/** What the votes come to: the highest live one, or null where nobody has said anything. */
export function priorityBy(desk: Desk, triage: Triage): PriorityName | null {
  return highest(desk, counting(triage.votes))?.priority ?? null;
}

/** A person's own emoji takes the place of what they said in words before. */
function counting(votes: readonly Vote[]): readonly Vote[] {
  return votes.filter(
    (vote) =>
      vote.via !== COMMAND ||
      !votes.some((other) => other.via !== COMMAND && other.by === vote.by && other.at >= vote.at),
  );
}

function highest(desk: Desk, votes: readonly Vote[]): Vote | undefined {
  return [...votes].sort((a, b) => byUrgency(desk, a.priority, b.priority) || b.at - a.at)[0];
}

function withDispute(desk: Desk, triage: Triage): Triage {
  const votes = counting(triage.votes);
  const standing = highest(desk, votes);
  const other = [...votes]
    .reverse()
    .find((vote) => standing !== undefined && vote.by !== standing.by && vote.priority !== standing.priority);
  const dispute: Dispute | null =
    standing === undefined || other === undefined
      ? null
      : { standing: standing.priority, standingBy: standing.by, proposed: other.priority, proposedBy: other.by };
  return { ...triage, dispute };
}

const keyOf = (said: Pick<Vote, 'by' | 'via'>): string => `${said.by}|${said.via}`;
const isSame = (vote: Vote, said: Said): boolean => keyOf(vote) === keyOf(said);
const isLate = (triage: Triage, said: Said): boolean => (triage.heard[keyOf(said)] ?? -1) >= said.at;

function hear(triage: Triage, said: Said): Triage['heard'] {
  const all = Object.entries({ ...triage.heard, [keyOf(said)]: said.at });
  return Object.fromEntries(all.sort((a, b) => b[1] - a[1]).slice(0, HEARD_MAX));
}
