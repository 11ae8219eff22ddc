/**
 * The ladder of priority emoji: votes of people of the desk on the source message and the case card. The highest live
 * vote counts; taking one off falls back to the rest. Platforms deliver late, twice and out of order, so the votes are
 * always counted anew from everything that was heard, in the order in which it happened.
 */
import { byUrgency, type Desk } from '../desk/desk';
import { type Instant, MINUTE_MS, type PersonId, type PriorityName } from '../ids';
import type { Dispute, HeardVote, Triage, Vote } from './case';

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
export function sayPriority(said: Omit<Said, 'via'>): Triage {
  const word: Vote = { ...said, via: COMMAND };
  return { word, heard: [], votes: [word], dispute: null };
}

/** The ladder after an emoji was put on; null when it was heard before, or is older than what was said in words since. */
export const putOn = (desk: Desk, triage: Triage, said: Said): Triage | null =>
  hear(desk, triage, { ...said, on: true });

/** The ladder after an emoji was taken off; null as in `putOn`. */
export const takeOff = (desk: Desk, triage: Triage, said: Said): Triage | null =>
  hear(desk, triage, { ...said, on: false });

function hear(desk: Desk, { word, heard: before }: Triage, said: HeardVote): Triage | null {
  const overruled = word !== null && said.at < word.at;
  if (overruled || before.some((one) => inOrder(one, said) === 0)) return null;
  const heard = [...before, said].sort(inOrder).slice(-HEARD_MAX);
  const votes = heard.reduce<readonly Vote[]>((live, one) => heardNext(desk, live, one), word === null ? [] : [word]);
  return { word, heard, votes, dispute: disputeOf(desk, votes) };
}

function heardNext(desk: Desk, votes: readonly Vote[], { on, ...said }: HeardVote): readonly Vote[] {
  const gone = votes.find((vote) => keyOf(vote) === keyOf(said));
  const rest = votes.filter((vote) => vote !== gone);
  if (on) return [...rest, said];
  if (gone === undefined) return votes;
  const wasStanding = highest(desk, counting(votes)) === gone;
  const isLong = said.at - gone.at > UNDO_WITHIN_MS;
  const isLastEmoji = rest.every((vote) => vote.via === COMMAND);
  return wasStanding && isLong && isLastEmoji ? [{ ...gone, via: COMMAND }] : rest;
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
  return [...votes].sort((a, b) => byUrgency(desk, a.priority, b.priority) || a.at - b.at)[0];
}

function disputeOf(desk: Desk, live: readonly Vote[]): Dispute | null {
  const votes = counting(live);
  const standing = highest(desk, votes);
  const other = votes.findLast(
    (vote) => standing !== undefined && vote.by !== standing.by && vote.priority !== standing.priority,
  );
  return standing === undefined || other === undefined
    ? null
    : { standing: standing.priority, standingBy: standing.by, proposed: other.priority, proposedBy: other.by };
}

const keyOf = (said: Pick<Vote, 'by' | 'via'>): string => `${said.by}|${said.via}`;

/** By time; at the same instant by who and where, and on before off. Zero only for the same event. */
function inOrder(a: HeardVote, b: HeardVote): number {
  if (a.at !== b.at) return a.at - b.at;
  if (keyOf(a) !== keyOf(b)) return keyOf(a) < keyOf(b) ? -1 : 1;
  return Number(b.on) - Number(a.on);
}
