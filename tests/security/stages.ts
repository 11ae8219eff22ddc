/** Cases as far along as an act needs them, brought there by a colleague and a boss who take no further part. */

import { keptAttendance } from '../../src/app/attendance';
import { perform } from '../../src/app/perform';
import { SurfaceFailure } from '../../src/app/ports';
import type { ButtonData } from '../../src/app/view';
import type { Case, Party, Place } from '../../src/domain/case/case';
import type { Command } from '../../src/domain/case/commands';
import { HOUR_MS, later, priorityName } from '../../src/domain/ids';
import { calls, openCase, shownIn, valuesOf } from '../support/floor';
import { TEN } from '../support/given';
import { type House, type Platform, partyOf, person, type Who } from './house';

export const colleague = person('colleague');
export const boss = person('boss');

export interface Stage {
  readonly house: House;
  readonly platform: Platform;
  /** Who will knock: some acts are about what is theirs. */
  readonly who: Who;
}

let messages = 0;
/** A message of the case's own, in the channel where clients write. */
export function message(platform: Platform, thread: string | null = null): Place {
  messages += 1;
  const channel = platform === 'slack' ? 'C0SUPPORT' : '19:support@thread.tacv2';
  return { platform, channel, message: `17954200${String(messages).padStart(2, '0')}.000100`, thread };
}

/** A case that the guest called reporter reported, as it stands after these commands of the colleague's. */
export async function staged({ house, platform }: Stage, ...commands: readonly Command[]): Promise<Case> {
  const opened = await openCase(house.floor, partyOf('reporter', platform), message(platform));
  let it = opened;
  for (const command of commands) it = await done(house, it, command);
  return it;
}

export async function done(house: House, { id }: Pick<Case, 'id'>, command: Command, by: Party = colleague) {
  const outcome = await perform(house.floor.engine, { command, case: id, by, cause: { what: 'a stage', keys: [] } });
  if (outcome.kind !== 'committed') throw new Error(`${command.kind} did not happen: ${JSON.stringify(outcome)}`);
  await house.floor.settled();
  return outcome.case;
}

export const TAKEN: Command = { kind: 'TakeCase', takeOver: true, seen: null };
export const RESOLVED: Command = { kind: 'ResolveCase', how: 'We put it out.', seen: null };
export const WAITS: Command = { kind: 'AwaitClient', seen: null };
export const ESCALATED: Command = {
  kind: 'EscalateCase',
  tried: 'Water',
  needed: 'A fire engine',
  told: 'To leave',
  level: 'L2',
  seen: null,
};
export const ADVICE: Command = { ...ESCALATED, advice: true };

/** The data of a button on the case's card as it was when it was drawn. */
export const onCard = (it: Case, more: ButtonData = {}): ButtonData => ({ case: it.id, seen: it.version, ...more });

export const cardOf = ({ house, platform }: Stage, { ref }: Case): Place => {
  const wall = house.floor[platform];
  const channel = house.floor.desk.triage[platform] ?? '';
  const found = shownIn(wall, channel).find(({ view }) => view.summary.includes(ref));
  if (found === undefined) throw new Error(`no card of ${ref}`);
  return found.place;
};

/** Priorities that the colleague and the boss disagree about. */
export async function disputed(stage: Stage): Promise<Case> {
  const it = await staged(stage);
  const vote = (name: string) => ({ priority: priorityName(name), via: `source|${name}`, at: stage.house.floor.at });
  await done(stage.house, it, { kind: 'ReactPriority', ...vote('P2') });
  return done(stage.house, it, { kind: 'ReactPriority', ...vote('P1') }, boss);
}

/** A case with a promise of the colleague's; its id. */
export async function promised(stage: Stage): Promise<{ readonly it: Case; readonly promise: string }> {
  const dueAt = later(stage.house.floor.at, 2 * HOUR_MS);
  const it = await staged(stage, TAKEN, { kind: 'MakePromise', words: 'by noon', dueAt });
  const journal = await stage.house.floor.store.journalOf(it.id);
  const made = journal.flatMap(({ event }) => (event.type === 'PromiseMade' ? [event.promise] : []))[0];
  if (made === undefined) throw new Error('nothing was promised');
  return { it, promise: made.id };
}

/** The version of the case at which its colleague's words hold a time that could be promised. */
export async function offered(stage: Stage): Promise<{ readonly it: Case; readonly offer: number }> {
  const it = await staged(stage, TAKEN, { kind: 'ReplyToReporter', text: 'I will get back to you by 15:00.' });
  return { it, offer: it.version };
}

let given = 0;
const known = new Set<string>();
/** A message that could not be sent, to be sent again; `to` a client or to the leads. */
export async function undelivered(stage: Stage, to: 'client' | 'leads'): Promise<string> {
  given += 1;
  const { floor } = stage.house;
  const it = to === 'client' ? await staged(stage, TAKEN, { kind: 'ReplyToReporter', text: 'x' }) : null;
  const journal = it === null ? [] : await floor.store.journalOf(it.id);
  const version = journal.find(({ event }) => event.type === 'ReplySent')?.version ?? 0;
  const dedupe = `undelivered:${given}`;
  floor.slack.fails = (call, destination) => {
    if (call === 'post' && 'channel' in destination && destination.channel === 'C0GONE')
      throw new SurfaceFailure('refused', 'gone');
  };
  const drawing = { view: to === 'client' ? 'reply' : 'desk-problem', args: { say: 'x', version } } as const;
  const there = { kind: 'channel', platform: 'slack', channel: 'C0GONE', thread: null } as const;
  const wanted = { kind: 'post', case: it?.id ?? null, to: there, dedupe, drawing, urgency: 1 } as const;
  await floor.store.want([wanted], { what: 'a stage', keys: [] }, floor.at);
  await floor.settled();
  const { deliveries } = await floor.store.troubles(floor.at, { offset: 0, limit: 500 });
  const found = deliveries.find(({ id }) => !known.has(id));
  known.add(found?.id ?? '');
  if (found === undefined) throw new Error('it arrived');
  return found.id;
}

/** The name of a question that the colleague asked the specialist: to do a shift of theirs. */
export async function swapAsked({ house }: Stage): Promise<string> {
  await house.floor.doors.line('swap @specialist', calls(colleague));
  const asked = (await keptAttendance(house.floor.store)).swaps.findLast(({ state }) => state === 'asked');
  if (asked === undefined) throw new Error('nobody was asked');
  return asked.id;
}

/** The next triage shift of whoever knocks, as the form names it; of somebody without one, no shift. */
export async function shiftOf({ house, platform, who }: Stage): Promise<string> {
  const answer = await house.floor.doors.press('swap', {}, calls(partyOf(who, platform)));
  return answer.kind === 'form' ? (valuesOf(answer.form)['shift'] ?? '') : '';
}

/** A pack of two, as at the end of the colleague's shift: one of them is offered to the agent. */
export async function packed(stage: Stage): Promise<string> {
  const cases = [await staged(stage, TAKEN), await staged(stage, TAKEN)];
  const pack = `colleague:${stage.house.floor.at + messages}`;
  const words = { tried: 'x', needed: 'x', told: 'x', hasStep: true };
  const { doors } = stage.house.floor;
  await doors.line('away 2h', calls(colleague));
  for (const it of cases)
    await done(stage.house, it, { kind: 'HandOverShift', ...words, back: null, pack }, { kind: 'system' });
  await doors.line('back', calls(colleague));
  return pack;
}

/** Somebody as they were when the stage was set, speaking in a place. */
export const callsAs = ({ platform, who }: Stage, place: Place) => calls(partyOf(who, platform), { platform, place });

export const written = (place: Place) => ({ place, text: 'It burns', at: TEN, author: partyOf('reporter', 'slack') });

export async function heardBefore(stage: Stage, place: Place): Promise<void> {
  const { floor } = stage.house;
  await floor.doors.heard({ place, text: 'It smokes', at: floor.at }, callsAs(stage, place));
  await floor.settled();
}
