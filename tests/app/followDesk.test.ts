import { followDesk } from '../../src/app/wake';
import type { Desk } from '../../src/domain/desk/desk';
import { HOUR_MS, instant, MINUTE_MS } from '../../src/domain/ids';
import { breachAtOf } from '../../src/domain/sla/clock';
import { clockCalendar } from '../../src/domain/sla/policy';
import { caseNow, type Floor, openCase, openFloor } from '../support/floor';
import { DESK, OFFICE, ravi, SOURCE } from '../support/given';

const LATE: Desk = {
  ...DESK,
  calendars: {
    ...DESK.calendars,
    desk: { ...OFFICE, weekly: { mon: [{ start: '09:00', end: '11:00' }], tue: [{ start: '12:00', end: '17:00' }] } },
  },
};

describe('a desk file that was edited', () => {
  let floor: Floor;
  beforeEach(async () => {
    floor = await openFloor();
    await followDesk(floor.engine);
  });
  afterEach(() => floor.close());

  it('is followed by every case that is not closed, from then on', async () => {
    const cases = await Promise.all(
      ['11.1', '11.2', '11.3'].map((message) => openCase(floor, ravi, { ...SOURCE, message })),
    );
    await floor.passes(30 * MINUTE_MS);
    floor.desk = LATE;
    await followDesk(floor.engine);
    for (const it of cases) {
      const [clock] = (await caseNow(floor, it)).clocks;
      // 30 minutes on the old hours, 30 until eleven, and three hours of Tuesday.
      expect(clock && breachAtOf(clock, clockCalendar(LATE, clock))).toBe(instant(Date.UTC(2026, 10, 24, 15)));
    }
    expect(floor.troubles).toEqual([]);
  });

  it('while Baton was down is followed at the start, and one that is the same costs nothing', async () => {
    const it = await openCase(floor, ravi);
    const { version } = await caseNow(floor, it);
    await followDesk(floor.engine);
    expect((await caseNow(floor, it)).version).toBe(version);
    floor.desk = LATE;
    floor.at = instant(floor.at + HOUR_MS);
    await followDesk(floor.engine);
    expect((await caseNow(floor, it)).version).toBeGreaterThan(version);
    const after = floor.accepted.length;
    await followDesk(floor.engine);
    expect(floor.accepted).toHaveLength(after);
  });
});
