import fc from 'fast-check';
import { instant } from '../../src/domain/ids';
import { addOpen, isOpen, latestWithin, openBetween, segments } from '../../src/domain/sla/walk';
import { dueAfter, latestAfter, openAt, openMsBetween, startBefore } from './slaBruteForce';
import { RUNS, seen, walks } from './slaExamples';

test(`open time, due, latest and the way back agree with a walk minute by minute (${RUNS} runs)`, () => {
  fc.assert(
    fc.property(walks, ({ calendar, start, ms, span, until, floor }) => {
      const from = instant(start);
      const to = instant(start + span);
      const open = openMsBetween(calendar, start, start + span);
      expect(openBetween(calendar, from, to)).toBe(open);
      expect(isOpen(calendar, from)).toBe(openAt(calendar, start));
      expect(segments(calendar, from, to).reduce((sum, it) => sum + (it.open ? it.to - it.from : 0), 0)).toBe(open);
      for (const want of [ms, open]) {
        expect(seen(addOpen(calendar, from, want), until)).toBe(seen(dueAfter(calendar, start, want, until), until));
        expect(seen(latestWithin(calendar, from, want), until)).toBe(
          seen(latestAfter(calendar, start, want, until), until),
        );
        if (want === 0) continue;
        const back = addOpen(calendar, from, -want);
        expect(back !== null && back >= floor ? back : null).toBe(startBefore(calendar, start, want, floor));
      }
    }),
    { numRuns: RUNS },
  );
});
