/** What the eight do when they are there: triage, take, work, hand over, answer, or never answer; and what clients and illness do. */

import { keptAttendance } from '../../src/app/attendance';
import type { Caller, Doors } from '../../src/app/doors';
import { type Case, isLive, type Party, type Place } from '../../src/domain/case/case';
import { type CaseId, DAY_MS, HOUR_MS, instant, MINUTE_MS, personId } from '../../src/domain/ids';
import type { Dice } from '../simulation/dice';
import type { Stage } from '../simulation/stage';
import type { Books } from './books';
import type { Node } from './node';
import { CATEGORIES, MEMBERS, type Member, onShift, ROTA } from './roster';

export interface Town {
  readonly stage: Stage;
  readonly dice: Dice;
  readonly books: Books;
  /** Null while it is down: what people do then is not heard. */
  readonly node: () => Node | null;
  readonly end: number;
  /** Who never accepts, takes or triages anything. */
  readonly silent: ReadonlySet<string>;
  readonly acts: { count: number };
}

type Priority = 'P1' | 'P2' | 'P3';

/** What a case needs, which only people see. */
interface Story {
  readonly priority: Priority;
  stepsLeft: number;
  nextAt: number;
  escalates: boolean;
}

const CLIENTS = 25;
const LOOKS_EVERY_MIN = [3, 8] as const;

const party = ({ id, name }: Member): Extract<Party, { kind: 'person' }> => ({
  kind: 'person',
  id: personId(id),
  name,
});
const guest: Party = { kind: 'guest', platform: 'slack', user: 'U0CLIENT', name: 'Connie Client' };

/** Everybody begins to look around, clients write, and illness and swaps come as they come. */
export function beginDays(town: Town, cases: number): void {
  const { stage, dice, end } = town;
  const stories = new Map<CaseId, Story>();
  for (const member of MEMBERS) goOn(town, member, stories);
  const start = stage.now();
  for (let number = 1; number <= cases; number += 1)
    stage.at(whenClientsWrite(dice, start, end), () => clientWrites(town, number));
  for (let index = 0; index < 5; index += 1)
    stage.at(dice.between(start + DAY_MS, end), () => fallsIll(town, dice.pick(MEMBERS)));
  for (let index = 0; index < 4; index += 1)
    stage.at(dice.between(start + DAY_MS, end), async () => {
      const there = MEMBERS.filter(({ id }) => onShift(stage.now(), town.books.said).has(id));
      if (there.length > 0) await fallsIll(town, dice.pick(there));
    });
  for (let index = 0; index < 8; index += 1)
    stage.at(dice.between(start, end), () => asksToSwap(town, dice.pick(dice.pick(ROTA).who)));
}

/** How busy each hour of the day is, by UTC: most of the clients are where London, New York and Singapore are awake. */
const BY_HOUR = [3, 4, 5, 5, 4, 4, 3, 4, 7, 10, 11, 10, 8, 9, 11, 12, 11, 9, 7, 5, 4, 3, 3, 3];
const BUSIEST = Math.max(...BY_HOUR);
const WEEKEND_SHARE = 0.3;

function whenClientsWrite(dice: Dice, start: number, end: number): number {
  for (;;) {
    const at = dice.between(start, end - 4 * HOUR_MS);
    const day = new Date(at).getUTCDay();
    const share = (BY_HOUR[new Date(at).getUTCHours()] ?? 0) / BUSIEST;
    if (dice.chance(day === 0 || day === 6 ? share * WEEKEND_SHARE : share)) return at;
  }
}

/** One act of somebody's, through a door; nothing while Baton is down. */
async function act(
  town: Town,
  by: Party,
  what: string,
  door: (doors: Doors, caller: Caller) => Promise<unknown>,
): Promise<void> {
  const node = town.node();
  if (node === null) return;
  town.acts.count += 1;
  const cause = { what, keys: [`act ${town.acts.count}`] };
  town.stage.note(`${by.kind === 'person' ? by.id : 'client'} ${what}`);
  await node.does(() => door(node.doors, { party: by, platform: 'slack', place: null, cause, forms: false }));
}

const says = (town: Town, by: Party, words: string): Promise<void> =>
  act(town, by, words, (doors, caller) => doors.line(words, caller));

async function clientWrites(town: Town, number: number): Promise<void> {
  const { dice, stage } = town;
  const place: Place = { platform: 'slack', channel: 'C0SUPPORT', message: `c${number}`, thread: null };
  const at = instant(stage.now());
  const chosen = {
    title: `Problem ${number}`,
    client: `new:Client ${dice.between(1, CLIENTS)}`,
    category: dice.pick(CATEGORIES),
  };
  await act(town, guest, `writes ${number}`, async (doors, caller) => {
    const message = { place, text: `Problem ${number}`, at, author: guest };
    const form = await doors.openFrom(message, { ...caller, place });
    if (form.kind !== 'form') throw new Error(`no form for ${number}`);
    const key = { ...caller, cause: { ...caller.cause, keys: caller.cause.keys.map((one) => `${one} sent`) } };
    await doors.submit(form.form.verb, form.form.data, { ...chosen, description: 'All of it', priority: '' }, key);
  });
}

function goOn(town: Town, member: Member, stories: Map<CaseId, Story>): void {
  const { stage, dice, end } = town;
  stage.at(stage.now() + dice.between(...LOOKS_EVERY_MIN) * MINUTE_MS + dice.between(0, 59_000), async () => {
    if (stage.now() > end) return;
    if (onShift(stage.now(), town.books.said).has(member.id)) await lookAround(town, member, stories);
    goOn(town, member, stories);
  });
}

async function lookAround(town: Town, member: Member, stories: Map<CaseId, Story>): Promise<void> {
  const { books, dice, silent, stage } = town;
  const mine = [...books.live.values()];
  const due = (it: Case): boolean => storyOf(stories, it, town).nextAt <= stage.now();
  if (!silent.has(member.id)) {
    await answerSwaps(town, member);
    for (const it of mine.filter((one) => asksFor(one, member)).slice(0, 4))
      if (dice.chance(0.6)) await answer(town, member, it);
    for (const it of mine.filter((one) => isTurnOf(one, member)).slice(0, 3))
      if (dice.chance(0.7)) await takeUp(town, member, it, storyOf(stories, it, town));
  }
  const work = mine.filter((it) => it.holder.kind === 'owner' && it.holder.person === member.id && due(it));
  for (const it of work.slice(0, 2)) await workOn(town, member, it, storyOf(stories, it, town));
}

function storyOf(stories: Map<CaseId, Story>, { id }: Case, { dice }: Town): Story {
  const known = stories.get(id);
  if (known !== undefined) return known;
  const story: Story = {
    priority: dice.weighted<Priority>({ P1: 1, P2: 4, P3: 5 }),
    stepsLeft: dice.between(2, 6),
    nextAt: 0,
    escalates: dice.chance(0.25),
  };
  stories.set(id, story);
  return story;
}

const isTurnOf = (it: Case, { id }: Member): boolean =>
  it.handover === null && it.holder.kind === 'turn' && it.holder.person === id;

function asksFor(it: Case, { id, role }: Member): boolean {
  const asked = it.handover?.asked;
  if (asked === undefined) return false;
  return asked.kind === 'person' ? asked.person === id : asked.kind === 'leads' && role === 'lead';
}

const shows = (it: Case) => ({ case: it.id, seen: it.version, handover: it.handover?.id ?? '' });

async function answer(town: Town, member: Member, it: Case): Promise<void> {
  const by = party(member);
  const pack = it.handover?.pack;
  if (town.dice.chance(0.15))
    return act(town, by, `declines ${it.ref}`, (doors, caller) =>
      doors.submit('decline', shows(it), { text: 'I am in the middle of something else' }, caller),
    );
  if (pack !== undefined && town.dice.chance(0.5))
    return act(town, by, `accepts ${pack}`, (doors, caller) => doors.press('accept-all', { pack }, caller));
  return act(town, by, `accepts ${it.ref}`, (doors, caller) => doors.press('accept', shows(it), caller));
}

/** Triaged by whoever's turn it is; most go on and take it, as long as it is still theirs to take. */
async function takeUp(town: Town, member: Member, it: Case, { priority }: Story): Promise<void> {
  if (it.priority === null) await says(town, party(member), `${priority.toLowerCase()} ${it.ref}`);
  const now = town.books.live.get(it.id);
  if (now !== undefined && isTurnOf(now, member) && town.dice.chance(0.8))
    await says(town, party(member), `take ${it.ref}`);
}

async function workOn(town: Town, member: Member, it: Case, story: Story): Promise<void> {
  const { dice, stage } = town;
  const by = party(member);
  story.nextAt = stage.now() + dice.between(15, 150) * MINUTE_MS;
  if (it.status !== 'In progress' || it.handover !== null) return;
  if (it.priority === null) return says(town, by, `${story.priority.toLowerCase()} ${it.ref}`);
  story.stepsLeft -= 1;
  if (story.stepsLeft < 0) return says(town, by, `resolve ${it.ref} Mended`);
  if (story.escalates) {
    story.escalates = false;
    const words = { tried: 'All that I know', needed: 'Somebody who knows more', told: 'That we are on it' };
    return act(town, by, `escalates ${it.ref}`, (doors, caller) => doors.submit('escalate', shows(it), words, caller));
  }
  if (!dice.chance(0.25)) return says(town, by, `note ${it.ref} Next: step ${story.stepsLeft}`);
  await says(town, by, `wait ${it.ref}`);
  stage.at(stage.now() + dice.between(20, 20 * 60) * MINUTE_MS, () => clientAnswers(town, it));
}

async function clientAnswers(town: Town, { id, source }: Case): Promise<void> {
  const it = town.books.live.get(id);
  if (it === undefined || !isLive(it) || source === null) return;
  const { platform, channel, message } = source;
  const at = instant(town.stage.now());
  const place: Place = { platform, channel, message: `${message}-${town.stage.step()}`, thread: message };
  await act(town, guest, `answers ${it.ref}`, (doors, caller) =>
    doors.heard({ place, text: 'Here is what you asked for', at }, { ...caller, place }),
  );
}

/** Said by themselves, or by a lead for somebody who cannot. */
async function fallsIll(town: Town, member: Member): Promise<void> {
  const hours = town.dice.between(8, 50);
  const lead = MEMBERS.find(({ role, id }) => role === 'lead' && id !== member.id) as Member;
  if (town.dice.chance(0.5)) return says(town, party(member), `away ${hours}h`);
  return says(town, party(lead), `away @${member.name} for ${hours}h`);
}

async function asksToSwap(town: Town, who: string): Promise<void> {
  const member = MEMBERS.find(({ id }) => id === who) as Member;
  const colleague = town.dice.pick(MEMBERS.filter(({ id }) => id !== who));
  return says(town, party(member), `swap @${colleague.name}`);
}

async function answerSwaps(town: Town, member: Member): Promise<void> {
  const node = town.node();
  if (node === null || !town.dice.chance(0.2)) return;
  await node.does(async () => {
    const { swaps } = await keptAttendance(node.engine.store);
    const asked = swaps.find(({ to, state }) => to === member.id && state === 'asked');
    if (asked === undefined) return;
    const verb = town.dice.chance(0.6) ? 'swap-yes' : 'swap-no';
    await act(town, party(member), `${verb} ${asked.shift} ${asked.date}`, (doors, caller) =>
      doors.press(verb, { swap: asked.id }, caller),
    );
  });
}
