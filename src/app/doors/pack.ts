import { refuse } from '../../domain/case/refusals';
import { packOf } from '../pack';
import type { Engine } from '../perform';
import type { Answer } from '../view';
import { act } from './act';
import { said } from './find';
import type { Caller } from './types';

/** Accepts every open offer that the message holds, one after the other; each asks again whether this person may. */
export async function acceptPack(engine: Engine, pack: string, caller: Caller): Promise<Answer> {
  if (caller.party.kind !== 'person') return said(refuse('not-of-the-desk').say);
  const open = await packOf(engine, pack, { person: caller.party.id, platform: caller.platform });
  if (open.length === 0) return said('Nothing in this pack is open any more.');
  let accepted = 0;
  let refused: string | null = null;
  for (const it of open) {
    const handover = it.handover?.id ?? '';
    // The press is one for all of them, and each change keeps its own receipt.
    const own = { ...caller, cause: { ...caller.cause, keys: caller.cause.keys.map((key) => `${key}:${it.id}`) } };
    const outcome = await act(engine, it, { kind: 'AcceptHandover', handover }, own);
    if (outcome.kind === 'refused') refused = outcome.refusal.say;
    else accepted += 1;
  }
  if (accepted === 0 && refused !== null) return said(refused);
  const yours = accepted === 1 ? 'One case is yours now.' : `${accepted} cases are yours now.`;
  return said(refused === null ? yours : `${yours} Of the others: ${refused}`);
}
