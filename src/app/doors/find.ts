import { type Case, type Party, sameParty } from '../../domain/case/case';
import { refuse } from '../../domain/case/refusals';
import type { Desk } from '../../domain/desk/desk';
import { standingOf } from '../../domain/desk/roles';
import { caseId } from '../../domain/ids';
import type { TypedRef } from '../../inputs/commandLine';
import type { Engine } from '../perform';
import type { Answer, ButtonData } from '../view';
import { sentence } from '../views/parts';
import type { Caller } from './types';

/** A private sentence. */
export const said = (say: string): Answer => ({ kind: 'said', view: sentence(say) });

/** Everybody of the desk may look at every case; others at those they reported or opened. */
export function maySee(desk: Desk, it: Case, party: Party): boolean {
  return standingOf(desk, party) !== 'guest' || sameParty(it.reporter, party) || sameParty(it.loggedBy, party);
}

/** The case that a typed reference means, or the one that is plain from the place; otherwise the sentence to answer with. */
export async function findCase(engine: Engine, ref: TypedRef | null, caller: Caller): Promise<Case | string> {
  const { prefix } = engine.desk();
  if (ref === null)
    return (
      (await caseHere(engine, caller)) ??
      `Which case? Add its reference, for example \`${prefix}-1001\`. \`list\` shows the open ones.`
    );
  const typed = `${ref.prefix ?? prefix}-${ref.number}`;
  const known = ref.prefix === null || ref.prefix.toLowerCase() === prefix.toLowerCase();
  const it = known ? await engine.store.caseByNumber(ref.number) : null;
  if (it === null)
    return `There is no case ${typed}. ${known ? '' : `References of this desk read ${prefix}-1001. `}\`list\` shows the open ones, \`search\` finds others by their words.`;
  return maySee(engine.desk(), it, caller.party)
    ? it
    : `There is no case ${typed} that you reported. Only people of the desk can look at the others.`;
}

async function caseHere(engine: Engine, caller: Caller): Promise<Case | null> {
  if (caller.place === null) return null;
  const at = await engine.store.caseAt(caller.place);
  const it = at === null ? null : await engine.store.caseById(at.case);
  return it !== null && maySee(engine.desk(), it, caller.party) ? it : null;
}

/** The case that a button or a form is about: its id routes, it does not authorise. */
export async function caseOf(engine: Engine, data: ButtonData, caller: Caller): Promise<Case | string> {
  const it = await engine.store.caseById(caseId(String(data['case'] ?? '')));
  if (it === null) return refuse('no-such-case').say;
  return maySee(engine.desk(), it, caller.party) ? it : refuse('not-of-the-desk').say;
}

/** The version that the person looked at when they pressed; null where the button does not say. */
export const seenOf = (data: ButtonData): number | null => (typeof data['seen'] === 'number' ? data['seen'] : null);
