/** Between what Baton speaks of and the rows that keep it. Pure. */
import { createHash } from 'node:crypto';
import { bucketOf } from '../../src/app/pacing';
import type { Intent, LinkedPlace, Plan } from '../../src/app/ports';
import { type Case, isLive, ownerOf, type Place, partyKey } from '../../src/domain/case/case';
import type { CaseId, Instant } from '../../src/domain/ids';

export type Commit = Extract<Plan, { kind: 'commit' }>;

export const CASE_COLUMNS = [
  'id',
  'number',
  'status',
  'live',
  'priority',
  'owner',
  'holder',
  'heldSince',
  'level',
  'client',
  'reporter',
  'loggedBy',
  'wakeAt',
  'dueAt',
  'openedAt',
  'version',
  'search',
  'state',
] as const;
export const EVENT_COLUMNS = ['stream', 'version', 'at', 'by', 'cause', 'type', 'data'] as const;
export const RECEIPT_COLUMNS = ['key', 'caseId', 'at'] as const;
export const PLACE_COLUMNS = ['platform', 'channel', 'message', 'thread', 'caseId', 'role', 'linkedAt'] as const;
export const INTENT_COLUMNS = [
  'id',
  'kind',
  'caseId',
  'lane',
  'bucket',
  'dedupe',
  'drawing',
  'destination',
  'urgency',
  'state',
  'attempt',
  'notBefore',
  'leaseUntil',
  'ambiguous',
  'wanted',
  'done',
  'wantedAt',
  'problem',
  'createdAt',
] as const;

type Row<Name extends string> = Readonly<Record<Name, unknown>>;

export function caseRow(plan: Commit): Row<(typeof CASE_COLUMNS)[number]> {
  const it = plan.after;
  return {
    id: it.id,
    number: it.number,
    status: it.status,
    live: isLive(it) ? 1 : 0,
    priority: it.priority,
    owner: ownerOf(it),
    holder: it.holder.kind === 'nobody' ? null : it.holder.person,
    heldSince: it.holder.since,
    level: it.level,
    client: it.client === null ? null : shortKey(it.client.id),
    reporter: partyKey(it.reporter),
    loggedBy: partyKey(it.loggedBy),
    wakeAt: plan.wakeAt,
    dueAt: plan.dueAt,
    openedAt: it.openedAt,
    version: it.version,
    search: searchText(it),
    state: it,
  };
}

export function eventRows(plan: Commit, cause: string): Row<(typeof EVENT_COLUMNS)[number]>[] {
  const before = plan.after.version - plan.events.length;
  return plan.events.map(({ event, by }, index) => ({
    stream: plan.after.id,
    version: before + index + 1,
    at: plan.at,
    by,
    cause,
    type: event.type,
    data: event,
  }));
}

export function placeRow(linked: LinkedPlace, caseId: CaseId, at: Instant): Row<(typeof PLACE_COLUMNS)[number]> {
  const { platform, channel, message, thread } = linked.place;
  return { platform, channel, message, thread, caseId, role: linked.role, linkedAt: at };
}

export function intentRow(intent: Intent, id: string, at: Instant): Row<(typeof INTENT_COLUMNS)[number]> {
  const bucket = bucketOf(intent.to);
  return {
    id,
    kind: intent.kind,
    caseId: intent.case,
    lane: laneOf(intent, bucket),
    bucket,
    dedupe: shortKey(intent.dedupe),
    drawing: intent.drawing,
    destination: intent.to,
    urgency: intent.urgency,
    state: 'pending',
    attempt: 0,
    notBefore: at,
    leaseUntil: null,
    ambiguous: 0,
    wanted: 1,
    done: 0,
    wantedAt: at,
    problem: null,
    createdAt: at,
  };
}

/**
 * What must stay in order: everything into one thread, and to one person what is of one kind, since some kinds wait for the
 * end of their quiet time. A message that is kept up to date is in order with itself.
 */
function laneOf(intent: Intent, bucket: string): string {
  if (intent.to.kind === 'person' && intent.kind !== 'keep') return [bucket, intent.drawing.view].join('|');
  const thread = intent.to.kind === 'person' ? '' : (intent.to.thread ?? '');
  const whispered = intent.to.kind === 'whisper' ? `@${intent.to.user}` : '';
  return [bucket, thread, whispered, intent.kind === 'keep' ? shortKey(intent.dedupe) : ''].join('|');
}

/** What `words` are looked for in: reference, title, description, names of files and client, as `comparable` writes them. */
function searchText(it: Case): string {
  const files = (it.files ?? []).map(({ name }) => name);
  return comparable([it.ref, it.title, it.description, ...files, it.client?.name ?? ''].join('\n'));
}

/** One width and one case of letters, so that both databases compare alike whatever their own rules are. */
export const comparable = (text: string): string => text.normalize('NFKC').toLowerCase();

/** A client's name as it is compared; cut, as an index of PostgreSQL takes no more than some 2,700 bytes. */
export const nameKey = (name: string): string => comparable(name).trim().replace(/\s+/g, ' ').slice(0, 400);

const KEY_LENGTH_MAX = 400;
/** Keys come from outside and may be of any length; a long one is told by its beginning and its hash. */
export function shortKey(key: string): string {
  if (key.length <= KEY_LENGTH_MAX) return key;
  return `${key.slice(0, KEY_LENGTH_MAX / 2)}#${createHash('sha256').update(key).digest('hex')}`;
}

/** One entry a place, the first; a channel as a whole is not a message and belongs to no case. */
export function placesOf(plan: Commit): readonly LinkedPlace[] {
  const known = new Map<string, LinkedPlace>();
  for (const linked of plan.places) {
    const key = placeKey(linked.place);
    if (linked.place.message !== '' && !known.has(key)) known.set(key, linked);
  }
  return [...known.values()].sort((a, b) => (placeKey(a.place) < placeKey(b.place) ? -1 : 1));
}

export const placeKey = (place: Pick<Place, 'platform' | 'channel' | 'message'>): string =>
  JSON.stringify([place.platform, place.channel, place.message]);
