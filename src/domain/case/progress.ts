import { later } from '../ids';
import { clocksAtReopening, clocksAtResolution, clocksAtWork, clocksInLine } from '../sla/policy';
import { type Case, isLive } from './case';
import type { CommandOf } from './commands';
import type { Decision, Told } from './decision';
import type { CaseEvent } from './events';
import { TEXT_MAX } from './open';
import { followed, withdrawn } from './ownership';
import { keptByWord } from './promise';
import { refuse } from './refusals';
import { staleFor } from './stale';
import { notLive } from './triage';

export function awaitClient(it: Case, command: CommandOf<'AwaitClient'>, told: Told): Decision {
  const stale = staleFor(it, { ...told, seen: command.seen }, ['status']);
  if (stale !== null) return stale;
  const no = notLive(it);
  if (no !== null) return no;
  if (it.status === 'Awaiting client') return refuse('already-waiting');
  return followed(it, [{ type: 'ClientAwaited' }], told, (now) => clocksInLine(now, told));
}

export function resume(it: Case, command: CommandOf<'ResumeCase'>, told: Told): Decision {
  const stale = staleFor(it, { ...told, seen: command.seen }, ['status']);
  if (stale !== null) return stale;
  if (it.status !== 'Awaiting client') return notLive(it) ?? refuse('not-waiting');
  return resumed(it, 'asked', told);
}

/** Work goes on; where the resolution clock starts with the work and none was done before the wait, it starts now. */
export function resumed(it: Case, because: 'asked' | 'client-replied', told: Told): readonly CaseEvent[] {
  return followed(it, [{ type: 'CaseResumed', because }], told, (now) => clocksAtWork(now, told));
}

/** Asks how it was solved; tells the reporter (announce.ts); closes by itself after the desk's `close_after`. */
export function resolve(it: Case, command: CommandOf<'ResolveCase'>, told: Told): Decision {
  const stale = staleFor(it, { ...told, seen: command.seen }, ['status']);
  if (stale !== null) return stale;
  if (!isLive(it)) return refuse(it.status === 'Closed' ? 'case-closed' : 'already-resolved');
  if (command.how.trim() === '') return refuse('how-missing');
  if (command.how.length > TEXT_MAX) return refuse('text-too-long');
  return [
    ...withdrawn(it, 'the case was resolved'),
    { type: 'CaseResolved', how: command.how.trim(), closesAt: later(told.at, told.desk.closeAfterMs) },
    ...clocksAtResolution(it, told),
    ...keptByWord(it),
  ];
}

export function reopen(it: Case, command: CommandOf<'ReopenCase'>, told: Told): Decision {
  const stale = staleFor(it, { ...told, seen: command.seen }, ['status']);
  if (stale !== null) return stale;
  if (isLive(it)) return refuse('not-resolved');
  return followed(it, [{ type: 'CaseReopened' }], told, (now) => clocksAtReopening(now, told));
}
