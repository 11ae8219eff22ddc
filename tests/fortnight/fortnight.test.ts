import type { Store } from '../../src/app/ports';
import type { Desk } from '../../src/domain/desk/desk';
import { overlaid } from './books';
import { fortnight, type Setting } from './fortnight';

const setting = (seed: number, more: Partial<Setting> = {}): Setting => ({ seed, days: 7, cases: 200, ...more });

describe('a week of eight people in three zones (npm run fortnight plays two of them)', () => {
  it.each([1, 2])(
    'has no case without a turn, nothing urgent asleep, and loads alike: seed %i',
    async (seed) => {
      const { violations, figures } = await fortnight(setting(seed));
      expect(violations).toEqual([]);
      // What is written while Baton is down may be lost to it.
      expect(figures.cases).toBeGreaterThan(185);
      expect(figures.proposals).toBeGreaterThan(100);
    },
    240_000,
  );
});

/** Two days, enough for a mistake to show. */
const short = (more: Partial<Setting> = {}): Setting => setting(7, { days: 2, cases: 60, ...more });

describe('the checks see', () => {
  const found = async (more: Partial<Setting>): Promise<string> => (await fortnight(short(more))).violations.join('\n');

  it('nothing where nothing is wrong, and the same again from the same seed', async () => {
    const [first, again] = [await fortnight(short()), await fortnight(short())];
    expect(first.violations).toEqual([]);
    expect(again).toEqual(first);
  }, 240_000);

  it('alarms that do not ring', async () => {
    const dull = (store: Store): Store => overlaid(store, { due: async () => [] });
    expect(await found({ spoiltStore: dull })).toMatch(/though the time was up/);
  }, 240_000);

  it('a desk whose file says nothing of when people work, so that nobody hands over', async () => {
    const hourless = (desk: Desk): Desk => ({
      ...desk,
      people: desk.people.map(({ hours: _, ...person }) => person),
    });
    const words = await found({ spoiltDesk: hourless });
    expect(words).toMatch(/is still .*’s, who is off shift/);
    expect(words).toMatch(/is not on shift, though chosen as/);
  }, 240_000);

  it('a desk on which nobody is left', async () => {
    const left = ({ triageRota: _, ...desk }: Desk): Desk => ({ ...desk, people: [], levels: [] });
    expect(await found({ spoiltDesk: left })).toMatch(/is nobody’s/);
  }, 240_000);
});
