import { type Instant, instant } from '../../domain/ids';
import { promiseOfferDedupe } from '../announcePromise';
import type { Engine } from '../perform';
import type { Answer, ButtonData } from '../view';
import { actInWords } from './act';
import { caseOf, said } from './find';
import type { Caller } from './types';

/** *Make it a promise*: words and time are those that were offered, whatever the button carries. */
export async function promiseFromOffer(engine: Engine, data: ButtonData, caller: Caller): Promise<Answer> {
  const it = await caseOf(engine, data, caller);
  if (typeof it === 'string') return said(it);
  const offer = await engine.store.drawingOf(promiseOfferDedupe(it.id, Number(data['offer'])));
  if (offer === null)
    return said('That offer is no longer known here. Tell the client the time again to be asked anew.');
  const dueAt: Instant = instant(Number(offer.args['due']));
  return actInWords(engine, it, { kind: 'MakePromise', words: String(offer.args['words']), dueAt }, caller);
}
