/** What people do all day: they write, open cases, work on them in the hours of their zones, hand them over and disagree. */
import type { Doors } from '../../src/app/doors';
import type { HeardMessage, Store } from '../../src/app/ports';
import type { Answer, ButtonData, Form, Verb } from '../../src/app/view';
import { type Case, isLive, type Party, type Place } from '../../src/domain/case/case';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import { ada, alice, bob, carol, gwen, lena, ravi } from '../support/given';
import { ZONES } from './desks';
import type { Dice } from './dice';
import type { Act, Inbound } from './inbound';
import type { Stage } from './stage';
import type { World } from './world';

type Person = Extract<Party, { kind: 'person' }>;
const STAFF: readonly Person[] = [alice, bob, carol, lena, ada];
const REPORTERS: readonly Party[] = [ravi, gwen, bob];
const PLATFORMS: Readonly<Record<string, readonly string[]>> = {
  alice: ['slack', 'teams'],
  bob: ['slack'],
  carol: ['teams'],
  lena: ['slack', 'teams'],
  ada: ['slack'],
};

/** Whether it is between nine and five on a working day where they live. */
function works(person: Person, at: number): boolean {
  const local = new Date(at + (ZONES[person.id] ?? 0) * HOUR_MS);
  const day = local.getUTCDay();
  return day >= 1 && day <= 5 && local.getUTCHours() >= 9 && local.getUTCHours() < 17;
}

export interface Town {
  readonly stage: Stage;
  readonly dice: Dice;
  readonly world: World;
  readonly inbound: Inbound;
  /** The store as the checks see it: always there. */
  readonly store: Store;
}

/** Somebody reports something at `at`; what follows from it goes on by itself until `until`. */
export function reportAt(town: Town, number: number, at: number, until: number): void {
  town.stage.at(at, () => openSomehow(town, number, until));
}

type Way = 'offer' | 'auto' | 'capture' | 'shortcut' | 'teams line' | 'form';

function openSomehow(town: Town, number: number, until: number): void {
  const { dice, world, stage } = town;
  const reporter = dice.pick(REPORTERS);
  const way = dice.weighted<Way>({ offer: 3, auto: 3, capture: 3, shortcut: 2, 'teams line': 2, form: 2 });
  const channel = way === 'auto' ? 'C0AUTO' : way === 'capture' ? 'C0QUIET' : 'C0SUPPORT';
  const text = `Problem ${number}: nothing works\nsince this morning`;
  const onSlack = { platform: 'slack', channel, thread: null };
  const go = (found: () => Promise<Case | null>): void => live(town, { found, until, left: dice.between(2, 10) });
  if (way === 'teams line') {
    const author: Party = dice.pick([alice, carol, lena]);
    const { place } = world.write({ platform: 'teams', channel: '19:support', thread: null }, author, text);
    say(town, author, place, `new Problem ${number}`);
    go(() => caseAt(town, place));
    return;
  }
  if (way === 'form') {
    go(fillIn(town, dice.pick(STAFF), number));
    return;
  }
  const message = world.write(onSlack, reporter, text);
  if (way !== 'shortcut' || dice.chance(0.5)) tell(town, reporter, message);
  if (way === 'offer')
    stage.at(stage.now() + dice.between(20, 600) * SECOND_MS, () =>
      press(town, {
        by: reporter,
        verb: 'open-from',
        data: { platform: 'slack', channel, message: message.place.message },
        place: message.place,
      }),
    );
  if (way === 'capture') {
    const catchers = dice.chance(0.3) ? 2 : 1;
    for (let index = 0; index < catchers; index += 1)
      stage.at(stage.now() + dice.between(5, 300) * SECOND_MS, () =>
        react(town, dice.pick([alice, bob, lena, ada]), message.place, 'ticket'),
      );
  }
  if (way === 'shortcut') openFrom(town, dice.pick([alice, bob, lena]), message);
  go(() => caseAt(town, message.place));
}

async function caseAt({ store }: Town, place: Place): Promise<Case | null> {
  const at = await store.caseAt({ ...place, thread: null });
  return at === null ? null : store.caseById(at.case);
}

/** The form from the command line, sent some time later. Tells how the case is found again. */
function fillIn(town: Town, by: Person, number: number): () => Promise<Case | null> {
  const title = `Problem ${number} from a form`;
  const platform = platformOf(town, by);
  send(town, {
    name: 'new',
    by,
    platform,
    place: null,
    door: (doors, caller) => doors.line('new', caller),
    answered: (answer) => submitLater(town, by, answer, { title, description: 'All of it', client: 'new:Globex' }),
  });
  return async () => (await town.store.list({ words: title, offset: 0, limit: 1 })).cases[0] ?? null;
}

function openFrom(town: Town, by: Person, message: HeardMessage): void {
  send(town, {
    name: 'open from',
    by,
    platform: 'slack',
    place: message.place,
    door: (doors, caller) => doors.openFrom(message, caller),
    answered: (answer) => submitLater(town, by, answer, {}),
  });
}

interface Story {
  readonly found: () => Promise<Case | null>;
  readonly until: number;
  /** How many more steps it has. */
  readonly left: number;
}

/** One step after the other, each some time after the one before. */
function live(town: Town, story: Story): void {
  const { stage, dice } = town;
  const wait = dice.chance(0.3) ? dice.between(MINUTE_MS, 20 * MINUTE_MS) : dice.between(20 * MINUTE_MS, DAY_MS);
  const at = stage.now() + wait;
  if (story.left === 0 || at > story.until) return;
  stage.at(at, async () => {
    const it = await story.found();
    const staff = STAFF.filter((person) => works(person, stage.now()));
    if (it !== null) step(town, it, staff.length === 0 ? null : dice.pick(staff));
    live(town, { ...story, left: story.left - (staff.length === 0 ? 0 : 1) });
  });
}

type Deed =
  | 'triage'
  | 'vote'
  | 'take'
  | 'note'
  | 'reply'
  | 'word'
  | 'client word'
  | 'wait'
  | 'resume'
  | 'escalate'
  | 'resolve'
  | 'reopen'
  | 'assign'
  | 'accept'
  | 'decline'
  | 'look'
  | 'edit'
  | 'nudge'
  | 'target';

function deedsFor(it: Case, atWork: boolean): Partial<Record<Deed, number>> {
  if (!atWork) return { 'client word': 1 };
  if (!isLive(it)) return { reopen: 3, 'client word': 2, look: 3, note: 1 };
  if (it.handover !== null) return { accept: 8, decline: 3, note: 2, 'client word': 2, take: 1, resolve: 1, look: 2 };
  const pace: Partial<Record<Deed, number>> = it.status === 'Awaiting client' ? { resume: 8 } : { wait: 5 };
  const owned = it.holder.kind === 'owner';
  return {
    ...pace,
    triage: it.priority === null ? 10 : 2,
    vote: 5,
    take: owned ? 2 : 12,
    note: 5,
    reply: 5,
    word: 5,
    'client word': 6,
    escalate: 7,
    resolve: owned ? 9 : 1,
    assign: 2,
    look: 2,
    edit: 2,
    nudge: 1,
    target: 1,
  };
}

function step(town: Town, it: Case, staff: Person | null): void {
  const { dice } = town;
  const deed = dice.weighted<Deed>(deedsFor(it, staff !== null));
  const by = staff ?? alice;
  const unique = `${it.ref} at ${town.stage.step()}`;
  const card = { case: it.id, seen: dice.chance(0.2) ? Math.max(1, it.version - dice.between(1, 4)) : it.version };
  const types = (words: string): void => say(town, by, null, words);
  const presses = (verb: Verb, values?: Values): void =>
    press(town, { by, verb, data: card, ...(values && { values }) });
  const offered = { ...card, handover: it.handover?.id ?? '' };
  const deeds: Readonly<Record<Deed, () => void>> = {
    triage: () => types(`${dice.pick(['p1', 'p2', 'p3'])} ${it.ref}`),
    vote: () => vote(town, it, by),
    take: () => (dice.chance(0.5) ? presses('take') : types(`take ${it.ref}`)),
    note: () => types(`note ${it.ref} Note ${unique}`),
    reply: () => types(`reply ${it.ref} Reply ${unique}`),
    word: () => writeInThread(town, it, by, `Word ${unique}`),
    'client word': () => writeInThread(town, it, it.reporter, `Client ${unique}`),
    wait: () => (dice.chance(0.5) ? presses('wait') : types(`wait ${it.ref}`)),
    resume: () => (dice.chance(0.5) ? presses('resume') : types(`resume ${it.ref}`)),
    reopen: () => (dice.chance(0.5) ? presses('reopen') : types(`reopen ${it.ref}`)),
    escalate: () => presses('escalate', { tried: `Tried ${unique}`, needed: 'Help', told: 'Soon' }),
    resolve: () =>
      dice.chance(0.5) ? types(`resolve ${it.ref} Solved ${unique}`) : presses('resolve', { text: `Solved ${unique}` }),
    assign: () => types(`assign ${it.ref} ${dice.pick(STAFF).id}`),
    accept: () => press(town, { by, verb: 'accept', data: offered }),
    decline: () => press(town, { by, verb: 'decline', data: offered, values: { text: `No ${unique}` } }),
    look: () => types(dice.pick([`why ${it.ref}`, `show ${it.ref}`, 'list mine', 'list open'])),
    edit: () => editSource(town, it),
    nudge: () => presses('nudge'),
    target: () => say(town, lena, null, `target ${it.ref} resolution ${dice.between(1, 30)}h`),
  };
  deeds[deed]();
}

/** An emoji on the source or the card, sometimes taken off again, sometimes heard of in the wrong order. */
function vote(town: Town, it: Case, by: Person): void {
  const { dice, stage, store } = town;
  const emoji = dice.pick([
    'red_circle',
    'large_orange_circle',
    'large_blue_circle',
    'eyes',
    'hourglass_flowing_sand',
    'white_check_mark',
  ]);
  const platform = platformOf(town, by);
  stage.at(stage.now(), async () => {
    const card = await store.cardOf(it.id, platform);
    const place = it.source?.platform === platform && dice.chance(0.5) ? it.source : card;
    if (place === null) return;
    react(town, by, place, emoji);
    if (dice.chance(0.3))
      stage.at(stage.now() + dice.between(1, 400) * SECOND_MS, () => react(town, by, place, `-${emoji}`));
  });
}

/** `-eyes` takes it off. */
function react(town: Town, by: Person, place: Place, sign: string): void {
  const added = !sign.startsWith('-');
  const emoji = added ? sign : sign.slice(1);
  const at = instant(town.stage.now());
  send(town, {
    name: `emoji ${sign}`,
    by,
    platform: place.platform,
    place,
    door: nothing((doors, caller) => doors.reacted({ place, emoji, added, at }, caller)),
  });
}

function writeInThread(town: Town, it: Case, by: Party, text: string): void {
  const { source } = it;
  if (source === null) return;
  const { platform, channel, message, thread } = source;
  if (by.kind === 'person' && !(PLATFORMS[by.id] ?? []).includes(platform)) return;
  tell(town, by, town.world.write({ platform, channel, thread: thread ?? message }, by, text));
}

function tell(town: Town, by: Party, message: HeardMessage): void {
  const { place, text, at } = message;
  send(town, {
    name: `message ${place.message}`,
    by,
    platform: place.platform,
    place,
    door: nothing((doors, caller) => doors.heard({ place, text, at }, caller)),
  });
}

function editSource(town: Town, { source, reporter }: Case): void {
  if (source === null || reporter.kind === 'system') return;
  const at = instant(town.stage.now());
  const isDeletion = town.dice.chance(0.3);
  send(town, {
    name: isDeletion ? 'deletion' : 'edit',
    by: reporter,
    platform: source.platform,
    place: source,
    door: nothing((doors, caller) =>
      isDeletion
        ? doors.deleted(source, at, caller)
        : doors.edited({ place: source, text: `Edited at ${at}`, at }, caller),
    ),
  });
}

const nothing =
  (door: (...given: Parameters<Act['door']>) => Promise<void>): Act['door'] =>
  async (doors: Doors, caller) => {
    await door(doors, caller);
    return undefined;
  };

const platformOf = ({ dice }: Town, by: Party): string =>
  dice.pick((by.kind === 'person' ? PLATFORMS[by.id] : undefined) ?? ['slack']);

function say(town: Town, by: Party, place: Place | null, words: string): void {
  const platform = place?.platform ?? platformOf(town, by);
  const how = place === null ? {} : { forms: false, spoken: true };
  send(town, { name: words, by, platform, place, how, door: (doors, caller) => doors.line(words, caller) });
}

type Values = Readonly<Record<string, string>>;
interface Press {
  readonly by: Party;
  readonly verb: Verb;
  readonly data: ButtonData;
  readonly place?: Place;
  /** What is filled in where a form opens. */
  readonly values?: Values;
}

function press(town: Town, { by, verb, data, place, values }: Press): void {
  send(town, {
    name: verb,
    by,
    platform: place?.platform ?? platformOf(town, by),
    place: place ?? null,
    door: (doors, caller) => doors.press(verb, data, caller),
    ...(values && { answered: (answer) => submitLater(town, by, answer, values) }),
  });
}

/** The person fills in the form that they were shown and sends it. */
function submitLater(
  town: Town,
  by: Party,
  answer: Answer | undefined,
  values: Readonly<Record<string, string>>,
): void {
  if (answer?.kind !== 'form') return;
  const { form } = answer;
  const { stage, dice } = town;
  stage.at(stage.now() + dice.between(10, 300) * SECOND_MS, () =>
    send(town, {
      name: `send ${form.verb}`,
      by,
      platform: platformOf(town, by),
      place: null,
      door: (doors, caller) => doors.submit(form.verb, form.data, { ...shownIn(form), ...values }, caller),
    }),
  );
}

const shownIn = (form: Form): Record<string, string> =>
  Object.fromEntries(
    form.fields.map((field) => [
      field.name,
      field.kind === 'client' ? (field.value?.value ?? '') : (field.value ?? ''),
    ]),
  );

const send = (town: Town, act: Act): void => void town.inbound.send(act);
