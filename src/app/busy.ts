/** Who platforms say is busy: asked by the minute, apart from every decision; a decision goes by what was told last. */
import { isOnShift } from '../domain/desk/availability';
import type { Busy } from '../domain/desk/busy';
import { type Desk, leadsOf, type Person } from '../domain/desk/desk';
import { caseTakers, knowsShifts } from '../domain/desk/shifts';
import { attendanceNow } from './attendance';
import type { Engine } from './perform';

export interface BusyWatch {
  /** As told last. Asks nobody, so that no platform can hold anything up. */
  known(): readonly Busy[];
  /** Asks every platform that can tell. While one look is under way it is the same look. Never rejects. */
  look(): Promise<void>;
}

/** Kept in this process alone: it is the platforms’ knowledge, and each process asks anew within a minute. */
export function createBusyWatch(engineOf: () => Engine): BusyWatch {
  let known: readonly Busy[] = [];
  let underWay: Promise<void> | null = null;

  const ask = async (): Promise<void> => {
    const engine = engineOf();
    try {
      const people = await asked(engine);
      const told = await Promise.all([...engine.surfaces.values()].map((surface) => surface.busy?.(people) ?? []));
      known = told.flat();
    } catch (error) {
      engine.troubled('the platforms could not be asked who is busy', error);
    }
  };

  return {
    known: () => known,
    look: () => {
      underWay ??= ask().finally(() => {
        underWay = null;
      });
      return underWay;
    },
  };
}

/** Those among whom somebody may be chosen now: whoever is on shift, and everybody where nobody has said who works when. */
async function asked(engine: Engine): Promise<readonly Person[]> {
  const desk = engine.desk();
  const people = everybodyAsked(desk);
  if (!knowsShifts(desk)) return people;
  const attendance = await attendanceNow(engine);
  return people.filter(({ id }) => isOnShift({ desk, attendance }, id, engine.clock.now()));
}

const everybodyAsked = (desk: Desk): readonly Person[] => [...new Set([...caseTakers(desk), ...leadsOf(desk)])];
