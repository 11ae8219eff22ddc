import type { Case } from '../domain/case/case';
import type { CaseEvent, Recorded } from '../domain/case/events';
import { personOf } from '../domain/desk/desk';
import { DAY_MS, instant, later, personId } from '../domain/ids';
import type { Engine } from './perform';
import type { Posting } from './ports';
import type { View } from './view';
import { type DealtCase, dealtView } from './views/deal';

const PAGE = 200;
/** A confirmation lasts a day; what it moves is recorded by then, or a moment later. */
const LASTS_MS = DAY_MS + DAY_MS / 24;

/** Cases that changed hands together, as those concerned read of it. A deal is named by the instant at which it was shown to whoever confirmed it: nothing of it was recorded before. */
export const dealName = (at: number, by: string, from: string): string => `${at}.${by}.${from}`;
const begunAt = (deal: string): number => Number(deal.split('.')[0]);

/** By what the journal says was moved: each case once, as it stands now. Null where nothing of it concerns the reader. */
export async function drawDealt(engine: Engine, { drawing: { args } }: Posting): Promise<View | null> {
  const desk = engine.desk();
  const reader = personOf(desk, personId(String(args['person'])));
  const moved = (await movedBy(engine, String(args['deal']))).filter(
    ({ event }) => event.owner === reader?.id || event.from === reader?.id,
  );
  const [first] = moved;
  if (reader === null || first === undefined) return null;
  const cases: DealtCase[] = [];
  for (const { stream, event } of moved) {
    const it = await engine.store.caseById(stream);
    if (it === null) continue;
    cases.push({ case: it, to: event.owner, why: event.why ?? '', card: await cardOf(engine, it, reader.accounts) });
  }
  const from = first.event.from;
  return dealtView({ by: first.by, from, reader: reader.id, cases }, desk, engine.clock.now());
}

async function cardOf(
  { store }: Engine,
  it: Case,
  accounts: Readonly<Record<string, string>>,
): Promise<DealtCase['card']> {
  for (const platform of Object.keys(accounts)) {
    const card = await store.cardOf(it.id, platform);
    if (card !== null) return card;
  }
  return null;
}

type Assigned = Recorded & { readonly event: Extract<CaseEvent, { type: 'CaseAssigned' }> };

async function movedBy({ store }: Engine, deal: string): Promise<readonly Assigned[]> {
  const from = instant(begunAt(deal));
  const query = { type: 'CaseAssigned' as const, from, until: later(from, LASTS_MS), limit: PAGE };
  const found: Assigned[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await store.happened({ ...query, offset });
    for (const one of page)
      if (one.event.type === 'CaseAssigned' && one.event.deal === deal) found.push({ ...one, event: one.event });
    if (page.length < PAGE) return found;
  }
}
