/** A day at a desk whose regular work is looked at as the minutes pass, over the real engine, store and outbox. */
import { createRounds, type Rounds } from '../../src/app/rounds';
import type { Case, Party } from '../../src/domain/case/case';
import type { Desk } from '../../src/domain/desk/desk';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/ids';
import { calls, type Floor, openCase, openFloor, wordsIn } from './floor';
import { ravi, SOURCE, TEN } from './given';

export interface DeskDay {
  readonly floor: Floor;
  readonly rounds: Rounds;
  /** Time passes, and the minute's look is taken at its end. */
  passes(ms: number): Promise<void>;
  /** On to a time of the first day, or of one that comes `days` later. */
  until(hour: number, minutes?: number, days?: number): Promise<void>;
  /** A client's next case, from a message of its own. */
  anotherCase(party?: Party): Promise<Case>;
  /** Types a command and says what was answered. */
  type(party: Party, words: string): Promise<string>;
  /** Ends the day; fails where something went wrong unseen. */
  close(): Promise<void>;
}

export async function openDay(desk: Desk): Promise<DeskDay> {
  const floor = await openFloor(desk);
  const rounds = createRounds(floor.engine);
  let places = 0;
  const passes = async (ms: number): Promise<void> => {
    await floor.passes(ms);
    await rounds.look();
    await floor.settled();
  };
  return {
    floor,
    rounds,
    passes,
    until: (hour, minutes = 0, days = 0) =>
      passes(TEN + (hour - 10) * HOUR_MS + minutes * MINUTE_MS + days * 24 * HOUR_MS - floor.at),
    anotherCase: (party = ravi) => {
      places += 1;
      return openCase(floor, party, { ...SOURCE, message: `7.${places}` });
    },
    async type(party, words) {
      const said = wordsIn(await floor.doors.line(words, calls(party)));
      await floor.settled();
      return said;
    },
    async close() {
      await rounds.stop();
      expect(floor.troubles).toEqual([]);
      await floor.close();
    },
  };
}
