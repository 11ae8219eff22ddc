/** The lines for whoever looks after the desk as a whole: `board [@person]` and `handall @person [to @person]`. */

import type { Person } from '../../domain/desk/desk';
import { mayNotOversee } from '../../domain/desk/roles';
import type { Line } from '../../inputs/commandLine';
import type { Engine } from '../perform';
import type { Answer } from '../view';
import { board } from './board';
import { askDeal } from './bulk';
import { said } from './find';
import { peopleNamed } from './people';
import type { Caller } from './types';

type OverseeLine = Extract<Line, { kind: 'oversee' }>;

const HOW = 'Whose cases? Write `handall @bob`, or `handall @bob to @carol`; `board` shows who has what.';

export async function overseeLine(engine: Engine, { word, rest }: OverseeLine, caller: Caller): Promise<Answer> {
  const refusal = mayNotOversee(engine.desk(), caller.party, word === 'board' ? 'LookAtBoard' : 'HandAllOver');
  if (refusal !== null) return said(refusal.say);
  if (rest === '') return word === 'board' ? board(engine, {}, caller) : said(HOW);
  const [whose = '', ...whom] = word === 'board' ? [rest] : rest.split(/\s+to\s+/iu);
  const from = oneNamed(engine, whose, caller);
  if (typeof from === 'string') return said(from);
  if (word === 'board') return board(engine, { person: from.id }, caller);
  if (whom.length === 0) return askDeal(engine, from.id, caller);
  const to = oneNamed(engine, whom.join(' '), caller);
  if (typeof to === 'string') return said(to);
  if (to.id === from.id) return said(`These are ${from.name}’s cases already. Choose somebody else.`);
  return to.role === 'viewer'
    ? said(`${to.name} only looks at cases (their role is viewer). Choose an agent, a lead or an admin.`)
    : askDeal(engine, from.id, caller, to.id);
}

function oneNamed(engine: Engine, typed: string, caller: Caller): Person | string {
  const found = peopleNamed(engine.desk(), typed.trim(), caller);
  const [person] = found;
  const shown = `“${typed.trim().slice(0, 60)}”`;
  if (person === undefined) return `Nobody of the desk is called ${shown}. ${HOW}`;
  return found.length === 1
    ? person
    : `${shown} could be ${found.map(({ name }) => name).join(' or ')}. Write the full name.`;
}
