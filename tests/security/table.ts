/**
 * Every door there is, one row each, with what the table in src/domain/desk/roles.ts is asked for there. The types make it
 * whole: a verb, a word or an emoji without a row does not compile.
 */
import type { Doors } from '../../src/app/doors';
import type { ButtonData, Verb } from '../../src/app/view';
import type { Party, Place } from '../../src/domain/case/case';
import type { Command } from '../../src/domain/case/commands';
import type { Desk } from '../../src/domain/desk/desk';
import {
  mayNot,
  mayNotOversee,
  mayNotTend,
  type Overseeing,
  standingOf,
  type Tending,
} from '../../src/domain/desk/roles';
import type { WORDS } from '../../src/inputs/commandLine';
import type { Meaning } from '../../src/inputs/reactions';
import { calls } from '../support/floor';
import type { Who } from './house';
import type { Ask } from './requests';
import type { Stage } from './stages';
import * as at from './stages';

/** What is asked of the table: a command, something done to messages or to the desk; `see`: people of the desk and the reporter. */
export type Permission = Command['kind'] | Tending | Overseeing | 'see' | 'anybody';

const TENDING: readonly string[] = ['LookAtDeliveries', 'TendDelivery', 'TendReply'] satisfies Tending[];
const OVERSEEING: Readonly<Record<Overseeing, true>> = {
  LookAtBoard: true,
  LookAtRota: true,
  HandAllOver: true,
  CompareDesks: true,
  SayAway: true,
  SayOthersAway: true,
  SwapShift: true,
};

export function may(desk: Desk, party: Party, who: Who, asked: Permission): boolean {
  if (asked === 'anybody') return true;
  if (asked === 'see') return who === 'reporter' || standingOf(desk, party) !== 'guest';
  if (TENDING.includes(asked)) return mayNotTend(desk, party, asked as Tending) === null;
  if (Object.hasOwn(OVERSEEING, asked)) return mayNotOversee(desk, party, asked as Overseeing) === null;
  return mayNot(desk, party, asked as Command['kind']) === null;
}

/** How it shows that it was allowed: something changed, a form opened, something was shown; or what was asked for was only taken note of. */
export type Shows = 'change' | 'form' | 'words';

export interface Row {
  readonly may: Permission;
  readonly shows: Shows;
  /** Of those whom the table lets, only these: who was asked, who disagreed, whose it is. */
  readonly only?: readonly Who[];
  /** The ground is prepared anew for everybody, since it is about what is theirs. */
  readonly personal?: true;
  /** Prepares the ground, and says what is done on it. */
  readonly ask: (stage: Stage) => Promise<Ask>;
}

const ASKED = ['specialist', 'lead', 'admin'] as const;
const LEADS = ['lead', 'admin'] as const;
const NOWHERE: Place = { platform: 'slack', channel: 'C0TRIAGE', message: '1.000001', thread: null };

type Before = (stage: Stage) => Promise<ButtonData>;
const onCase =
  (...before: readonly Command[]): Before =>
  async (stage) =>
    at.onCard(await at.staged(stage, ...before));
const onHandover =
  (offer: Command): Before =>
  async (stage) => {
    const it = await at.staged(stage, at.TAKEN, offer);
    return at.onCard(it, { handover: it.handover?.id ?? '' });
  };
const press =
  (verb: Verb, data: Before): Row['ask'] =>
  async (stage) => ({ door: 'press', verb, data: await data(stage), at: NOWHERE });
const submit =
  (verb: Verb, data: Before, values: Readonly<Record<string, string>>): Row['ask'] =>
  async (stage) => ({ door: 'submit', verb, data: await data(stage), values, at: NOWHERE });
const nothing: Before = async () => ({});
const theirOwn: Before = async ({ house, platform, who }) => {
  const it = await at.staged({ house, platform, who }, at.TAKEN);
  const owner = house.desk.before.people.find(({ id, role }) => id === who && role !== 'viewer')?.id;
  const mine = owner === undefined ? it : await at.done(house, it, { kind: 'AssignCase', to: owner, seen: null });
  return { case: mine.id };
};
const pressed = (verb: Verb, asked: Permission, shows: Shows, data: Before): readonly Row[] => [
  { may: asked, shows, ask: press(verb, data) },
];
const personal = (rows: readonly Row[]): readonly Row[] => rows.map((row) => ({ ...row, personal: true }));
const onlyFor = (only: readonly Who[], rows: readonly Row[]): readonly Row[] => rows.map((row) => ({ ...row, only }));
const onDispute: Before = async (stage) => at.onCard(await at.disputed(stage));
const onSwap: Before = async (stage) => ({ swap: await at.swapAsked(stage) });
const onPack: Before = async (stage) => ({ pack: await at.packed(stage) });
const undelivered =
  (to: 'client' | 'leads'): Before =>
  async (stage) => ({ posting: await at.undelivered(stage, to) });
/** What was given up has not arrived: whoever says so is told. */
const tended = (verb: 'resend' | 'arrived'): readonly Row[] => {
  const shows = verb === 'resend' ? 'change' : 'words';
  return [
    ...pressed(verb, 'TendDelivery', shows, undelivered('leads')),
    ...pressed(verb, 'TendReply', shows, undelivered('client')),
  ];
};
const colleagueOwns: Before = async (stage) => {
  await at.staged(stage, at.TAKEN);
  return { from: at.colleague.kind === 'person' ? at.colleague.id : '' };
};

export const PRESSES: Readonly<Record<Verb, readonly Row[]>> = {
  take: pressed('take', 'TakeCase', 'change', onCase()),
  escalate: pressed('escalate', 'EscalateCase', 'form', onCase(at.TAKEN)),
  wait: pressed('wait', 'AwaitClient', 'change', onCase(at.TAKEN)),
  resume: pressed('resume', 'ResumeCase', 'change', onCase(at.TAKEN, at.WAITS)),
  resolve: pressed('resolve', 'ResolveCase', 'form', onCase(at.TAKEN)),
  reopen: pressed('reopen', 'ReopenCase', 'change', onCase(at.TAKEN, at.RESOLVED)),
  details: pressed('details', 'see', 'words', onCase()),
  note: pressed('note', 'AddNote', 'form', onCase()),
  reply: pressed('reply', 'ReplyToReporter', 'form', onCase()),
  assign: pressed('assign', 'AssignCase', 'form', onCase()),
  priority: pressed('priority', 'TriageCase', 'form', onCase()),
  criteria: pressed('criteria', 'anybody', 'words', nothing),
  keep: onlyFor(LEADS, pressed('keep', 'SettlePriority', 'change', onDispute)),
  lower: onlyFor(LEADS, pressed('lower', 'SettlePriority', 'change', onDispute)),
  nudge: pressed('nudge', 'NudgeOwner', 'change', onCase(at.TAKEN)),
  promise: pressed('promise', 'MakePromise', 'change', async (stage) => {
    const { it, offer } = await at.offered(stage);
    return { case: it.id, offer };
  }),
  kept: pressed('kept', 'KeepPromise', 'change', async (stage) => {
    const { it, promise } = await at.promised(stage);
    return at.onCard(it, { promise });
  }),
  drop: pressed('drop', 'DropPromise', 'change', async (stage) => {
    const { it, promise } = await at.promised(stage);
    return at.onCard(it, { promise });
  }),
  accept: onlyFor(ASKED, pressed('accept', 'AcceptHandover', 'change', onHandover(at.ESCALATED))),
  decline: onlyFor(ASKED, pressed('decline', 'DeclineHandover', 'form', onHandover(at.ESCALATED))),
  advise: onlyFor(ASKED, pressed('advise', 'GiveAdvice', 'form', onHandover(at.ADVICE))),
  withdraw: onlyFor(LEADS, pressed('withdraw', 'WithdrawHandover', 'change', onHandover(at.ESCALATED))),
  handback: pressed('handback', 'EscalateCase', 'form', onCase(at.TAKEN)),
  give: pressed('give', 'AssignCase', 'change', async (stage) =>
    at.onCard(await at.staged(stage), { to: 'colleague' }),
  ),
  open: pressed('open', 'OpenCase', 'form', nothing),
  'open-from': pressed('open-from', 'OpenCase', 'change', async ({ house, platform, who }) => {
    const place = at.message('slack');
    const { floor } = house;
    await floor.doors.heard({ place, text: 'It burns', at: floor.at }, at.callsAs({ house, platform, who }, place));
    await floor.settled();
    return { platform: place.platform, channel: place.channel, message: place.message };
  }),
  dismiss: pressed('dismiss', 'anybody', 'words', nothing),
  page: [
    { may: 'anybody', shows: 'words', ask: press('page', async () => ({ filter: 'open', offset: 0 })) },
    {
      may: 'see',
      shows: 'words',
      ask: press('page', async (stage) => ({ ledger: (await at.staged(stage)).id, as: 'csv' })),
    },
    { may: 'LookAtDeliveries', shows: 'words', ask: press('page', async () => ({ ops: 1, offset: 0 })) },
    { may: 'LookAtBoard', shows: 'words', ask: press('page', async () => ({ board: 1, offset: 0 })) },
  ],
  home: pressed('home', 'anybody', 'words', nothing),
  whatif: pressed('whatif', 'CompareDesks', 'form', nothing),
  resend: tended('resend'),
  arrived: tended('arrived'),
  swap: pressed('swap', 'SwapShift', 'form', nothing),
  'swap-yes': onlyFor(['specialist'], pressed('swap-yes', 'SwapShift', 'change', onSwap)),
  'swap-no': onlyFor(['specialist'], pressed('swap-no', 'SwapShift', 'change', onSwap)),
  'accept-all': onlyFor(['agent'], pressed('accept-all', 'AcceptHandover', 'change', onPack)),
  board: pressed('board', 'LookAtBoard', 'words', nothing),
  deal: pressed('deal', 'HandAllOver', 'form', colleagueOwns),
  steps: personal(pressed('steps', 'AddNote', 'form', theirOwn)),
};

const HANDOVER = { tried: 'Water', needed: 'An engine', told: 'To leave', whom: 'person:boss', kind: '', deadline: '' };
const CASE = { title: 'Printer', description: '', client: '', category: '', priority: '' };
interface Sent {
  readonly data: Before;
  readonly values: Readonly<Record<string, string>>;
  readonly shows?: Shows;
}
const sent = (verb: Verb, asked: Permission, { data, values, shows = 'change' }: Sent): readonly Row[] => [
  { may: asked, shows, ask: submit(verb, data, values) },
];

/** Forms as they are sent; a verb without a form is sent as one all the same, and then nobody may. */
export const SUBMISSIONS: Readonly<Partial<Record<Verb, readonly Row[]>>> = {
  open: sent('open', 'OpenCase', { data: nothing, values: CASE }),
  escalate: sent('escalate', 'EscalateCase', { data: onCase(at.TAKEN), values: HANDOVER }),
  handback: sent('handback', 'EscalateCase', { data: onCase(at.TAKEN), values: HANDOVER }),
  resolve: sent('resolve', 'ResolveCase', { data: onCase(at.TAKEN), values: { text: 'Done' } }),
  decline: onlyFor(
    ASKED,
    sent('decline', 'DeclineHandover', { data: onHandover(at.ESCALATED), values: { text: 'No' } }),
  ),
  advise: onlyFor(ASKED, sent('advise', 'GiveAdvice', { data: onHandover(at.ADVICE), values: { text: 'Pull' } })),
  note: sent('note', 'AddNote', { data: onCase(), values: { text: 'x' } }),
  reply: sent('reply', 'ReplyToReporter', { data: onCase(), values: { text: 'x' } }),
  assign: sent('assign', 'AssignCase', { data: onCase(), values: { choice: 'colleague' } }),
  priority: sent('priority', 'TriageCase', { data: onCase(), values: { choice: 'P1' } }),
  deal: [
    ...sent('deal', 'HandAllOver', { data: colleagueOwns, values: { whom: 'specialist' }, shows: 'form' }),
    ...sent('deal', 'HandAllOver', {
      data: async (stage) => {
        const it = await at.staged(stage, at.TAKEN);
        const deal = `${stage.house.floor.at}.x.colleague`;
        return { from: 'colleague', deal, moves: `${it.number}~boss~chosen` };
      },
      values: {},
    }),
  ],
  steps: personal(
    sent('steps', 'AddNote', {
      data: async (stage) => ({ step0: String((await theirOwn(stage))['case']) }),
      values: { step0: 'Ring them' },
    }),
  ),
  swap: [
    {
      may: 'SwapShift',
      shows: 'change',
      personal: true,
      ask: async (stage) => {
        const values = { shift: await at.shiftOf(stage), person: 'colleague' };
        return { door: 'submit', verb: 'swap', data: {}, values, at: NOWHERE };
      },
    },
  ],
  whatif: sent('whatif', 'CompareDesks', { data: nothing, values: { text: 'desk: {}', days: '9' }, shows: 'words' }),
};

type Word = (typeof WORDS)[number] | 'p1';
const typed = (
  asked: Permission,
  shows: Shows,
  words: (ref: string) => string,
  ...before: readonly Command[]
): Row => ({
  may: asked,
  shows,
  ask: async (stage) => ({ door: 'line', words: words((await at.staged(stage, ...before)).ref) }),
});

export const LINES: Readonly<Record<Word, readonly Row[]>> = {
  // In Teams the case opens at once, in Slack the form does.
  new: [typed('OpenCase', 'words', () => 'new Printer')],
  list: [typed('anybody', 'words', () => 'list open')],
  show: [typed('see', 'words', (ref) => `show ${ref}`)],
  take: [typed('TakeCase', 'change', (ref) => `take ${ref}`)],
  assign: [typed('AssignCase', 'change', (ref) => `assign ${ref} @colleague`)],
  wait: [typed('AwaitClient', 'change', (ref) => `wait ${ref}`, at.TAKEN)],
  resume: [typed('ResumeCase', 'change', (ref) => `resume ${ref}`, at.TAKEN, at.WAITS)],
  resolve: [
    typed('ResolveCase', 'change', (ref) => `resolve ${ref} Done`, at.TAKEN),
    typed('ResolveCase', 'form', (ref) => `resolve ${ref}`, at.TAKEN),
  ],
  reopen: [typed('ReopenCase', 'change', (ref) => `reopen ${ref}`, at.TAKEN, at.RESOLVED)],
  escalate: [typed('EscalateCase', 'form', (ref) => `escalate ${ref}`, at.TAKEN)],
  handback: [typed('EscalateCase', 'words', (ref) => `handback ${ref}`, at.TAKEN)],
  withdraw: [
    { ...typed('WithdrawHandover', 'change', (ref) => `withdraw ${ref}`, at.TAKEN, at.ESCALATED), only: LEADS },
  ],
  note: [typed('AddNote', 'change', (ref) => `note ${ref} x`)],
  reply: [typed('ReplyToReporter', 'change', (ref) => `reply ${ref} x`)],
  why: [typed('see', 'words', (ref) => `why ${ref}`), typed('see', 'words', (ref) => `why ${ref} csv`)],
  target: [typed('SetTarget', 'change', (ref) => `target ${ref} resolution 6h`)],
  rota: [typed('LookAtRota', 'words', () => 'rota')],
  away: [
    typed('SayAway', 'change', () => 'away 2h'),
    {
      may: 'SayOthersAway',
      shows: 'change',
      ask: async ({ house }) => {
        await house.floor.doors.line('back', calls(at.colleague));
        return { door: 'line', words: 'away @colleague for 2h' };
      },
    },
  ],
  back: [typed('SayAway', 'words', () => 'back'), typed('SayOthersAway', 'words', () => 'back @colleague')],
  swap: [typed('SwapShift', 'change', () => 'swap @colleague')],
  board: [typed('LookAtBoard', 'words', () => 'board')],
  handall: [typed('HandAllOver', 'form', () => 'handall @colleague', at.TAKEN)],
  search: [typed('anybody', 'words', () => 'search printer')],
  ops: [typed('LookAtDeliveries', 'words', () => 'ops')],
  help: [typed('anybody', 'words', () => 'help')],
  p1: [typed('TriageCase', 'change', (ref) => `p1 ${ref}`)],
};

const put = (asked: Permission, emoji: string, ...before: readonly Command[]): Row => ({
  may: asked,
  shows: 'change',
  ask: async (stage) => ({ door: 'reacted', emoji, at: at.cardOf(stage, await at.staged(stage, ...before)) }),
});

export const EMOJI: Readonly<Record<Meaning['kind'], readonly Row[]>> = {
  open: [
    {
      may: 'OpenCase',
      shows: 'change',
      ask: async (stage) => {
        const place = at.message(stage.platform);
        stage.house.floor[stage.platform].written.push(at.written(place));
        return { door: 'reacted', emoji: '1f3ab_ticket', at: place };
      },
    },
  ],
  priority: [put('ReactPriority', '1f534_largeredcircle')],
  take: [put('TakeCase', '1f440_eyes')],
  wait: [put('AwaitClient', '23f3_hourglass', at.TAKEN)],
  resolve: [put('ResolveCase', '2705_whiteheavycheckmark', at.TAKEN)],
};

const heardIn =
  (door: 'heard' | 'edited' | 'deleted'): Row['ask'] =>
  async (stage) => {
    const it = await at.staged(stage);
    const root = it.source?.message ?? '';
    const place = at.message(stage.platform, root);
    if (door === 'heard') return { door, at: place, text: 'And it smokes' };
    await at.heardBefore(stage, place);
    return { door, at: place, text: 'And it smokes much' };
  };

/** The ways in that are no presses, forms, lines or emoji. */
export const OTHERS: Readonly<Record<Exclude<keyof Doors, 'press' | 'submit' | 'line' | 'reacted'>, readonly Row[]>> = {
  openFrom: [
    {
      may: 'OpenCase',
      shows: 'form',
      ask: async ({ platform }) => ({ door: 'openFrom', at: at.message(platform), text: 'It burns' }),
    },
  ],
  heard: [{ may: 'HearMessage', shows: 'change', personal: true, ask: heardIn('heard') }],
  edited: [{ may: 'HearEdit', shows: 'change', personal: true, ask: heardIn('edited') }],
  deleted: [{ may: 'HearDeletion', shows: 'change', personal: true, ask: heardIn('deleted') }],
  home: [{ may: 'anybody', shows: 'words', ask: async () => ({ door: 'home' }) }],
  clients: [{ may: 'anybody', shows: 'words', ask: async () => ({ door: 'clients', typed: 'Glo' }) }],
};
