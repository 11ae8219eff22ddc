/** Who sees what: turning people, threads and channels into destinations on their platforms. */
import type { Case, Party, Place } from '../domain/case/case';
import type { CaseEvent } from '../domain/case/events';
import { type Desk, leadsOf, personOf } from '../domain/desk/desk';
import type { Instant, PersonId } from '../domain/ids';
import type { Destination, DrawingName, Happened, Intent } from './ports';

export interface Change {
  readonly before: Case | null;
  readonly after: Case;
  readonly happened: readonly Happened[];
  readonly desk: Desk;
  readonly at: Instant;
}

/** One event of a change, with the version of the case that it made. */
export interface Step {
  readonly event: CaseEvent;
  readonly by: Party;
  readonly version: number;
  readonly after: Case;
  readonly desk: Desk;
}

type Channel = Extract<Destination, { kind: 'channel' }>;

/** The desk's channels for one purpose, one on each platform that has one. */
export function channelsOf(channels: Readonly<Record<string, string>>): readonly Channel[] {
  return Object.entries(channels).map(([platform, channel]) => ({ kind: 'channel', platform, channel, thread: null }));
}

/** Where to speak to a person in private: on the platform that the case came by when they are on it, else on their first. */
export function inPrivate(desk: Desk, it: Case, person: PersonId): Destination | null {
  const accounts = personOf(desk, person)?.accounts ?? {};
  const platforms = Object.keys(accounts);
  const platform = platforms.find((name) => name === platformOf(it)) ?? platforms[0];
  const user = platform === undefined ? undefined : accounts[platform];
  return platform === undefined || user === undefined ? null : { kind: 'person', platform, user };
}

type Whisper = Extract<Destination, { kind: 'whisper' }>;

/** Where somebody is answered in private beside a message; null when the platform does not know them. */
export function whisperTo(
  desk: Desk,
  { platform, channel, thread }: Omit<Place, 'message'>,
  party: Party,
): Whisper | null {
  const known = party.kind === 'person' ? personOf(desk, party.id)?.accounts[platform] : undefined;
  const user = party.kind === 'guest' ? party.user : known;
  return user === undefined ? null : { kind: 'whisper', platform, channel, thread, user };
}

/** What is needed to know where people can be spoken to at present. */
export interface Reach {
  readonly desk: () => Desk;
  readonly surfaces: ReadonlyMap<string, unknown>;
}

/** Where to speak to a person about no case in particular: on the first of their platforms that is connected. */
export function personally({ desk, surfaces }: Reach, person: PersonId): Destination | null {
  const accounts = Object.entries(personOf(desk(), person)?.accounts ?? {});
  const [platform, user] = accounts.find(([name]) => surfaces.has(name)) ?? [];
  return platform === undefined || user === undefined ? null : { kind: 'person', platform, user };
}

/** Where the leads read on the platforms that are connected: their channels, else each of them in private. */
export function leadsPlaces(reach: Reach): readonly Exclude<Destination, { kind: 'whisper' }>[] {
  const desk = reach.desk();
  const channels = channelsOf(desk.leads).filter(({ platform }) => reach.surfaces.has(platform));
  if (channels.length > 0) return channels;
  return leadsOf(desk).flatMap(({ id }) => {
    const to = personally(reach, id);
    return to === null || to.kind === 'whisper' ? [] : [to];
  });
}

/** The platform that the case came by: its source's, else that of whoever logged it (`slack-command`, `teams-form`). */
export const platformOf = (it: Case): string => it.source?.platform ?? it.cameBy.split('-')[0] ?? '';

/** Where the reporter reads: the thread of the source message, else a private conversation with them. */
export function whereReporterReads(desk: Desk, it: Case): Destination | null {
  if (it.source !== null) {
    const { platform, channel, message, thread } = it.source;
    return { kind: 'channel', platform, channel, thread: thread ?? message };
  }
  const { reporter } = it;
  if (reporter.kind === 'guest') return { kind: 'person', platform: reporter.platform, user: reporter.user };
  return reporter.kind === 'person' ? inPrivate(desk, it, reporter.id) : null;
}

/** A posting where the reporter reads, drawn from the event of this step. */
export function publicly(step: Step, view: DrawingName, urgency: Intent['urgency']): Intent | null {
  const to = whereReporterReads(step.desk, step.after);
  if (to === null || isOwnPrivateTalk(step, to)) return null;
  return {
    kind: 'post',
    case: step.after.id,
    to,
    dedupe: `${view}:${step.after.id}:${step.version}`,
    drawing: { view, args: { version: step.version } },
    urgency,
  };
}

/** Somebody who reported the case themselves and acts on it needs no private message about their own press. */
function isOwnPrivateTalk({ by, after }: Step, to: Destination): boolean {
  if (to.kind !== 'person') return false;
  return by.kind === 'person' && after.reporter.kind === 'person' && by.id === after.reporter.id;
}

export function privately(step: Step, person: PersonId, urgency: Intent['urgency']): Intent | null {
  const to = inPrivate(step.desk, step.after, person);
  if (to === null) return null;
  return {
    kind: 'post',
    case: step.after.id,
    to,
    dedupe: `told:${step.after.id}:${step.version}:${person}`,
    drawing: { view: 'told', args: { version: step.version, person } },
    urgency,
  };
}
