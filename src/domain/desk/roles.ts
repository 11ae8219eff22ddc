import type { Party } from '../case/case';
import type { Command } from '../case/commands';
import { type Refusal, refuse } from '../case/refusals';
import { type Desk, personOf, type Role } from './desk';

/** Everyone of the workspace who is not in the desk file stands here as `guest`; alarms act as `system`. */
export type Standing = Role | 'guest' | 'system';

const EVERYONE: readonly Standing[] = ['guest', 'viewer', 'agent', 'lead', 'admin', 'system'];
const DESK: readonly Standing[] = ['agent', 'lead', 'admin'];
const LEADS: readonly Standing[] = ['lead', 'admin'];
const SYSTEM: readonly Standing[] = ['system'];
/** Something heard in a channel: it is written down whoever said it, also while a case is woken by it. */
const HEARD: readonly Standing[] = EVERYONE;

/**
 * Who may do what: the one table, asked for every command whatever its way in.
 * Accept, Decline and advice ask further who was asked, withdrawing who proposed (see handover.ts); Keep and Lower, who disagreed (see triage.ts).
 */
export const MAY: Readonly<Record<Command['kind'], readonly Standing[]>> = {
  OpenCase: EVERYONE,
  HearMessage: HEARD,
  HearEdit: HEARD,
  HearDeletion: HEARD,
  TriageCase: DESK,
  ReactPriority: DESK,
  UnreactPriority: DESK,
  SettlePriority: DESK,
  TakeCase: DESK,
  AssignCase: DESK,
  AwaitClient: DESK,
  ResumeCase: DESK,
  ResolveCase: DESK,
  ReopenCase: DESK,
  EscalateCase: DESK,
  AcceptHandover: DESK,
  DeclineHandover: DESK,
  GiveAdvice: DESK,
  WithdrawHandover: DESK,
  MakePromise: DESK,
  KeepPromise: DESK,
  DropPromise: DESK,
  NudgeOwner: DESK,
  SetTarget: LEADS,
  AddNote: DESK,
  ReplyToReporter: DESK,
  NameTurn: SYSTEM,
  HandOverShift: SYSTEM,
  WakeCase: SYSTEM,
};

/** What is done to Baton's own messages rather than to a case; replies to clients are everyday work. */
const MAY_TEND = { LookAtDeliveries: LEADS, TendDelivery: LEADS, TendReply: DESK } as const;

/**
 * What concerns the desk as a whole. Everybody of the desk looks at the board: they may look at every case anyway, and who
 * hands a case over has to know who has room. All of somebody's cases at once are moved by leads.
 */
const MAY_OVERSEE = {
  LookAtBoard: ['viewer', 'agent', 'lead', 'admin'],
  LookAtRota: ['viewer', 'agent', 'lead', 'admin'],
  HandAllOver: LEADS,
  CompareDesks: LEADS,
  SayAway: DESK,
  SayOthersAway: LEADS,
  SwapShift: DESK,
} as const;

export type Overseeing = keyof typeof MAY_OVERSEE;
export type Tending = keyof typeof MAY_TEND;

/** How the desk file sees this party today; a person who has left the desk is a guest again. */
export function standingOf(desk: Desk, party: Party): Standing {
  if (party.kind === 'system') return 'system';
  if (party.kind === 'guest') return 'guest';
  return personOf(desk, party.id)?.role ?? 'guest';
}

export const isStaff = (desk: Desk, party: Party): boolean => DESK.includes(standingOf(desk, party));

/** Whether they look after the desk: leads and admins. */
export const isLead = (desk: Desk, party: Party): boolean => LEADS.includes(standingOf(desk, party));

/** Null when the party may; otherwise a refusal that says who may. */
export function mayNot(desk: Desk, party: Party, kind: Command['kind']): Refusal | null {
  return notAmong(MAY[kind], standingOf(desk, party));
}

/** The same for what is done to messages. */
export function mayNotTend(desk: Desk, party: Party, what: Tending): Refusal | null {
  return notAmong(MAY_TEND[what], standingOf(desk, party));
}

/** The same for what concerns the desk as a whole. */
export function mayNotOversee(desk: Desk, party: Party, what: Overseeing): Refusal | null {
  return notAmong(MAY_OVERSEE[what], standingOf(desk, party));
}

function notAmong(allowed: readonly Standing[], standing: Standing): Refusal | null {
  if (allowed.includes(standing)) return null;
  if (DESK.includes(standing)) return refuse('leads-only');
  return refuse(standing === 'viewer' ? 'viewers-only-look' : 'not-of-the-desk');
}
