/** The end of somebody's shift: what cannot wait goes to who is there, as one pack; the rest stays and is marked. */
import { type Case, ownerOf } from '../domain/case/case';
import type { Recorded } from '../domain/case/events';
import { wasAsked } from '../domain/case/offered';
import { canWait, waitsForLeads } from '../domain/case/shiftEnd';
import { isOrphaned } from '../domain/case/standIn';
import { type Attendance, backAt, isOnShift } from '../domain/desk/availability';
import { type Desk, type Person, personOf } from '../domain/desk/desk';
import { isAble, levelNamed } from '../domain/desk/turns';
import { DAY_MS, type Instant, instant, later, type PersonId, personId } from '../domain/ids';
import { attendanceNow } from './attendance';
import { inPrivate } from './audience';
import { askAhead, GONE_MS, workOf } from './leaving';
import { briefOf } from './nextSteps';
import { LIVE } from './openCases';
import { type Engine, perform } from './perform';
import type { Posting } from './ports';
import { isKnownToGo, markStaying } from './staying';
import type { View } from './view';
import { packView, steplessView } from './views/pack';

const CASES_MAX = 200;

/** Looks at everybody who works by hours of their own, is away or has left. Called every minute; asks and offers once. */
export async function lookAtLeavers(engine: Engine): Promise<void> {
  const desk = engine.desk();
  const at = engine.clock.now();
  const attendance = await attendanceNow(engine);
  const able = desk.people.filter(({ id }) => isAble(desk, id));
  for (const person of able) {
    if (!isKnownToGo(attendance, person, at) || isOnShift({ desk, attendance }, person.id, at)) {
      await markStaying(engine, person, '');
      if (person.hours !== undefined) await askAhead(engine, person, attendance);
    } else await handOver(engine, person, attendance);
  }
  await handOverLeftBehind(engine, able);
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
    await offer(engine, it, { name: person.name, back, pack });
  }
  if (back === null || back >= later(at, GONE_MS)) await markStaying(engine, person, pack);
}

/** Nobody of the desk owns these: none of them stays where it is. */
async function handOverLeftBehind(engine: Engine, able: readonly Person[]): Promise<void> {
  const desk = engine.desk();
  const ownedByOthersThan = able.map(({ id }) => id);
  const { cases } = await engine.store.list({ statuses: LIVE, ownedByOthersThan, offset: 0, limit: CASES_MAX });
  for (const it of cases.filter((one) => !canWait(one, null, desk) || waitsForLeads(one, desk))) {
    const owner = ownerOf(it) ?? personId('');
    const name = personOf(desk, owner)?.name ?? owner;
    await offer(engine, it, { name, back: null, pack: `${owner}:left` });
  }
}

interface Leaver {
  readonly name: string;
  readonly back: Instant | null;
  readonly pack: string;
}

async function offer(engine: Engine, it: Case, { name, back, pack }: Leaver): Promise<void> {
  const desk = engine.desk();
  const journal = await engine.store.journalOf(it.id);
  const before = waitsForLeads(it, desk) ? 'never' : offeredBefore(journal, pack);
  if (before === 'offered' && !isOrphaned(it, desk)) return;
  await perform(engine, {
    command: {
      kind: 'HandOverShift',
      ...briefOf(it, journal, name),
      back,
      pack,
      ...(before === 'declined' && { again: true }),
    },
    case: it.id,
    by: { kind: 'system' },
    cause: { what: 'end of a shift', keys: [] },
  });
}

/** Somebody else would take as long to accept it. */
const steppedOutMs = (desk: Desk, { level }: Case): number =>
  Math.min(GONE_MS, levelNamed(desk, level)?.acceptWithinMs ?? GONE_MS);

/** Never also where nobody answered at all. */
function offeredBefore(journal: readonly Recorded[], pack: string): 'never' | 'declined' | 'offered' {
  const last = journal.findLast(({ event }) => event.type.startsWith('Handover'))?.event.type;
  if (last === 'HandoverExpired') return 'never';
  const isOffered = journal.some(({ event }) => event.type === 'HandoverProposed' && event.handover.pack === pack);
  if (!isOffered) return 'never';
  return last === 'HandoverDeclined' ? 'declined' : 'offered';
}

/** The open offers of a pack that this person was asked about, on the platform on which they read of these. */
export async function packOf(
  engine: Pick<Engine, 'store' | 'desk'>,
  pack: string,
  { person, platform }: { readonly person: PersonId; readonly platform: string },
): Promise<readonly Case[]> {
  const { from: owner } = readPack(pack);
  const statuses = ['In progress', 'Awaiting client'] as const;
  const { cases } = await engine.store.list({ statuses, owner, offset: 0, limit: CASES_MAX });
  const desk = engine.desk();
  const isHere = (it: Case): boolean => inPrivate(desk, it, person)?.platform === platform;
  return cases.filter((it) => it.handover?.pack === pack && wasAsked(desk, it.handover, person) && isHere(it));
}

/** Whose pack it is, and when they are back. */
function readPack(pack: string): { readonly from: PersonId; readonly back: Instant | null } {
  const cut = pack.lastIndexOf(':');
  const back = Number(pack.slice(cut + 1));
  return { from: personId(pack.slice(0, cut)), back: Number.isFinite(back) ? instant(back) : null };
}

export async function drawPack(engine: Engine, { drawing: { args }, to }: Posting): Promise<View> {
  const pack = String(args['pack']);
  const person = personId(String(args['person']));
  const desk = engine.desk();
  const cases = await packOf(engine, pack, { person, platform: to.platform });
  const zone = personOf(desk, person)?.zone ?? desk.zone;
  return packView({ ...readPack(pack), pack, cases, zone }, desk, engine.clock.now());
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
