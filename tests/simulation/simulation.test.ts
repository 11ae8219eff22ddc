import type { Store, Surface } from '../../src/app/ports';
import regressions from './regressions.json';
import { type Setting, simulate } from './simulate';
import { FAIR, type Weather } from './weather';

const SMALL: Omit<Setting, 'seed'> = { days: 1, cases: 10, nodes: 3 };
const small = (seed: number, more: Partial<Setting> = {}): Setting => ({ ...SMALL, seed, ...more });

describe('a few days of a desk on which everything goes wrong', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('loses nothing and doubles nothing: seed %i', async (seed) => {
    const { violations, counts } = await simulate(small(seed));
    expect(violations).toEqual([]);
    expect(counts['changes']).toBeGreaterThan(10);
  });

  it('does the same again from the same seed, and something else from another', async () => {
    const [first, again, other] = [await simulate(small(11)), await simulate(small(11)), await simulate(small(12))];
    expect(again).toEqual(first);
    expect(other.hash).not.toBe(first.hash);
  });
});

it('what once failed holds', async () => {
  for (const { seed, days, cases, nodes, why } of regressions as readonly (Setting & { readonly why: string })[]) {
    expect({ why, violations: (await simulate({ seed, days, cases, nodes })).violations }).toEqual({
      why,
      violations: [],
    });
  }
});

/** A store in which one method does something else. */
const spoilt =
  <Name extends keyof Store>(name: Name, other: (method: Store[Name]) => Store[Name]) =>
  (store: Store): Store =>
    new Proxy(store, {
      get: (real, asked) => {
        const method = Reflect.get(real, asked);
        return asked === name ? other(method as Store[Name]) : method;
      },
    });

describe('the checks see', () => {
  const found = async (more: Partial<Setting>): Promise<string> =>
    (await simulate(small(21, { weather: FAIR, days: 2, ...more }))).violations.join('\n');
  const stormy: Weather = { ...FAIR, repeated: 1, calls: { ...FAIR.calls, resetAfter: 0.3 } };

  it('nothing where nothing is wrong', async () => expect(await found({})).toBe(''));

  it('receipts that are not kept', async () => {
    const forgetful = spoilt(
      'transact',
      (real) => (work, choose) => real({ ...work, cause: { ...work.cause, keys: [] } }, choose),
    );
    expect(await found({ weather: stormy, spoiltStore: forgetful })).toMatch(/had its effect \d+ times/);
  });

  it('updates that are lost', async () => {
    const deaf = (surface: Surface): Surface => ({ ...surface, update: async () => undefined });
    expect(await found({ spoiltHands: deaf })).toMatch(/its card on slack says/);
  });

  it('postings that nobody looks for before they are sent again', async () => {
    const blind = (surface: Surface): Surface => ({ ...surface, find: async () => 'absent' });
    expect(await found({ weather: stormy, spoiltHands: blind })).toMatch(/was posted \d+ times/);
  });

  it('alarms that do not ring', async () => {
    const dull = spoilt('due', () => async () => []);
    expect(await found({ spoiltStore: dull })).toMatch(/has not rung|s late/);
  });

  it('postings of which nobody writes down that they were sent', async () => {
    const careless = spoilt('settle', () => async () => undefined);
    expect(await found({ spoiltStore: careless, days: 1, cases: 1, nodes: 1 })).toMatch(/never settled|still wait/);
  });

  it('cases that are nobody’s for a moment', async () => {
    const orphaning = spoilt(
      'transact',
      (real) => (work, choose) =>
        real(work, (current, next) => {
          const plan = choose(current, next);
          if (plan.kind !== 'commit') return plan;
          return { ...plan, after: { ...plan.after, holder: { kind: 'nobody', since: plan.at } } };
        }),
    );
    expect(await found({ spoiltStore: orphaning })).toMatch(/ v\d+ is nobody’s/);
  });

  it('wishes that are dropped', async () => {
    const dropping = spoilt(
      'transact',
      (real) => (work, choose) =>
        real(work, (current, next) => {
          const plan = choose(current, next);
          return plan.kind === 'commit' ? { ...plan, intents: plan.intents.slice(1) } : plan;
        }),
    );
    expect(await found({ spoiltStore: dropping })).not.toBe('');
  });
});
