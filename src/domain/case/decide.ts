import { mayNot } from '../desk/roles';
import type { Case } from './case';
import type { Command } from './commands';
import { addNote, hearDeletion, hearEdit, hearMessage, replyToReporter } from './conversation';
import type { Decision, Told } from './decision';
import { accept, advise, decline, escalate, withdraw } from './handover';
import { nudgeOwner } from './nudge';
import { open } from './open';
import { assign, take } from './ownership';
import { awaitClient, reopen, resolve, resume } from './progress';
import { dropPromise, keepPromise, makePromise } from './promise';
import { refuse } from './refusals';
import { handOverShift } from './shiftEnd';
import { setTarget } from './targets';
import { reactPriority, settlePriority, triage, unreactPriority } from './triage';
import { nameTurn } from './turn';

/**
 * The rules of the desk: what a command comes to on the case as it stands. Guards first, and who may do it before all.
 * The caller has brought the case up to date (wake.ts), so that nothing that was due is overtaken by a later change.
 */
export function decide(command: Command, current: Case | null, told: Told): Decision {
  const forbidden = mayNot(told.desk, told.by, command.kind);
  if (forbidden !== null) return forbidden;
  if (command.kind === 'OpenCase') return open(command, told);
  if (current === null) return refuse('no-such-case');
  return rule(command, current, told);
}

function rule(command: Exclude<Command, { kind: 'OpenCase' }>, it: Case, told: Told): Decision {
  switch (command.kind) {
    case 'TriageCase':
      return triage(it, command, told);
    case 'ReactPriority':
      return reactPriority(it, command, told);
    case 'UnreactPriority':
      return unreactPriority(it, command, told);
    case 'SettlePriority':
      return settlePriority(it, command, told);
    case 'TakeCase':
      return take(it, command, told);
    case 'AssignCase':
      return assign(it, command, told);
    case 'AwaitClient':
      return awaitClient(it, command, told);
    case 'ResumeCase':
      return resume(it, command, told);
    case 'ResolveCase':
      return resolve(it, command, told);
    case 'ReopenCase':
      return reopen(it, command, told);
    case 'EscalateCase':
      return escalate(it, command, told);
    case 'AcceptHandover':
      return accept(it, command, told);
    case 'DeclineHandover':
      return decline(it, command, told);
    case 'GiveAdvice':
      return advise(it, command, told);
    case 'WithdrawHandover':
      return withdraw(it, command, told);
    case 'MakePromise':
      return makePromise(it, command, told);
    case 'KeepPromise':
      return keepPromise(it, command);
    case 'DropPromise':
      return dropPromise(it, command);
    case 'NudgeOwner':
      return nudgeOwner(it, told);
    case 'SetTarget':
      return setTarget(it, command, told);
    case 'AddNote':
      return addNote(it, command);
    case 'ReplyToReporter':
      return replyToReporter(it, command, told);
    case 'HearMessage':
      return hearMessage(it, command, told);
    case 'HearEdit':
      return hearEdit(it, command);
    case 'HearDeletion':
      return hearDeletion(it, command);
    case 'HandOverShift':
      return handOverShift(it, command, told);
    case 'NameTurn':
      return nameTurn(it, told);
    case 'WakeCase':
      return [];
  }
}
