/** What coverage and the journal say, as findings. Pure. */
import type { Handling } from '../domain/capacity/handling';
import { SAMPLES_MIN } from '../domain/capacity/handling';
import type { Flaw } from '../domain/desk/coverage';
import type { PriorityName } from '../domain/ids';
import { inWords } from '../domain/words';
import { bad, type Finding, good, note } from './findings';

/** The flaws, the worst first; one good line where there is none. */
export function flawFindings(flaws: readonly Flaw[]): Finding[] {
  const broken = flaws.filter((one) => one.weight === 'broken').map((one) => bad(one.say));
  const known = flaws.filter((one) => one.weight === 'known').map((one) => note(one.say));
  if (broken.length + known.length === 0)
    return [good('Somebody is on shift whenever a clock runs, for the next two weeks.')];
  return [...broken, ...known];
}

/** How long a case takes by the journal, or why nobody is warned ahead of what cannot be done in time. */
export function handlingFindings(handling: ReadonlyMap<PriorityName, Handling>): Finding[] {
  return [...handling].map(([priority, { medianMs, samples }]) => {
    const cases = samples === 1 ? '1 case' : `${samples} cases`;
    if (medianMs === null)
      return note(
        `${priority}: ${samples === 0 ? 'no case was' : `only ${cases} were`} resolved in the last 90 days; with fewer than ${SAMPLES_MIN} Baton does not forecast what will not be done in time.`.replace(
          'only 1 case were',
          'only 1 case was',
        ),
      );
    return good(`${priority}: a case takes ${inWords(medianMs)} of somebody’s shift (median of ${cases}).`);
  });
}
