import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../adapters/storage';
import type { Destination, Happened, Intent, LinkedPlace, Plan, Store } from '../../src/app/ports';
import type { Case, OpenCase, Party, Place } from '../../src/domain/case/case';
import { type CaseId, type Instant, instant, type PersonId, type PriorityName } from '../../src/domain/ids';
import { freshPostgres } from './postgres';

/** Something that a store can be opened on, again and again, with what was kept. */
export interface Ground {
  readonly url: string;
  readonly keeps: boolean;
  readonly drop: () => Promise<void>;
}

export async function sqliteFile(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-'));
  return {
    url: `file:${join(folder, 'data', 'baton.db')}`,
    keeps: true,
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

export async function sqliteMemory(): Promise<Ground> {
  return { url: 'file::memory:', keeps: false, drop: async () => undefined };
}

export async function postgres(): Promise<Ground> {
  const database = await freshPostgres();
  const url = new URL(database.url);
  url.searchParams.set('max', String(database.connectionsMax));
  return { url: url.href, keeps: true, drop: database.drop };
}

/** The smallest pool there is: no piece of work may need two connections at once. */
export async function postgresOfOneConnection(): Promise<Ground> {
  const database = await freshPostgres();
  const url = new URL(database.url);
  url.searchParams.set('max', '1');
  url.searchParams.set('schema', `desk ${randomUUID()}`);
  return { url: url.href, keeps: true, drop: database.drop };
}

export const MONDAY = instant(Date.UTC(2026, 10, 23, 9));
export const msLater = (ms: number): Instant => instant(MONDAY + ms);
export const ALICE: Party = { kind: 'person', id: 'alice' as PersonId, name: 'Alice Anderson' };

export const place = (message: string, more: Partial<Place> = {}): Place => ({
  platform: 'slack',
  channel: 'C0SUPPORT',
  message,
  thread: null,
  ...more,
});

export const channel = (name: string, thread: string | null = null): Destination => ({
  kind: 'channel',
  platform: 'slack',
  channel: name,
  thread,
});

export const intent = (dedupe: string, more: Partial<Intent> = {}): Intent => ({
  kind: 'post',
  case: null,
  to: channel('C0TRIAGE'),
  dedupe,
  drawing: { view: 'case-card', args: {} },
  urgency: 2,
  ...more,
});

/** A case as the domain would make it, without asking the domain. */
export function aCase(id: CaseId, number: number, more: Partial<OpenCase> = {}): OpenCase {
  const stamp = { version: 1, at: MONDAY, by: ALICE, what: 'opened' };
  return {
    id,
    number,
    ref: `CASE-${number}`,
    version: 1,
    title: 'Printer on fire',
    description: 'It smokes on the second floor.',
    client: null,
    contact: null,
    category: null,
    source: null,
    cameBy: 'slack',
    reporter: ALICE,
    loggedBy: ALICE,
    openedAt: MONDAY,
    priority: null,
    wish: null,
    triage: { votes: [], word: null, heard: [], dispute: null },
    holder: { kind: 'nobody', since: MONDAY },
    level: null,
    handover: null,
    handovers: 0,
    notes: 0,
    messages: 0,
    lastClientWordAt: null,
    lastStaffWordAt: null,
    clocks: [],
    changed: { holder: stamp, status: stamp, priority: stamp, handover: stamp },
    status: 'In progress',
    ...more,
  };
}

type Commit = Extract<Plan, { kind: 'commit' }>;
export const noted = (text: string): Happened => ({ event: { type: 'NoteAdded', text }, by: ALICE });

export function commitOf(it: Case, events: readonly Happened[], more: Partial<Commit> = {}): Commit {
  return { kind: 'commit', events, after: it, wakeAt: null, dueAt: null, intents: [], places: [], at: MONDAY, ...more };
}

export interface Opening {
  readonly keys?: readonly string[];
  readonly at?: Instant;
  /** Fields of the case; a status too, whatever else that status has. */
  readonly case?: Partial<Omit<OpenCase, 'status'>> & { readonly status?: Case['status'] };
  readonly plan?: Partial<Omit<Commit, 'intents'>>;
  readonly places?: readonly LinkedPlace[];
  /** Made for the case, whose id is not known before. */
  readonly intents?: (id: CaseId) => readonly Intent[];
}

export const open = (store: Store, how: Opening = {}) =>
  store.transact({ case: null, cause: { what: 'test', keys: how.keys ?? [] }, at: how.at ?? MONDAY }, (_, next) => {
    const it = { ...aCase(next.id, next.number), ...how.case } as Case;
    const intents = how.intents?.(next.id) ?? [];
    return commitOf(it, [noted('opened')], { places: how.places ?? [], intents, at: how.at ?? MONDAY, ...how.plan });
  });

export async function opened(store: Store, how: Opening = {}): Promise<Case> {
  const outcome = await open(store, how);
  if (outcome.kind !== 'committed') throw new Error(`not opened: ${outcome.kind}`);
  return outcome.case;
}

/** One more event on a case; `change` gives the fields that differ. */
export const change = (
  store: Store,
  id: CaseId,
  how: { readonly keys?: readonly string[]; readonly plan?: Partial<Commit>; readonly case?: Partial<OpenCase> } = {},
) =>
  store.transact({ case: id, cause: { what: 'test', keys: how.keys ?? [] }, at: MONDAY }, (current) => {
    if (current === null) throw new Error('there is no such case');
    const it = { ...current, ...how.case, version: current.version + 1 } as Case;
    return commitOf(it, [noted(`version ${it.version}`)], how.plan);
  });

export const openedOn = (ground: Ground): Promise<Store> => openStore(ground.url, { newId: randomUUID });
export const p = (name: string): PriorityName => name as PriorityName;
export const person = (id: string): PersonId => id as PersonId;
