/** Postings about the desk as a whole, which belong to no one case. */
import { drawEvening, drawMorning } from './digest';
import type { Engine } from './perform';
import type { DrawingName, Posting } from './ports';
import { missedOf } from './shortHanded';
import type { View } from './view';
import { coverageView } from './views/coverage';
import { shortHandedView } from './views/shortHanded';

export type DeskDrawing = Extract<DrawingName, 'morning' | 'evening' | 'coverage' | 'short-handed'>;

const DESK_DRAWINGS: Readonly<Record<DeskDrawing, true>> = {
  morning: true,
  evening: true,
  coverage: true,
  'short-handed': true,
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
