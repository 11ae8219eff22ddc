/** What a hand-over promises, on the databases themselves: over a restart, and with two processes at once. */
import type { Case, Party } from '../../src/domain/case/case';
import type { CaseEvent, Recorded } from '../../src/domain/case/events';
import { type Instant, later, MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import { calls, caseNow, type Floor, formIn, openCase, openFloor, shownTo, wordsIn, wordsOn } from '../support/floor';
import { alice, carol, DESK, lena, ravi } from '../support/given';
import { type Ground, postgres, sqliteFile } from '../support/stores';

/** The most that an escalation may be late. */
const LATE_MAX_MS = 60 * SECOND_MS;

describe.each([
  ['SQLite', sqliteFile],
  ['PostgreSQL', postgres],
])('a hand-over on %s', (_, make) => {
  let ground: Ground;
  let floors: Floor[];
  beforeEach(async () => {
    ground = await make();
    floors = [];
  });
  afterEach(async () => {
    for (const floor of floors) expect(floor.troubles).toEqual([]);
    for (const floor of floors) await floor.close();
    await ground.drop();
  });

  /** A process on the database; what the platforms show and the time go on from `before`. */
  const starts = async (before: Partial<Pick<Floor, 'slack' | 'teams' | 'at'>> = {}): Promise<Floor> => {
    const { slack, teams, at } = before;
    const kept = { ...(slack && { slack }), ...(teams && { teams }), ...(at !== undefined && { at }) };
    const floor = await openFloor(DESK, { url: ground.url, ...kept });
    floors.push(floor);
    return floor;
  };
  /** Alice has handed a case over to L2, where Carol is. */
  const offered = async (floor: Floor): Promise<{ readonly it: Case; readonly acceptBy: Instant }> => {
    const { id, ref } = await openCase(floor, ravi);
    await floor.doors.line(`take ${ref}`, calls(alice));
    const form = formIn(await floor.doors.line(`escalate ${ref}`, calls(alice)));
    await floor.doors.submit('escalate', form.data, { tried: 'Water', needed: 'Foam', told: 'Soon' }, calls(alice));
    await floor.settled();
    const it = await caseNow(floor, { id });
    return { it, acceptBy: it.handover!.acceptBy! };
  };
  const happened = async <Type extends CaseEvent['type']>(floor: Floor, it: Case, type: Type): Promise<Recorded[]> =>
    (await floor.store.journalOf(it.id)).filter(({ event }) => event.type === type);

  it('that comes due while Baton is down goes to the next within one tick of its start', async () => {
    const first = await starts();
    const { it, acceptBy } = await offered(first);
    await first.close();
    const second = await starts({ ...first, at: later(acceptBy, 5 * MINUTE_MS) });
    expect(await happened(second, it, 'HandoverMovedOn')).toEqual([]);
    await second.passes(SECOND_MS);
    const moved = await happened(second, it, 'HandoverMovedOn');
    expect(moved.map(({ event }) => event)).toMatchObject([{ handover: { asked: { level: 'L3 Management' } } }]);
    const asked = shownTo(second.slack, 'U0LENA').map(({ view }) => wordsOn(view));
    expect(asked.filter((words) => words.includes('Needed: Foam'))).toHaveLength(1);
    expect((await caseNow(second, it)).holder).toMatchObject({ kind: 'owner', person: 'alice' });
  });

  it('that comes due after a restart goes to the next in time, once, whoever else runs', async () => {
    const first = await starts();
    const { it, acceptBy } = await offered(first);
    await first.close();
    const before = { ...first, at: later(acceptBy, -10 * SECOND_MS) };
    const [second, third] = [await starts(before), await starts(before)];
    await second.passes(SECOND_MS);
    expect(await happened(second, it, 'HandoverMovedOn')).toEqual([]);
    await Promise.all([second.passes(LATE_MAX_MS), third.passes(LATE_MAX_MS)]);
    const moved = await happened(second, it, 'HandoverMovedOn');
    expect(moved).toHaveLength(1);
    expect(moved[0]!.at - acceptBy).toBeLessThanOrEqual(LATE_MAX_MS);
  });

  it('that two people accept in the same second is one’s, and the other is told whose', async () => {
    const first = await starts();
    const second = await starts(first);
    const { it } = await offered(first);
    second.at = first.at;
    const accept = (floor: Floor, who: Party) =>
      floor.doors.press('accept', { case: it.id, handover: it.handover!.id }, calls(who));
    const answers = (await Promise.all([accept(first, carol), accept(second, lena)])).map(wordsIn);
    await first.settled();
    await second.settled();
    const accepted = await happened(first, it, 'HandoverAccepted');
    expect(accepted).toHaveLength(1);
    const winner = accepted[0]!.by;
    if (winner.kind !== 'person') throw new Error('accepted by nobody');
    expect((await caseNow(second, it)).holder).toMatchObject({ kind: 'owner', person: winner.id });
    const [told] = answers.filter((words) => words !== '');
    expect(answers.filter((words) => words === '')).toHaveLength(1);
    expect(told).toContain(winner.name);
  });
});
