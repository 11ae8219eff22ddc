import type { Recorded } from '../domain/case/events';
import { drawForDesk, isDeskDrawing } from './drawDesk';
import { drawStorm, drawWarning } from './drawWarning';
import type { Engine } from './perform';
import type { LinkedPlace, Posting } from './ports';
import { goneFrom } from './staying';
import { drawUnsure } from './uncertain';
import type { View } from './view';
import { caseCard } from './views/caseCard';
import { handoverCard } from './views/handoverCard';
import { leadsWordView } from './views/leadsWord';
import { askHowView, offerView } from './views/offer';
import { sentence } from './views/parts';
import { promiseOfferView } from './views/promise';
import { openedView, replyView, resolvedView, threadLineView } from './views/public';
import { toldView } from './views/told';
import { passedView } from './views/turn';

/** What a posting looks like now: from the state as committed, never from the moment it was wanted. Null = nothing to say any more. */
export async function draw(engine: Engine, posting: Posting): Promise<View | null> {
  const { view, args } = posting.drawing;
  if (isDeskDrawing(view)) return drawForDesk(engine, view, posting);
  if (view === 'refused' || view === 'desk-problem')
    return sentence(String(args['say']), view === 'refused' ? 'plain' : 'warning');
  if (view === 'offer') return offerView(args);
  if (view === 'storm') return drawStorm(engine, posting);
  if (view === 'unsure') return drawUnsure(engine, posting);
  const it = posting.case === null ? null : await engine.store.caseById(posting.case);
  if (it === null) return null;
  const desk = engine.desk();
  const at = engine.clock.now();
  switch (view) {
    case 'case-card':
      return caseCard(it, desk, at, {
        forms: await engine.store.present(it.id, at),
        gone: await goneFrom(engine, it),
      });
    case 'opened':
      return openedView(it, desk);
    case 'ask-how':
      return askHowView(it);
    case 'handover-card':
      return handoverCard(it, String(args['handover']), await engine.store.journalOf(it.id), { desk, at });
    case 'warning':
    case 'alarm':
    case 'alarm-line':
      return drawWarning(engine, posting, it);
    case 'promise-offer':
      return promiseOfferView(it, args);
    case 'told':
    case 'leads-word':
    case 'thread-line':
    case 'reply':
    case 'resolved': {
      const journal = await engine.store.journalOf(it.id);
      const recorded = journal.find((one) => one.version === args['version']);
      if (recorded === undefined) return null;
      if (view === 'leads-word') return leadsWordView(it, recorded, journal, { desk, at });
      return fromEvent(engine, posting, it, recorded);
    }
  }
}

function fromEvent(
  engine: Engine,
  posting: Posting,
  it: Parameters<typeof caseCard>[0],
  recorded: Recorded,
): View | null {
  const desk = engine.desk();
  const at = engine.clock.now();
  const { view, args } = posting.drawing;
  if (view === 'thread-line') return threadLineView(it, recorded, desk);
  if (view === 'reply') return replyView(it, recorded);
  if (view === 'resolved') return resolvedView(it, recorded);
  if (args['as'] === 'leads') return passedView(it, recorded.event, desk);
  return toldView(it, recorded, typeof args['person'] === 'string' ? args['person'] : null, { desk, at });
}

/** How a message that was posted belongs to its case from now on. */
export function roleOf({ to, drawing }: Posting): LinkedPlace['role'] | null {
  if (to.kind === 'whisper' || isDeskDrawing(drawing.view)) return null;
  switch (drawing.view) {
    case 'case-card':
      return 'card';
    case 'handover-card':
      return 'handover';
    case 'warning':
    case 'alarm':
    case 'alarm-line':
    case 'leads-word':
      return 'warning';
    case 'opened':
    case 'thread-line':
    case 'reply':
    case 'resolved':
    case 'told':
      return 'told';
    case 'offer':
    case 'storm':
    case 'promise-offer':
    case 'unsure':
    case 'ask-how':
    case 'refused':
    case 'desk-problem':
      return null;
  }
}
