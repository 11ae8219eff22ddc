/**
 * What must hold at every minute of the fortnight. Who is there is worked out from the roster by itself (roster.ts), not asked
 * of the product.
 *
 * - Turn: every live case has an owner, or exactly one person of the desk whose turn it is.
 * - Asleep: a P1 or P2 in progress belongs to somebody off shift for at most `accept_within` in a row. Minutes in which nobody
 *   else is on shift, or Baton is down, do not count; a case that waits for its client asks nothing of its owner.
 * - Spread: among the frontline who are on shift together, know every category, are no specialists besides and answer at all
 *   (at least two of them), each one's weighted open cases over the mean of all of them, both summed over those minutes: the largest is at most 1.5.
 * - Attempts: what is due on a proposal or a turn is done, and whoever is asked is called, within 60 s (of the start, when
 *   Baton was down).
 * - Ends: no proposal is open for longer than asking everybody and then the leads may take.
 * - Calls: nobody off shift is asked for anything while somebody is on shift who could be asked: for a turn and for a hand-over
 *   pack anybody, for a proposal anybody of the level that was chosen, and from the second person on of those above it and the
 *   leads; never the owner or whoever proposes it, and nobody twice. Who was there
 *   when they were asked may be reminded after they have gone. The leads together are the last, wherever they are.
 */
import { type Case, isLive } from '../../src/domain/case/case';
import type { CaseEvent } from '../../src/domain/case/events';
import { type CaseId, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import type { Books, Change } from './books';
import type { Sent } from './node';
import {
  ACCEPT_WITHIN_MIN,
  FRONTLINE,
  LEAVER,
  MEMBERS,
  membersAt,
  minuteOf,
  onRota,
  onShift,
  SPECIALISTS,
} from './roster';
import { createWords } from './words';

const ATTEMPT_WITHIN_MS = 60 * SECOND_MS;
const SPREAD_MAX = 1.5;
/** Everybody in turn, twice (a level and the one above it), then the leads for a day, and the round between. */
const PROPOSAL_MAX_MS = 2 * MEMBERS.length * ACCEPT_WITHIN_MIN * MINUTE_MS + DAY_MS + HOUR_MS;
const ALIKE = MEMBERS.filter(
  ({ id, skills }) => FRONTLINE.includes(id) && !SPECIALISTS.includes(id) && skills === null,
);
const GENERALISTS = ALIKE.map(({ id }) => id);
const LEADS = MEMBERS.filter(({ role }) => role === 'lead').map(({ id }) => id);
const WEIGHTS: Readonly<Record<string, number>> = { P1: 2 };
/** The look at who has gone is made once a minute. */
const LOST_MAX_MIN = 2;
/** Fewer minutes together than these say nothing about a balance. */
const TOGETHER_MIN = 12 * 60;

export interface Figures {
  readonly cases: number;
  /** Largest load of anybody over the mean of those on shift with them. */
  readonly spread: number;
  /** The longest that a P1 or P2 belonged to somebody off shift while others were there, in minutes. */
  readonly asleepMin: number;
  readonly proposals: number;
  readonly proposalMaxMin: number;
  /** The slowest attempt, in seconds after it was due. */
  readonly attemptMaxS: number;
  readonly attempts: number;
  /** Minutes in which nobody at all was on shift. */
  readonly nobodyMin: number;
  /** Messages to people off shift that ask for nothing. */
  readonly wordsOffShift: number;
  readonly offShift: Readonly<Record<string, number>>;
}

export interface Checks {
  readonly violations: string[];
  changed(change: Change): void;
  sent(sent: Sent): void;
  minute(): void;
  started(): void;
  stopped(): void;
  figures(): Figures;
}

interface Waiting {
  readonly since: number;
  readonly ref: string;
  readonly whom: string;
}

export interface CheckParts {
  readonly now: () => number;
  readonly note: (line: string) => void;
  readonly books: () => Books;
  readonly silent: ReadonlySet<string>;
}

export function createChecks({ now, note, books, silent }: CheckParts): Checks {
  const violations: string[] = [];
  const asleep = new Map<CaseId, number>();
  const called = new Map<string, Waiting>();
  const proposed = new Map<string, number>();
  const askedInTime = new Set<string>();
  const loads = new Map<string, { minutes: number; own: number; mean: number }>();
  let upSince: number | null = null;
  let [asleepMin, attemptMaxS, attempts, nobodyMin, proposalMaxMs, wordsOffShift] = [0, 0, 0, 0, 0, 0];
  const violated = (what: string): void => {
    violations.push(`${new Date(now()).toISOString().slice(0, 16)}: ${what}`);
    note(`VIOLATION ${what}`);
  };
  const words = createWords({ now, books, violated });
  const lost = new Map<CaseId, number>();
  const attempted = (due: number, what: string): void => {
    const lateMs = now() - Math.max(due, upSince ?? now());
    attempts += 1;
    attemptMaxS = Math.max(attemptMaxS, lateMs / SECOND_MS);
    if (lateMs > ATTEMPT_WITHIN_MS) violated(`${what} came ${Math.round(lateMs / SECOND_MS)} s after it was due`);
  };

  const onProposal = (event: CaseEvent, { before, after }: Change): void => {
    const handover = before?.handover ?? null;
    if (event.type === 'HandoverMovedOn' || event.type === 'HandoverExpired') {
      if (handover?.acceptBy !== null && handover?.acceptBy !== undefined && handover.acceptBy <= now())
        attempted(handover.acceptBy, `the next of ${after.ref}`);
    }
    if (event.type === 'HandoverReminded') {
      const due = handover?.remindAt?.find((at) => !event.remindAt.includes(at));
      if (due !== undefined) attempted(due, `a reminder of ${after.ref}`);
    }
    if (event.type === 'HandoverProposed' || event.type === 'HandoverMovedOn') {
      const { id, asked } = event.handover;
      if (event.type === 'HandoverProposed') proposed.set(`${after.id} ${id}`, now());
      if (asked.kind === 'person') expectCall(after, asked.person);
      if (asked.kind === 'person' && onShift(now(), books().said).has(asked.person))
        askedInTime.add(`${after.id} ${id} ${asked.person}`);
    }
  };
  const expectCall = (it: Case, whom: string): void =>
    void called.set(`${it.id} ${whom}`, { since: now(), ref: it.ref, whom });
  const onTurn = (event: CaseEvent, { before, after }: Change): void => {
    if (event.type !== 'TurnNamed' || event.holder.kind !== 'turn') return;
    const was = before?.holder;
    if (
      (event.because === 'untriaged' || event.because === 'unclaimed') &&
      was?.kind === 'turn' &&
      was.until !== undefined
    )
      attempted(was.until, `the next turn of ${after.ref}`);
    checkChoice(after, event.holder.person, event.holder.reason ?? '');
  };
  /** The reason that is given for somebody must be true. */
  const checkChoice = (it: Case, person: string, reason: string): void => {
    const { said } = books();
    if (reason.startsWith('on the triage rota') && !onRota(now(), said.swaps).includes(person))
      violated(`${it.ref}: ${person} is not on the triage rota`);
    if (reason.startsWith('on shift') && !onShift(now(), said).has(person))
      violated(`${it.ref}: ${person} is not on shift, though chosen as “${reason}”`);
  };

  const weightOf = (it: Case): number => WEIGHTS[it.priority ?? ''] ?? 1;
  const loadOf = (person: string): number =>
    [...books().live.values()]
      .filter(({ holder }) => holder.kind !== 'nobody' && holder.person === person)
      .reduce((sum, it) => sum + weightOf(it), 0);
  const measureSpread = (there: ReadonlySet<string>): void => {
    const pool = GENERALISTS.filter((id) => there.has(id) && !silent.has(id));
    if (pool.length < 2) return;
    const own = pool.map(loadOf);
    const mean = own.reduce((sum, one) => sum + one, 0) / pool.length;
    for (const [index, id] of pool.entries()) {
      const so = loads.get(id) ?? { minutes: 0, own: 0, mean: 0 };
      loads.set(id, { minutes: so.minutes + 1, own: so.own + (own[index] ?? 0), mean: so.mean + mean });
    }
  };
  const spreadOf = (): number =>
    Math.max(
      1,
      ...[...loads.values()].filter(({ minutes }) => minutes >= TOGETHER_MIN).map(({ own, mean }) => own / mean),
    );

  const checkCase = (it: Case, there: ReadonlySet<string>): void => {
    checkHolder(it);
    if (it.holder.kind === 'nobody' || upSince === null) return;
    const { person, kind } = it.holder;
    const isLost = kind === 'owner' && it.handover === null && !membersAt(now()).some(({ id }) => id === person);
    lost.set(it.id, isLost ? (lost.get(it.id) ?? -1) + 1 : -1);
    if (lost.get(it.id) === LOST_MAX_MIN) violated(`${it.ref} is ${person}’s, who has left, and nobody is asked`);
    const isAsleep = kind === 'owner' && it.status === 'In progress' && (it.priority === 'P1' || it.priority === 'P2');
    const minutes = isAsleep && !there.has(person) ? (asleep.get(it.id) ?? -1) + (there.size > 0 ? 1 : 0) : null;
    if (minutes === null) asleep.delete(it.id);
    else asleep.set(it.id, minutes);
    asleepMin = Math.max(asleepMin, minutes ?? 0);
    // The look around is made once a minute.
    if (minutes === ACCEPT_WITHIN_MIN + 2)
      violated(`${it.ref} ${it.priority} is still ${person}’s, who is off shift; ${standing(it)}`);
    checkProposal(it);
  };
  /** At every change and every minute, also while Baton is down. */
  const checkHolder = (it: Case): void => {
    if (!isLive(it)) return;
    if (it.holder.kind === 'nobody') {
      violated(`${it.ref} is nobody’s`);
      return;
    }
    const { person, kind } = it.holder;
    const justLeft = person === LEAVER.id && now() - Math.max(LEAVER.at, upSince ?? now()) <= MINUTE_MS;
    const isOurs = membersAt(now()).some(({ id }) => id === person) || justLeft;
    // What somebody owns who has left is offered to others; a turn of theirs is nobody’s.
    if (!isOurs && (kind === 'turn' || person !== LEAVER.id))
      violated(`${it.ref} is ${person}’s, who is nobody of the desk`);
  };
  const standing = ({ handover }: Case): string =>
    handover === null
      ? 'nobody is asked'
      : `asked is ${handover.asked.kind === 'person' ? handover.asked.person : handover.asked.kind}`;
  const checkProposal = (it: Case): void => {
    if (it.handover === null) return;
    const since = proposed.get(`${it.id} ${it.handover.id}`) ?? now();
    proposalMaxMs = Math.max(proposalMaxMs, now() - since);
    if (now() - since > PROPOSAL_MAX_MS && minuteOf(now()) % 60 === 0) violated(`${it.ref}: its proposal has no end`);
    const { acceptBy } = it.handover;
    const lateMs = now() - Math.max(acceptBy ?? now(), upSince ?? now());
    if (lateMs > ATTEMPT_WITHIN_MS && lateMs <= ATTEMPT_WITHIN_MS + MINUTE_MS)
      violated(`${it.ref}: nobody else is asked, though the time was up ${Math.round(lateMs / SECOND_MS)} s ago`);
  };
  const checkCalls = (): void => {
    for (const [key, { since, ref, whom }] of called) {
      const it = books().live.get(key.split(' ')[0] as CaseId);
      const isOver = it === undefined || !isLive(it) || it.handover === null;
      if (isOver) called.delete(key);
      else if (now() - Math.max(since, upSince ?? now()) > ATTEMPT_WITHIN_MS) {
        violated(`${ref}: ${whom} is asked and was not called`);
        called.delete(key);
      }
    }
  };

  return {
    violations,
    changed: (change) => {
      words.changed(change);
      checkHolder(change.after);
      for (const { event } of change.events) {
        onProposal(event, change);
        onTurn(event, change);
        if (event.type === 'CaseOpened' && event.holder.kind === 'turn')
          checkChoice(change.after, event.holder.person, event.holder.reason ?? '');
      }
    },
    sent: (sent) => {
      words.sent(sent);
      const { to, posting, again } = sent;
      if (to.kind !== 'person' || posting === null) return;
      const person = MEMBERS.find(({ id }) => to.user === `U0${id.toUpperCase()}`)?.id;
      if (person === undefined) return;
      const { view } = posting.drawing;
      for (const it of casesOf(posting.case, person)) {
        const waiting = called.get(`${it} ${person}`);
        if (waiting === undefined) continue;
        attempted(waiting.since, `the call of ${person} for ${waiting.ref}`);
        called.delete(`${it} ${person}`);
      }
      if (again) return;
      const there = onShift(now(), books().said);
      if (there.has(person) || there.size === 0) return;
      const others = insteadOf(posting.case, person, there);
      if (others.length === 0) wordsOffShift += 1;
      else
        violated(
          `${person} is off shift and gets a ${view} about ${posting.case}, though ${others.join(', ')} are there`,
        );
    },
    minute: () => {
      const there = onShift(now(), books().said);
      if (there.size === 0) nobodyMin += 1;
      measureSpread(there);
      for (const it of books().live.values()) checkCase(it, there);
      if (upSince === null) return;
      for (const id of asleep.keys()) if (!books().live.has(id)) asleep.delete(id);
      checkCalls();
    },
    started: () => {
      upSince = now();
    },
    stopped: () => {
      upSince = null;
    },
    figures: () => {
      const spread = spreadOf();
      if (spread > SPREAD_MAX) violated(`the spread of loads is ${spread.toFixed(2)}`);
      return {
        cases: books().opened.count,
        spread: Math.round(spread * 100) / 100,
        asleepMin,
        proposals: proposed.size,
        proposalMaxMin: Math.round(proposalMaxMs / MINUTE_MS),
        attemptMaxS: Math.round(attemptMaxS * 10) / 10,
        attempts,
        nobodyMin,
        wordsOffShift,
        offShift: Object.fromEntries([...words.offShift].sort()),
      };
    },
  };

  /** A pack is about every case of it that this person is asked about. */
  function casesOf(about: CaseId | null, person: string): readonly CaseId[] {
    if (about !== null) return [about];
    return [...books().live.values()]
      .filter(({ handover }) => handover?.asked.kind === 'person' && handover.asked.person === person)
      .map(({ id }) => id);
  }
  /** Who could have been asked for what this person is asked for; nobody, where they are only told something. */
  function insteadOf(about: CaseId | null, person: string, there: ReadonlySet<string>): readonly string[] {
    const it = about === null ? undefined : books().live.get(about);
    if (it === undefined) return [];
    const { handover, holder } = it;
    if (handover === null) {
      const isTheirs = holder.kind === 'turn' && holder.person === person;
      return isTheirs ? [...there].filter((id) => !holder.passed?.some((one) => one === id)) : [];
    }
    const { asked, from, pack, peopleBefore = [] } = handover;
    if (asked.kind !== 'person' || asked.person !== person) return [];
    if (askedInTime.has(`${it.id} ${handover.id} ${person}`)) return [];
    const isFirst = peopleBefore.length === 0;
    const level = asked.level === 'Frontline' ? FRONTLINE : SPECIALISTS;
    const above = isFirst ? level : [...level, ...SPECIALISTS, ...LEADS];
    const able = pack === undefined ? above : MEMBERS.map(({ id }) => id);
    const no: readonly string[] = [from, ...peopleBefore, ...(holder.kind === 'owner' ? [holder.person] : [])];
    return able.filter((id) => there.has(id) && !no.includes(id));
  }
}
