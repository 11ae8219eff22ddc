/** The end of somebody's shift: what cannot wait goes to who is there, as one pack; the rest stays and is marked. */
import type { Case } from '../domain/case/case';
import type { Recorded } from '../domain/case/events';
import { wasAsked } from '../domain/case/offered';
import { canWait, waitsForLeads } from '../domain/case/shiftEnd';
import { type Attendance, backAt, isOnShift } from '../domain/desk/availability';
import type { Desk, Person } from '../domain/desk/desk';
import { levelNamed } from '../domain/desk/turns';
import { DAY_MS, type Instant, instant, later, type PersonId, personId } from '../domain/ids';
import { attendanceNow } from './attendance';
import { askAhead, GONE_MS, workOf } from './leaving';
import { briefOf } from './nextSteps';
import { type Engine, perform } from './perform';
import type { Posting } from './ports';
import { isKnownToGo, markStaying } from './staying';
import type { View } from './view';
import { packView, steplessView } from './views/pack';

const CASES_MAX = 200;

/** Looks at everybody who works by hours of their own or is away. Called every minute; asks and offers once. */
export async function lookAtLeavers(engine: Engine): Promise<void> {
  const desk = engine.desk();
  const at = engine.clock.now();
  const attendance = await attendanceNow(engine.store);
  for (const person of desk.people.filter((one) => one.role !== 'viewer')) {
    if (!isKnownToGo(attendance, person, at) || isOnShift({ desk, attendance }, person.id, at)) {
      await markStaying(engine, person, '');
      if (person.hours !== undefined) await askAhead(engine, person, attendance);
    } else await handOver(engine, person, attendance);
  }
}

async function handOver(engine: Engine, person: Person, attendance: Attendance): Promise<void> {
  const desk = engine.desk();
  const at = engine.clock.now();
  // Most who are off shift have nothing open, and when they are back takes longer to find out.
  const work = await workOf(engine, person.id);
  if (work.length === 0) return;
  const back = backAt({ desk, attendance }, person.id, at);
  const pack = `${person.id}:${back ?? 'gone'}`;
  for (const it of work.filter((one) => !canWait(one, back, desk) || waitsForLeads(one, desk))) {
    if (back !== null && back < later(at, steppedOutMs(desk, it))) continue;
    const journal = await engine.store.journalOf(it.id);
    if (!waitsForLeads(it, desk) && wasOffered(journal, pack)) continue;
    await perform(engine, {
      command: { kind: 'HandOverShift', ...briefOf(it, journal, person.name), back, pack },
      case: it.id,
      by: { kind: 'system' },
      cause: { what: 'end of a shift', keys: [] },
    });
  }
  if (back === null || back >= later(at, GONE_MS)) await markStaying(engine, person, pack);
}

/** Somebody else would take as long to accept it. */
const steppedOutMs = (desk: Desk, { level }: Case): number =>
  Math.min(GONE_MS, levelNamed(desk, level)?.acceptWithinMs ?? GONE_MS);

/** Once, unless nobody answered at all. */
function wasOffered(journal: readonly Recorded[], pack: string): boolean {
  const last = journal.findLast(({ event }) => event.type.startsWith('Handover'));
  if (last?.event.type === 'HandoverExpired') return false;
  return journal.some(({ event }) => event.type === 'HandoverProposed' && event.handover.pack === pack);
}

/** The open offers of a pack that this person was asked about. */
export async function packOf(
  engine: Pick<Engine, 'store' | 'desk'>,
  pack: string,
  person: PersonId,
): Promise<readonly Case[]> {
  const { from: owner } = readPack(pack);
  const statuses = ['In progress', 'Awaiting client'] as const;
  const { cases } = await engine.store.list({ statuses, owner, offset: 0, limit: CASES_MAX });
  return cases.filter(({ handover }) => handover?.pack === pack && wasAsked(engine.desk(), handover, person));
}

/** Whose pack it is, and when they are back. */
function readPack(pack: string): { readonly from: PersonId; readonly back: Instant | null } {
  const cut = pack.lastIndexOf(':');
  const back = Number(pack.slice(cut + 1));
  return { from: personId(pack.slice(0, cut)), back: Number.isFinite(back) ? instant(back) : null };
}

export async function drawPack(engine: Engine, { drawing: { args } }: Posting): Promise<View> {
  const pack = String(args['pack']);
  const reader = personId(String(args['person']));
  const cases = await packOf(engine, pack, reader);
  return packView({ ...readPack(pack), pack, cases }, engine.desk(), engine.clock.now());
}

/** Every case of the pack that was offered without a next step, whatever became of it since. */
export async function drawStepless(engine: Engine, { drawing: { args } }: Posting): Promise<View | null> {
  const pack = String(args['pack']);
  const at = engine.clock.now();
  const from = later(instant(Number(args['at'])), -DAY_MS);
  const until = later(at, 1);
  const offers = await engine.store.happened({ type: 'HandoverProposed', from, until, offset: 0, limit: CASES_MAX });
  const without = offers.filter(
    ({ event }) => event.type === 'HandoverProposed' && event.handover.pack === pack && event.handover.noStep === true,
  );
  const ids = [...new Set(without.map(({ stream }) => stream))];
  const found = await Promise.all(ids.map((id) => engine.store.caseById(id)));
  const cases = found.filter((it) => it !== null);
  return cases.length === 0 ? null : steplessView(readPack(pack).from, cases, engine.desk(), at);
}
