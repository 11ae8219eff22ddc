/** Looks again whose turn it is, for cases that went to somebody for want of a better one, or whose person has gone home. */
import { isMisplaced } from '../domain/case/turn';
import { STAFFED_AS_PLANNED } from '../domain/desk/load';
import { routes } from '../domain/desk/whoseTurn';
import { attendanceNow } from './attendance';
import { openCases } from './openCases';
import { type Engine, perform } from './perform';

/** Offers waiting cases to whoever came or has room again. One after the other, as each choice counts for the next. Returns how many moved. */
export async function nameTurnsAnew(engine: Engine): Promise<number> {
  const desk = engine.desk();
  if (!routes(desk)) return 0;
  const staffing = { ...STAFFED_AS_PLANNED, attendance: await attendanceNow(engine) };
  const now = { desk, at: engine.clock.now(), staffing };
  let moved = 0;
  // All of them are read first: naming a turn moves no case about in the list, but somebody may take one meanwhile.
  for (const it of (await openCases(engine, { unowned: true })).filter((one) => isMisplaced(one, now))) {
    const outcome = await perform(engine, {
      command: { kind: 'NameTurn' },
      case: it.id,
      by: { kind: 'system' },
      cause: { what: 'who is there', keys: [] },
    });
    if (outcome.kind === 'committed') moved += 1;
  }
  return moved;
}
