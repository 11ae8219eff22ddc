import fc from 'fast-check';
import { replay } from '../../src/domain/sla/replay';
import { live } from './slaBruteForce';
import { histories, RUNS, seen } from './slaExamples';

test(`a history of a case agrees with living through it minute by minute (${RUNS} runs)`, () => {
  fc.assert(
    fc.property(histories, ({ calendar, policy, events, now, until }) => {
      const expected = live({ policy, calendar, events, now, until });
      for (const [name, outcome] of Object.entries(replay(policy, calendar, events, now))) {
        const { remainingMs: _, due, ...rest } = outcome;
        expect({ name, ...rest, due: seen(due, until) }).toEqual({
          name,
          ...expected[name],
          due: seen(expected[name]!.due, until),
        });
      }
    }),
    { numRuns: RUNS },
  );
});
