/**
 * What is asked before a message goes out: may it go now, and is it better said otherwise? Private words wait for the end of
 * somebody's quiet time, warnings for the hours of their clock, and many warnings at once become one list.
 */
import type { Case } from '../domain/case/case';
import { type Danger, dangerOf, subjectKey, subjectOf } from '../domain/case/danger';
import type { Recorded } from '../domain/case/events';
import { type Desk, personBy } from '../domain/desk/desk';
import { quietUntil } from '../domain/desk/quiet';
import { type Instant, instant, later, MINUTE_MS, SECOND_MS } from '../domain/ids';
import { calendarInForce } from '../domain/sla/kept';
import { type Storm, stormAt, stormReach } from '../domain/sla/storm';
import { addOpen, isOpen } from '../domain/sla/walk';
import { warningDedupe } from './announceWarning';
import type { Engine } from './perform';
import type { Intent, Posting } from './ports';

/** Go (perhaps to another place), wait, or let it be. */
export type Gate =
  | { readonly kind: 'go'; readonly posting: Posting }
  | { readonly kind: 'wait'; readonly until: Instant; readonly why: string }
  | { readonly kind: 'drop' };

/** More warnings than this within a minute are a storm, unless the desk file says otherwise. */
export const STORM_OVER = 5;
/** Storms of more than this are told by their beginning. */
const ALARMS_MAX = 500;
/** A mark that falls on the close of business is still told then. */
const AFTER_CLOSE_MS = MINUTE_MS;
/** While cases wait to be woken, nobody knows yet whether this is a storm; no longer than this, whatever else is due. */
const BREATH_MS = 3 * SECOND_MS;

const PINGS: readonly Posting['drawing']['view'][] = ['told', 'alarm', 'handover-card'];

export async function gate(engine: Engine, posting: Posting): Promise<Gate> {
  const { view } = posting.drawing;
  const isAlarm = view === 'warning' || view === 'alarm' || view === 'alarm-line';
  if (posting.posted !== null || !(isAlarm || PINGS.includes(view))) return { kind: 'go', posting };
  const it = posting.case === null ? null : await engine.store.caseById(posting.case);
  if (it === null) return { kind: 'go', posting };
  const danger = isAlarm ? await dangerIn(engine, it, posting) : null;
  if (isAlarm && danger === null) return { kind: 'drop' };
  if (danger?.ended) return isOver(engine, posting, danger);
  const until = waitFor(engine, it, posting, danger);
  if (until !== null) return { kind: 'wait', ...until };
  if (danger === null || posting.to.kind !== 'channel') return { kind: 'go', posting };
  return inLeadsChannel(engine, it, posting, danger);
}

async function dangerIn(engine: Engine, it: Case, { drawing }: Posting): Promise<Danger | null> {
  const about = subjectOf(String(drawing.args['about']));
  const now = { desk: engine.desk(), at: engine.clock.now() };
  return about === null ? null : dangerOf(it, await engine.store.journalOf(it.id), about, now);
}

interface Waiting {
  readonly until: Instant;
  readonly why: string;
}

function waitFor(engine: Engine, it: Case, posting: Posting, danger: Danger | null): Waiting | null {
  const at = engine.clock.now();
  const desk = engine.desk();
  const opens = danger === null ? null : opensAt(it, desk, danger, at);
  if (opens !== null) return { until: opens, why: 'the clock of this warning does not run at this hour' };
  const quiet = quietEnd(desk, posting, at);
  if (quiet === null || (danger?.breached === true && isMostUrgent(it, desk))) return null;
  return { until: quiet, why: 'the person has quiet time' };
}

/** The next opening of the clock's calendar where it is closed now. Promises are given by the clock on the wall. */
function opensAt(it: Case, desk: Desk, { about }: Danger, at: Instant): Instant | null {
  if (about.kind === 'promise') return null;
  const clock = it.clocks.find((one) => one.name === about.clock);
  if (clock === undefined) return null;
  const calendar = calendarInForce(it, desk, clock.calendar);
  if (isOpen(calendar, at) || isOpen(calendar, later(at, -AFTER_CLOSE_MS))) return null;
  return addOpen(calendar, at, 0);
}

function quietEnd(desk: Desk, { to }: Posting, at: Instant): Instant | null {
  const person = to.kind === 'person' ? personBy(desk, to.platform, to.user) : null;
  return person === null ? null : quietUntil(desk, person.id, at);
}

export const isMostUrgent = (it: Case, desk: Desk): boolean =>
  it.priority !== null && it.priority === desk.priorities[0]?.name;

/** A danger that passed before it was told is not told any more; a list that names it says so. */
async function isOver(engine: Engine, posting: Posting, danger: Danger): Promise<Gate> {
  const storm = posting.drawing.view === 'warning' ? await stormOf(engine, danger.last.recordedAt) : null;
  if (storm !== null) await intoList(engine, posting, storm);
  return { kind: 'drop' };
}

async function intoList(engine: Engine, posting: Posting, storm: Storm): Promise<void> {
  const cause = { what: 'a storm of warnings', keys: [] };
  await engine.store.want([stormIntent(posting, storm)], cause, engine.clock.now());
  engine.nudge();
}

async function inLeadsChannel(engine: Engine, it: Case, posting: Posting, danger: Danger): Promise<Gate> {
  const at = engine.clock.now();
  const unsure = at - danger.last.recordedAt < BREATH_MS && (await engine.store.due(at, 1)).length > 0;
  if (unsure) return { kind: 'wait', until: later(at, SECOND_MS), why: 'more warnings may be about to come' };
  const storm = await stormOf(engine, danger.last.recordedAt);
  if (storm !== null) {
    await intoList(engine, posting, storm);
    return { kind: 'drop' };
  }
  return posting.drawing.view === 'alarm-line' ? underItsCard(engine, it, posting, danger) : { kind: 'go', posting };
}

/** Under the card that stood there before this mark; a card that is only coming now makes its own sound. */
async function underItsCard(engine: Engine, it: Case, posting: Posting, danger: Danger): Promise<Gate> {
  const { to } = posting;
  const card = await engine.store.postedAt(warningDedupe(it, subjectKey(danger.about), to.platform));
  const isNews = danger.last.version === posting.drawing.args['version'];
  if (card === null || to.kind !== 'channel' || !isNews || card.since >= danger.last.recordedAt)
    return { kind: 'drop' };
  return { kind: 'go', posting: { ...posting, to: { ...to, thread: card.place.message } } };
}

const stormIntent = ({ to }: Posting, { from }: Storm): Intent => ({
  kind: 'keep',
  case: null,
  to,
  dedupe: `storm:${to.platform}:${from}`,
  drawing: { view: 'storm', args: { from } },
  urgency: 1,
});

async function stormOf(engine: Engine, at: Instant): Promise<Storm | null> {
  const alarms = await alarmsAround(engine, at);
  return stormAt(
    alarms.map((alarm) => alarm.at),
    at,
    engine.desk().stormOver ?? STORM_OVER,
  );
}

/** The warnings of the storm that began at `from`, in the order in which they came. */
export async function alarmsOfStorm(engine: Engine, from: Instant): Promise<readonly Recorded[]> {
  const storm = await stormOf(engine, from);
  if (storm === null) return [];
  return (await alarmsAround(engine, from)).filter(({ at }) => storm.from <= at && at <= storm.until);
}

async function alarmsAround(engine: Engine, at: Instant): Promise<readonly Recorded[]> {
  const { from, until } = stormReach(at);
  const types = ['SlaWarned', 'SlaBreached', 'PromiseWarned', 'PromiseBroken'] as const;
  const found = await Promise.all(
    types.map((type) => engine.store.happened({ type, from, until: instant(until), offset: 0, limit: ALARMS_MAX })),
  );
  return found.flat().sort((a, b) => a.at - b.at);
}
