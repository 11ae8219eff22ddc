/**
 * The postings of a warning: one card in the leads' channel for each clock and cycle (or promise), a private one for
 * whoever holds the case, and a word under the card when a further mark is passed. The same cards are wanted again when
 * something changes, so that they say how it stands and when the danger is over.
 */
import type { Case } from '../domain/case/case';
import { aboutOf, isAlarm, markOf, type Subject, subjectKey } from '../domain/case/danger';
import type { Desk } from '../domain/desk/desk';
import type { Instant, PersonId } from '../domain/ids';
import { type Clock, markKey, warnAtOf } from '../domain/sla/clock';
import { calendarInForce } from '../domain/sla/kept';
import { markText } from '../domain/sla/marks';
import { type Change, channelsOf, inPrivate, type Step } from './audience';
import type { Destination, Intent } from './ports';

export function announceWarnings(change: Change, steps: readonly Step[]): readonly Intent[] {
  const alarms = newest(alarmsOf(change, steps));
  const told = new Set(alarms.map(({ about }) => subjectKey(about)));
  const changed = warnedBefore(change).filter(({ about }) => !told.has(subjectKey(about)));
  return [...alarms.flatMap((alarm) => sounded(change, alarm)), ...changed.flatMap((one) => refreshed(change, one))];
}

export const warningDedupe = (it: Case, about: string, platform: string): string =>
  `warning:${it.id}:${about}:${platform}`;

interface Sounded {
  readonly about: Subject;
  readonly mark: string;
  readonly version: number;
}

/** Every alarm of the change, with the cycle that its clock was in when it was written down. */
function alarmsOf({ before }: Change, steps: readonly Step[]): readonly Sounded[] {
  let clocks: readonly Clock[] = before?.clocks ?? [];
  return steps.flatMap(({ event, version }) => {
    if (event.type === 'ClocksMoved') clocks = event.clocks;
    return isAlarm(event) ? [{ about: aboutOf(event, clocks), mark: markOf(event), version }] : [];
  });
}

/** After a pause of Baton two marks may come at once: one word about the later of them is enough. */
const newest = (alarms: readonly Sounded[]): readonly Sounded[] =>
  alarms.filter(
    (alarm, index) => !alarms.slice(index + 1).some((other) => subjectKey(other.about) === subjectKey(alarm.about)),
  );

function sounded(change: Change, { about, mark, version }: Sounded): readonly Intent[] {
  const { after, desk } = change;
  const key = subjectKey(about);
  const known = warnedBefore(change).some((one) => subjectKey(one.about) === key);
  const leads = channelsOf(desk.leads).flatMap((to): readonly Intent[] => [
    leadsCard(after, key, to, 1),
    ...(known ? [furtherMark(after, key, { mark, version }, to)] : []),
  ]);
  const holder = after.holder.kind === 'nobody' ? null : after.holder.person;
  return [...leads, ...(holder === null ? [] : privateCard(after, desk, { key, mark, person: holder }))];
}

const leadsCard = (it: Case, about: string, to: Destination, urgency: Intent['urgency']): Intent => ({
  kind: 'keep',
  case: it.id,
  to,
  dedupe: warningDedupe(it, about, to.platform),
  drawing: { view: 'warning', args: { about } },
  urgency,
});

/** An updated message makes no sound: a line under the card does. */
const furtherMark = (it: Case, about: string, { mark, version }: Omit<Sounded, 'about'>, to: Destination): Intent => ({
  kind: 'post',
  case: it.id,
  to,
  dedupe: `alarm-line:${it.id}:${about}:${mark}:${to.platform}`,
  drawing: { view: 'alarm-line', args: { about, version } },
  urgency: 1,
});

interface PrivateCard {
  readonly key: string;
  readonly mark: string;
  readonly person: PersonId;
}

/** One for each mark, since each is to be noticed. */
function privateCard(it: Case, desk: Desk, { key, mark, person }: PrivateCard): readonly Intent[] {
  const to = inPrivate(desk, it, person);
  if (to === null) return [];
  const dedupe = `alarm:${it.id}:${key}:${mark}:${person}`;
  const drawing = { view: 'alarm', args: { about: key, person } } as const;
  return [{ kind: 'keep', case: it.id, to, dedupe, drawing, urgency: 1 }];
}

/** What was warned of before this change and may still be shown as an alarm somewhere. */
interface Warned {
  readonly about: Subject;
  readonly changed: boolean;
  /** The mark that was told last and its instant; null where the desk file no longer has it. */
  readonly last: { readonly mark: string; readonly at: Instant } | null;
}

function warnedBefore(change: Change): readonly Warned[] {
  const { before, after, desk } = change;
  if (before === null) return [];
  const context = isOtherwise(before, after);
  const clocks = before.clocks.filter(isWarned).map((clock): Warned => {
    const now = after.clocks.find((one) => one.name === clock.name);
    const moved = JSON.stringify(now) !== JSON.stringify(clock);
    return {
      about: { kind: 'clock', clock: clock.name, cycle: clock.cycle },
      changed: moved || (context && clock.state !== 'stopped'),
      last: lastMark(before, clock, desk),
    };
  });
  return [...clocks, ...warnedPromise(before, after, context)];
}

const isWarned = (clock: Clock): boolean => clock.breachTold || (clock.breachedAt === null && clock.warned.length > 0);

function warnedPromise({ promise }: Case, after: Case, context: boolean): readonly Warned[] {
  if (promise == null || !(promise.warned || promise.broken)) return [];
  const last = promise.broken
    ? { mark: 'breached', at: promise.dueAt }
    : { mark: 'at risk', at: promise.warnAt ?? promise.madeAt };
  const moved = JSON.stringify(after.promise) !== JSON.stringify(promise);
  return [{ about: { kind: 'promise', promise: promise.id }, changed: moved || context, last }];
}

function lastMark(it: Case, clock: Clock, desk: Desk): Warned['last'] {
  if (clock.breachedAt !== null) return { mark: 'breached', at: clock.breachedAt };
  const mark = desk.warnAt.find((one) => markKey(one) === clock.warned.at(-1));
  const at = mark === undefined ? null : warnAtOf(clock, calendarInForce(it, desk, clock.calendar), mark);
  return mark === undefined || at === null ? null : { mark: markText(mark), at };
}

/** What else a warning shows has changed: whose it is, how urgent, where it stands. */
function isOtherwise(before: Case, after: Case): boolean {
  const shown = (it: Case): string => JSON.stringify([it.holder, it.priority, it.status, it.handover?.asked, it.title]);
  return shown(before) !== shown(after);
}

/** The cards show the change; nobody is told anew. The private one of somebody who came to the case later does not exist. */
function refreshed({ before, after, desk }: Change, { about, changed, last }: Warned): readonly Intent[] {
  if (!changed || before === null) return [];
  const key = subjectKey(about);
  const leads = channelsOf(desk.leads).map((to) => leadsCard(after, key, to, 3));
  const { holder } = before;
  if (holder.kind === 'nobody' || last === null || holder.since > last.at) return leads;
  return [...leads, ...privateCard(after, desk, { key, mark: last.mark, person: holder.person })];
}
