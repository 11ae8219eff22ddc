/** Postings about the desk as a whole, which belong to no one case. */
import { instant } from '../domain/ids';
import { auditFindingsOf } from './audit';
import { drawDealt } from './deal';
import { drawEvening, drawMorning } from './digest';
import { drawLeaving } from './leaving';
import { drawPack, drawStepless } from './pack';
import type { Engine } from './perform';
import type { DeskDrawing, DrawingName, Posting } from './ports';
import { drawShift } from './shiftRound';
import { missedOf } from './shortHanded';
import { drawSwap } from './swap';
import type { View } from './view';
import { auditView } from './views/audit';
import { coverageView } from './views/coverage';
import { shortHandedView } from './views/shortHanded';

const DESK_DRAWINGS: Readonly<Record<DeskDrawing, true>> = {
  morning: true,
  evening: true,
  coverage: true,
  'short-handed': true,
  audit: true,
  shift: true,
  swap: true,
  pack: true,
  leaving: true,
  dealt: true,
  stepless: true,
};

export const isDeskDrawing = (view: DrawingName): view is DeskDrawing => Object.hasOwn(DESK_DRAWINGS, view);

/** What a posting about the desk looks like now; null = there is nothing to say. */
export async function drawForDesk(engine: Engine, view: DeskDrawing, posting: Posting): Promise<View | null> {
  switch (view) {
    case 'morning':
      return drawMorning(engine, posting);
    case 'evening':
      return drawEvening(engine, posting);
    case 'coverage':
      return coverageView(JSON.parse(String(posting.drawing.args['says'])) as readonly string[]);
    case 'short-handed':
      return drawShortHanded(engine, posting);
    case 'audit':
      return drawAudit(engine, posting);
    case 'shift':
      return drawShift(engine, posting);
    case 'swap':
      return drawSwap(engine, posting);
    case 'pack':
      return drawPack(engine, posting);
    case 'leaving':
      return drawLeaving(engine, posting);
    case 'dealt':
      return drawDealt(engine, posting);
    case 'stepless':
      return drawStepless(engine, posting);
  }
}

async function drawShortHanded(engine: Engine, { drawing: { args } }: Posting): Promise<View> {
  const found = await Promise.all(
    missedOf(args['missed']).map(async (missed) => ({ missed, case: await engine.store.caseById(missed.case) })),
  );
  const named = found.flatMap(({ missed, case: it }) => (it === null ? [] : [{ missed, case: it }]));
  const shown = { level: String(args['level']), total: Number(args['total']), named };
  return shortHandedView(shown, engine.desk(), engine.clock.now());
}

function drawAudit({ desk, clock }: Engine, { drawing: { args } }: Posting): View {
  const shown = { since: instant(Number(args['since'])), findings: auditFindingsOf(args['findings']) };
  return auditView(shown, desk(), clock.now());
}
