import fc from 'fast-check';
import { type Instant, instant, MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import { stormAt, stormReach } from '../../src/domain/sla/storm';

const START = Date.UTC(2026, 10, 23, 10);
const CUT_MS = 10 * MINUTE_MS;
const at = (...seconds: readonly number[]): readonly Instant[] =>
  seconds.map((second) => instant(START + second * SECOND_MS));
/** Instants with these gaps in seconds between them. */
const timesOf = (gaps: readonly number[]): readonly Instant[] =>
  at(...gaps.map((_, index) => gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0)));
const storm = (times: readonly Instant[], second: number): readonly number[] | null => {
  const found = stormAt(times, instant(START + second * SECOND_MS), 5);
  return found === null ? null : [(found.from - START) / SECOND_MS, (found.until - START) / SECOND_MS];
};

describe('A storm of warnings', () => {
  it('is more than five within a minute; five are none', () => {
    expect(storm(at(0, 10, 20, 30, 40), 20)).toBeNull();
    expect(storm(at(0, 10, 20, 30, 40, 60), 20)).toEqual([0, 60]);
    expect(storm(at(0, 10, 20, 30, 40, 61), 20)).toBeNull();
  });

  it('takes in what follows without a minute’s pause, and begins anew after one', () => {
    const first = at(0, 1, 2, 3, 4, 5, 50, 51);
    expect(storm(first, 51)).toEqual([0, 51]);
    const both = at(0, 1, 2, 3, 4, 5, 200, 201, 202, 203, 204, 205);
    expect([storm(both, 3), storm(both, 203)]).toEqual([
      [0, 5],
      [200, 205],
    ]);
  });

  it('leaves single warnings before and after it alone', () => {
    const times = at(0, 100, 101, 102, 103, 104, 105, 300);
    expect([storm(times, 0), storm(times, 300), storm(times, 105)]).toEqual([null, null, [100, 105]]);
  });

  it('never changes its name while it grows', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 45 }), { minLength: 6, maxLength: 40 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 6 }), (steps, over) => {
        const times = timesOf(steps);
        const names = new Map<number, number>();
        for (let known = 1; known <= times.length; known += 1) {
          const now = times.slice(0, known);
          for (const time of now) {
            const found = stormAt(inReach(now, time), time, over);
            if (found === null) {
              expect(names.has(time)).toBe(false);
              continue;
            }
            expect(names.get(time) ?? found.from).toBe(found.from);
            names.set(time, found.from);
          }
        }
      }),
    );
  });

  it('agrees with a plain count of every minute', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 8 }), (steps, over) => {
        const times = timesOf(steps);
        let before = false;
        times.forEach((time, index) => {
          const crowded = times.some(
            (from) =>
              from <= time &&
              time - from <= MINUTE_MS &&
              times.filter((other) => other >= from && other - from <= MINUTE_MS).length > over,
          );
          const isCut = Math.floor(time / CUT_MS) !== Math.floor((times[index - 1] ?? time) / CUT_MS);
          const follows = before && !isCut && time - (times[index - 1] ?? time) < MINUTE_MS;
          before = crowded || follows;
          expect(stormAt(inReach(times, time), time, over) !== null).toBe(before);
        });
      }),
    );
  });
});

const inReach = (times: readonly Instant[], time: Instant): readonly Instant[] => {
  const { from, until } = stormReach(time);
  return times.filter((one) => one >= from && one < until);
};
