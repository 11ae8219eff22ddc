import type { Store } from '../../src/app/ports';
import type { Desk } from '../../src/domain/desk/desk';
import { overlaid } from './books';
import { fortnight, type Setting } from './fortnight';

/** Ends what hangs: all of it takes some twenty seconds of a machine that does nothing else. */
const LIMIT_MS = 600_000;

const setting = (more: Partial<Setting> = {}): Setting => ({ seed: 1, days: 10, cases: 90, ...more });

describe('ten days of eight people in three zones with 90 cases (all fourteen with 400: npm run fortnight)', () => {
  it(
    'have no case without a turn, nothing urgent asleep, nobody called in vain, and loads alike',
    async () => {
      const { violations, figures } = await fortnight(setting());
      expect(violations).toEqual([]);
      // What is written while Baton is down may be lost to it.
      expect(figures.cases).toBeGreaterThan(80);
      expect(figures.proposals).toBeGreaterThan(40);
    },
    LIMIT_MS,
  );
});

/** A day, enough for a mistake to show. */
const short = (more: Partial<Setting> = {}): Setting => setting({ seed: 7, days: 1, cases: 25, ...more });

describe('the checks see', () => {
  const found = async (more: Partial<Setting>): Promise<string> => (await fortnight(short(more))).violations.join('\n');

  it('nothing where nothing is wrong, and the same again from the same seed', async () => {
    const [first, again] = [await fortnight(short()), await fortnight(short())];
    expect(first.violations).toEqual([]);
    expect(again).toEqual(first);
  });

  it('alarms that do not ring', async () => {
    const dull = (store: Store): Store => overlaid(store, { due: async () => [] });
    expect(await found({ spoiltStore: dull })).toMatch(/though the time was up/);
  });

  it('a desk whose file says nothing of when people work, so that nobody hands over and everybody is called at night', async () => {
    const hourless = (desk: Desk): Desk => ({
      ...desk,
      people: desk.people.map(({ hours: _, ...person }) => person),
    });
    const words = await found({ spoiltDesk: hourless });
    expect(words).toMatch(/is still .*’s, who is off shift/);
    expect(words).toMatch(/is not on shift, though chosen as/);
    expect(words).toMatch(/is off shift and gets a .*, though .* there/);
  });

  it('a desk on which nobody is left', async () => {
    const left = ({ triageRota: _, ...desk }: Desk): Desk => ({ ...desk, people: [], levels: [] });
    expect(await found({ spoiltDesk: left })).toMatch(/is nobody’s/);
  });

  it('what the database lost', async () => {
    const forgetful = (store: Store): Store =>
      overlaid(store, {
        transact: (work, choose) =>
          store.transact(work, (before, next) => {
            const plan = choose(before, next);
            return plan.kind === 'commit' ? { ...plan, after: { ...plan.after, notes: plan.after.notes + 1 } } : plan;
          }),
      });
    expect(await found({ spoiltStore: forgetful })).toMatch(/stands otherwise in the database/);
  });
});
