/** The app at work: the real engine over a real store in memory, with platforms that write down what they are asked to show. */
import { randomUUID } from 'node:crypto';
import { openStore } from '../../adapters/storage';
import { createBusyWatch } from '../../src/app/busy';
import { type Caller, createDoors, type Doors } from '../../src/app/doors';
import type { Accepted, Engine } from '../../src/app/perform';
import type { Destination, HeardMessage, Posting, Store, Surface } from '../../src/app/ports';
import { createPump, type Pump } from '../../src/app/pump';
import type { Answer, Button, Form, Line, Section, View } from '../../src/app/view';
import { tick } from '../../src/app/wake';
import type { Case, Party, Place } from '../../src/domain/case/case';
import type { Desk } from '../../src/domain/desk/desk';
import { type Instant, later } from '../../src/domain/ids';
import { DESK, SOURCE, TEN } from './given';

export interface Shown {
  readonly to: Destination;
  readonly place: Place;
  /** As it stands now: updates replace it. */
  view: View;
  updates: number;
}

/** A platform that shows everything, unless `fails` is told otherwise. */
export interface Wall extends Surface {
  readonly shown: Shown[];
  /** What people wrote there, for `read`. */
  readonly written: HeardMessage[];
  readonly calls: string[];
  /** Throw from here to make a call fail; `after` is true once the call has taken effect. */
  fails: (call: 'post' | 'update', to: Destination, after: boolean) => void;
  found: (posting: Pick<Posting, 'id' | 'createdAt'>) => Place | 'absent' | 'unknown';
}

const samePlace = (a: Place, b: Place): boolean => a.channel === b.channel && a.message === b.message;
const channelOf = (to: Destination): string => (to.kind === 'person' ? `dm-${to.user}` : to.channel);

export function createWall(platform: string): Wall {
  const shown: Shown[] = [];
  const written: HeardMessage[] = [];
  const calls: string[] = [];
  const wall: Wall = {
    platform,
    shown,
    written,
    calls,
    fails: () => undefined,
    found: () => 'unknown',
    post: async (to, view) => {
      calls.push(`post ${channelOf(to)}`);
      wall.fails('post', to, false);
      const thread = to.kind === 'person' ? null : to.thread;
      const place: Place = { platform, channel: channelOf(to), message: `${platform}-${shown.length + 1}`, thread };
      shown.push({ to, place, view, updates: 0 });
      wall.fails('post', to, true);
      return place;
    },
    update: async (at, to, view) => {
      calls.push(`update ${channelOf(to)}`);
      wall.fails('update', to, false);
      const found = shown.find(({ place }) => samePlace(place, at));
      if (found === undefined) throw new Error(`nothing was posted at ${at.channel} ${at.message}`);
      found.view = view;
      found.updates += 1;
    },
    find: async (to, posting) => {
      calls.push(`find ${channelOf(to)}`);
      return wall.found(posting);
    },
    read: async (place) => written.find((one) => samePlace(one.place, place)) ?? null,
  };
  return wall;
}

export interface Floor {
  readonly engine: Engine;
  readonly store: Store;
  readonly doors: Doors;
  readonly pump: Pump;
  readonly slack: Wall;
  readonly teams: Wall;
  readonly accepted: Accepted[];
  readonly troubles: string[];
  /** The desk in force; assign to edit it. */
  desk: Desk;
  at: Instant;
  /** Lets time pass, rings what is due, and waits until everything that may go has gone. */
  passes(ms: number): Promise<void>;
  /** Waits until everything that may go has gone. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** What outlives a process: the database, and what the platforms show. */
export interface Outlives extends Partial<Pick<Floor, 'slack' | 'teams' | 'at'>> {
  readonly url?: string;
}

export async function openFloor(desk: Desk = DESK, before: Outlives = {}): Promise<Floor> {
  const store = await openStore(before.url ?? 'file::memory:', { newId: randomUUID });
  const { slack = createWall('slack'), teams = createWall('teams') } = before;
  const accepted: Accepted[] = [];
  const troubles: string[] = [];
  const pump = createPump(() => engine);
  const engine: Engine = {
    store,
    clock: { now: () => floor.at },
    desk: () => floor.desk,
    surfaces: new Map<string, Surface>([
      ['slack', slack],
      ['teams', teams],
    ]),
    accepted: (change) => void accepted.push(change),
    troubled: (what, error) => void troubles.push(`${what}: ${String(error)}`),
    busy: createBusyWatch(() => engine),
    nudge: () => pump.nudge(),
  };
  const floor: Floor = {
    engine,
    store,
    doors: createDoors(engine),
    pump,
    slack,
    teams,
    accepted,
    troubles,
    desk,
    at: before.at ?? TEN,
    passes: async (ms) => {
      floor.at = later(floor.at, ms);
      await tick(engine);
      await floor.settled();
    },
    settled: async () => {
      pump.nudge();
      await pump.idle();
    },
    close: async () => {
      await pump.stop();
      await store.close();
    },
  };
  return floor;
}

let causes = 0;
/** Somebody who calls, each time for a new reason unless `keys` says which. */
export function calls(party: Party, more: Partial<Omit<Caller, 'party'>> & { readonly key?: string } = {}): Caller {
  causes += 1;
  const { key, ...rest } = more;
  return { party, platform: 'slack', place: null, cause: { what: 'a test', keys: [key ?? `call-${causes}`] }, ...rest };
}

/** A case from a message in #support, by `ravi` unless said otherwise; everything it wants has been shown. */
export async function openCase(
  floor: Floor,
  party: Party,
  place: Place = SOURCE,
  text = 'The printer is on fire',
): Promise<Case> {
  const message = { place, text, at: floor.at, author: party };
  const form = formIn(await floor.doors.openFrom(message, calls(party)));
  await floor.doors.submit('open', form.data, valuesOf(form), calls(party));
  await floor.settled();
  const at = await floor.store.caseAt(place);
  const it = at === null ? null : await floor.store.caseById(at.case);
  if (it === null) throw new Error('no case was opened');
  return it;
}

export async function caseNow(floor: Floor, it: Pick<Case, 'id'>): Promise<Case> {
  const found = await floor.store.caseById(it.id);
  if (found === null) throw new Error('the case is gone');
  return found;
}

/** What a form would send if it were sent as it stands. */
export const valuesOf = (form: Form): Record<string, string> =>
  Object.fromEntries(
    form.fields.map((field) => [
      field.name,
      field.kind === 'client' ? (field.value?.value ?? '') : (field.value ?? ''),
    ]),
  );

export function formIn(answer: Answer): Form {
  if (answer.kind !== 'form') throw new Error(`no form, but ${wordsIn(answer)}`);
  return answer.form;
}

/** Everything that a private answer says. */
export function wordsIn(answer: Answer): string {
  switch (answer.kind) {
    case 'said':
      return wordsOn(answer.view);
    case 'form':
      return `form ${answer.form.title}`;
    case 'errors':
      return Object.entries(answer.fields)
        .map(([name, say]) => `${name}: ${say}`)
        .join('\n');
    case 'done':
      return '';
  }
}

function inlineText(one: Line[number]): string {
  switch (one.kind) {
    case 'text':
    case 'strong':
    case 'code':
    case 'time':
      return one.text;
    case 'person':
      return one.name;
    case 'party':
      return one.party.kind === 'system' ? 'Baton' : one.party.name;
    case 'place':
      return one.label;
    case 'file':
      return `📎 ${one.file.name}`;
  }
}

const lineText = (line: Line): string => line.map(inlineText).join('');

function sectionText(section: Section): string {
  switch (section.kind) {
    case 'lines':
      return section.lines.map(lineText).join('\n');
    case 'quote':
      return `${section.label ?? ''} ${section.text}`;
    case 'heading':
    case 'code':
      return section.text;
    case 'history':
      return section.entries.map((entry) => `${entry.when} ${lineText(entry.line)}`).join('\n');
    case 'facts':
      return section.facts.map((fact) => `${fact.label}: ${lineText(fact.value)}`).join('\n');
    case 'row':
      return `${lineText(section.title)} ${lineText(section.detail)} ${section.buttons.map(({ label }) => `[${label}]`).join(' ')}`;
    case 'buttons':
      return section.buttons.map(({ label }) => `[${label}]`).join(' ');
    case 'rule':
      return '—';
  }
}

/** Everything that a person reads on a view. */
export const wordsOn = (view: View): string =>
  [
    lineText(view.title ?? []),
    ...view.facts.map((fact) => `${fact.label}: ${lineText(fact.value)}`),
    ...view.sections.map(sectionText),
    view.buttons.map(({ label }) => `[${label}]`).join(' '),
    lineText(view.footer ?? []),
  ]
    .filter((words) => words !== '')
    .join('\n');

export const factOn = (view: View, label: string): string => {
  const found = view.facts.find((fact) => fact.label === label);
  if (found === undefined) throw new Error(`no ${label} among ${view.facts.map((fact) => fact.label).join(', ')}`);
  return lineText(found.value);
};

/** Every button of a view, wherever on it. */
export const buttonsOn = (view: View): readonly Button[] => [
  ...view.buttons,
  ...view.sections.flatMap((section) => (section.kind === 'buttons' || section.kind === 'row' ? section.buttons : [])),
];

export function buttonOn(view: View, label: string): Button {
  const found = buttonsOn(view).find((button) => button.label === label);
  if (found === undefined)
    throw new Error(
      `no ${label} among ${buttonsOn(view)
        .map((one) => one.label)
        .join(', ')}`,
    );
  return found;
}

/** What was shown in a channel, newest last. */
export const shownIn = (wall: Wall, channel: string): readonly Shown[] =>
  wall.shown.filter(({ to }) => to.kind === 'channel' && to.channel === channel);

/** What was said to one person in private. */
export const shownTo = (wall: Wall, user: string): readonly Shown[] =>
  wall.shown.filter(({ to }) => to.kind === 'person' && to.user === user);

/** What one person alone saw in a channel. */
export const whispered = (wall: Wall, user: string): readonly Shown[] =>
  wall.shown.filter(({ to }) => to.kind === 'whisper' && to.user === user);
