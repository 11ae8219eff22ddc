/** Messages and presses from Teams over HTTP with signed tokens, beside botbuilder's adapter with nothing behind it. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEAMS_SEED } from '../adapters/sandbox/seed';
import type { JsonObject } from '../adapters/sandbox/teams/protocol';
import { createTeamsWorld, type TeamsWorld } from '../adapters/sandbox/teams/world';
import { openStore } from '../adapters/storage';
import { manifestFor } from '../adapters/teams';
import { createSeals, installSecret } from '../src/app/seal';
import { caseButtons } from '../src/app/views/caseCard';
import { instant } from '../src/domain/ids';
import { type Fired, fire } from './client';
import { DESK } from './desk';
import { engineOn, opened } from './engine';
import { median, quantile } from './numbers';
import { type Bare, type Baton, startBareTeams, startBaton } from './processes';
import { compared, type Row } from './report';
import type { Recorded } from './workspace';

const A_ROUND = 200;
const ALICE = TEAMS_SEED.users.find(({ name }) => name.startsWith('Alice'));
const TEAMS_DESK = DESK.replace('slack: U0ALICE', `slack: U0ALICE, teams: ${ALICE?.aadObjectId}`);
const PATH = '/api/messages';

/** A case that nobody owns, and what its button Take carries. */
interface Waiting {
  readonly ref: string;
  readonly take: JsonObject;
}

interface Round extends Fired {
  readonly cpuMs: number;
}

export async function teamsRows(rounds: number): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  const url = `file:${join(folder, 'baton.db')}`;
  const world = await openTeams();
  const waiting = await casesIn(url, (rounds + 1) * A_ROUND + 1);
  const baton = await startBaton({ ...world.settings(), DATABASE_URL: url }, TEAMS_DESK);
  world.connect(`${baton.url}${PATH}`);
  const bare = await startBareTeams({ ...world.settings() }, await answersOf(world, baton, waiting));
  try {
    const noted: Round[] = [];
    const taken: Round[] = [];
    const answered: Round[] = [];
    const carded: Round[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const by = signerOf(world);
      const notes = Array.from({ length: A_ROUND }, (_, at) => note(by, waiting, `again, ${round}.${at}`));
      const presses = Array.from({ length: A_ROUND }, () => press(by, next(waiting).take));
      const measured = [
        await said(world, () => batonRound(baton, notes, 'AddNote')),
        await batonRound(baton, presses, 'TakeCase'),
        await said(world, () => bareRound(bare, notes)),
        await bareRound(bare, presses),
      ];
      // The first warms all of them up.
      if (round === 0) continue;
      for (const [at, list] of [noted, taken, answered, carded].entries()) list.push(measured[at] as Round);
    }
    return [
      ...rowsOf('Teams message (case note REF TEXT, a committed change)', noted, answered),
      ...rowsOf('Teams press of Take (Action.Execute, a committed change)', taken, carded),
    ];
  } finally {
    await Promise.all([baton.stop(), bare.stop(), world.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openTeams(): Promise<TeamsWorld> {
  const appId = '00000000-0000-0000-0000-0000000ba700';
  const written = readFileSync(join(__dirname, '..', 'manifests', 'teams', 'manifest.json'), 'utf8');
  const manifest = manifestFor(written, appId) as JsonObject;
  const tenantId = '00000000-0000-0000-0000-000000007e4a';
  const world = await createTeamsWorld({ seed: TEAMS_SEED, manifest, appId, appPassword: 'bench-password', tenantId });
  await world.start();
  return world;
}

/** Cases without an owner, opened before Baton starts; their cards would be in Slack, to which it is not connected. */
async function casesIn(url: string, count: number): Promise<Waiting[]> {
  const store = await openStore(url);
  const seals = createSeals(await installSecret(store));
  const engine = engineOn(store, { at: instant(Date.now()) });
  const all = Array.from({ length: count }, async (_, at): Promise<Waiting> => {
    const it = await store.caseById(await opened(engine, { priority: 'P3', message: `m${at}` }));
    const [take] = it === null ? [] : caseButtons(it);
    if (it === null || take?.verb !== 'take') throw new Error('the case cannot be taken');
    const data = { baton: { verb: 'take', data: { ...seals.button('take', take.data) } } };
    return { ref: it.ref, take: data };
  });
  const waiting = await Promise.all(all);
  await store.close();
  return waiting;
}

function next(waiting: Waiting[]): Waiting {
  const one = waiting.pop();
  if (one === undefined) throw new Error('there are no more cases');
  return one;
}

/** What Alice's client and the channel put around everything: a draft of a message in her chat with the bot, and the token. */
interface Signer {
  readonly draft: JsonObject;
  readonly headers: Readonly<Record<string, string>>;
}

function signerOf(world: TeamsWorld): Signer {
  const chat = world.snapshot().chats.find(({ user }) => user === ALICE?.id);
  if (ALICE === undefined || chat === undefined) throw new Error('Alice has no chat with the bot');
  const draft = world.draft({ user: ALICE.id, conversation: chat.id, text: '-' });
  return { draft, headers: { 'content-type': 'application/json', authorization: `Bearer ${world.token()}` } };
}

const signed = ({ headers }: Signer, activity: JsonObject): Recorded => ({ body: JSON.stringify(activity), headers });

const note = (by: Signer, [first]: readonly Waiting[], words: string): Recorded =>
  signed(by, { ...by.draft, id: randomUUID(), text: `case note ${first?.ref} The client called ${words}` });

/** In the shape of the message, as both come from one envelope. */
function press(by: Signer, data: JsonObject): Recorded {
  const { text: _text, textFormat: _format, attachments: _attachments, ...envelope } = by.draft;
  const action = { type: 'Action.Execute', verb: 'baton:take', data };
  const invoke = { type: 'invoke', name: 'adaptiveCard/action', id: `f:${randomUUID()}`, replyToId: '1' };
  return signed(by, { ...envelope, ...invoke, value: { action, trigger: 'manual' } });
}

/** The cards that Baton answers with, for the bare one to answer with. */
async function answersOf(world: TeamsWorld, baton: Baton, waiting: Waiting[]) {
  const by = signerOf(world);
  const posted = await said(world, () => batonRound(baton, [note(by, waiting, 'back')], 'AddNote'), 1);
  if (posted.latenciesMs.length !== 1) throw new Error('a note was not answered');
  const { attachments } = world.snapshot().messages.findLast(({ fromBot }) => fromBot) ?? { attachments: [] };
  const { body, headers } = press(by, next(waiting).take);
  const answer = await world.rawPost(body, headers as Record<string, string>);
  const { value } = JSON.parse(answer.text) as { readonly value?: object };
  const card = attachments[0]?.content;
  if (value === undefined || card === undefined) throw new Error(`Baton answered ${answer.text}`);
  return { BARE_SAID: JSON.stringify(card), BARE_PRESSED: JSON.stringify(value) };
}

/** Waits until each of the messages has been answered with one: that goes on after the request. */
async function said(world: TeamsWorld, work: () => Promise<Round>, count = A_ROUND): Promise<Round> {
  const since = world.calls.at(-1)?.seq ?? 0;
  const answers = (): number =>
    world.calls.filter(({ seq, verb, path }) => seq > since && verb === 'POST' && /\/activities\b/.test(path)).length;
  const round = await work();
  await new Promise<void>((resolve) => {
    const check = (): void => {
      if (answers() < count) return;
      unlisten();
      resolve();
    };
    const unlisten = world.onChange(check);
    check();
  });
  return round;
}

/** Every request must have become a committed change. */
async function batonRound(baton: Baton, requests: readonly Recorded[], command: string): Promise<Round> {
  const cpu = await baton.metric('process_cpu_seconds_total');
  const before = await baton.metric('baton_changes_total', command);
  const fired = await fire(baton.url, requests, PATH);
  await baton.drained();
  const changes = (await baton.metric('baton_changes_total', command)) - before;
  if (changes !== requests.length) throw new Error(`${requests.length} × ${command} made ${changes} changes`);
  return { ...fired, cpuMs: ((await baton.metric('process_cpu_seconds_total')) - cpu) * 1000 };
}

async function bareRound(bare: Bare, requests: readonly Recorded[]): Promise<Round> {
  const before = await bare.usage();
  const fired = await fire(bare.url, requests, PATH);
  return { ...fired, cpuMs: ((await bare.usage()).cpuSeconds - before.cpuSeconds) * 1000 };
}

function rowsOf(what: string, ours: readonly Round[], theirs: readonly Round[]): readonly Row[] {
  const beside = 'bare CloudAdapter, the same answer';
  const p99 = Math.round(median(ours.map(({ latenciesMs }) => quantile(latenciesMs, 0.99))));
  const cpu = (of: readonly Round[]): number => median(of.map(({ cpuMs }) => cpuMs)) / A_ROUND;
  return [
    compared(
      {
        what: `${what}: requests a second`,
        value: median(ours.map(({ perSecond }) => perSecond)),
        unit: '/s',
        how: `median of ${ours.length} rounds of ${A_ROUND}, 10 connections; p99 ${p99} ms`,
      },
      { what: beside, value: median(theirs.map(({ perSecond }) => perSecond)) },
    ),
    compared(
      {
        what: `${what}: CPU of the process a request`,
        value: cpu(ours),
        unit: 'ms',
        how: 'the token judged, answered',
      },
      { what: beside, value: cpu(theirs) },
    ),
  ];
}
