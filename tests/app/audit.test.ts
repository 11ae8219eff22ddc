/** What ought to be done and is not: found, told once, and taken back when it is over. */
import { createAuditor } from '../../src/app/audit';
import { type Intent, SurfaceFailure } from '../../src/app/ports';
import { DAY_MS, later, MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import { type Floor, openCase, openFloor, shownIn, wordsOn } from '../support/floor';
import { ravi } from '../support/given';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const CAUSE = { what: 'a test', keys: [] };
const word = (dedupe: string, channel = 'C0SLOW'): Intent => ({
  kind: 'post',
  case: null,
  to: { kind: 'channel', platform: 'slack', channel, thread: null },
  dedupe,
  drawing: { view: 'refused', args: { say: dedupe } },
  urgency: 2,
});
const refuses = (channel: string, kind: 'refused' | 'not-sent'): void => {
  floor.slack.fails = (_, to, after) => {
    if (!after && to.kind === 'channel' && to.channel === channel) throw new SurfaceFailure(kind, 'not today');
  };
};
/** A minute passes without anybody looking at the alarms. */
const idles = (ms = MINUTE_MS): void => {
  floor.at = later(floor.at, ms);
};
const inLeads = () => shownIn(floor.slack, 'C0LEADS').map(({ view, updates }) => ({ words: wordsOn(view), updates }));

describe('The auditor', () => {
  it('says nothing while all is well', async () => {
    const auditor = createAuditor(floor.engine);
    await openCase(floor, ravi);
    for (let look = 0; look < 3; look += 1) {
      expect(await auditor.look()).toEqual([]);
      await floor.passes(MINUTE_MS);
    }
    expect(inLeads()).toEqual([]);
  });

  it('finds a case that nobody looked at in time, and tells the leads once, until it is over', async () => {
    const auditor = createAuditor(floor.engine);
    await openCase(floor, ravi);
    const due = (await floor.store.nextAlarmAt()) ?? floor.at;
    floor.at = later(due, 61 * SECOND_MS);
    expect(await auditor.look()).toEqual([{ kind: 'alarms', count: 1, since: due }]);
    await floor.settled();
    expect(inLeads()).toEqual([]);
    for (let look = 0; look < 3; look += 1) {
      idles();
      await auditor.look();
      await floor.settled();
    }
    expect(inLeads()).toHaveLength(1);
    expect(inLeads()[0]).toMatchObject({ updates: 0 });
    expect(inLeads()[0]?.words).toContain('One case should have been looked at since Mon');
    await floor.passes(SECOND_MS);
    const warnings = inLeads().length;
    await auditor.look();
    await auditor.look();
    await floor.settled();
    expect(inLeads()).toHaveLength(warnings);
    expect(inLeads()[0]?.words).toContain('All is well with Baton again');
  });

  it('finds a destination that nothing gets through to, and not one that waits for people', async () => {
    const auditor = createAuditor(floor.engine);
    refuses('C0SLOW', 'not-sent');
    await floor.store.want([word('kept', 'C0HELD'), word('behind it', 'C0HELD')], CAUSE, floor.at);
    const [held] = await floor.store.claim(floor.at, 1, SECOND_MS);
    if (held === undefined) throw new Error('nothing was claimed');
    const morning = later(floor.at, DAY_MS);
    const wait = { kind: 'later', notBefore: morning, problem: 'quiet time', ambiguous: false, held: true } as const;
    await floor.store.settle(held, wait, floor.at);
    await floor.store.want([word('one'), word('two')], CAUSE, floor.at);
    const since = floor.at;
    expect((await floor.store.outbox(floor.at)).oldestDueAt).toBe(since);
    for (let passed = 0; passed < 11; passed += 1) await floor.passes(MINUTE_MS);
    expect(await auditor.look()).toEqual([{ kind: 'stuck', count: 1, since }]);
    floor.slack.fails = () => undefined;
    await floor.passes(5 * MINUTE_MS);
    expect(await auditor.look()).toEqual([]);
  });

  it('counts what was given up for three days, and never its own words', async () => {
    const auditor = createAuditor(floor.engine);
    refuses('C0SLOW', 'refused');
    await floor.store.want([word('one')], CAUSE, floor.at);
    const since = floor.at;
    await floor.settled();
    expect(await auditor.look()).toEqual([{ kind: 'dead', count: 1, since }]);
    refuses('C0LEADS', 'refused');
    for (let look = 0; look < 3; look += 1) {
      await floor.passes(MINUTE_MS);
      expect(await auditor.look()).toEqual([{ kind: 'dead', count: 1, since }]);
      await floor.settled();
    }
    expect((await floor.store.outbox(floor.at)).dead).toBe(2);
    idles(3 * DAY_MS);
    expect((await auditor.look()).filter(({ kind }) => kind === 'dead')).toEqual([]);
  });

  it('is one voice, whatever the number of processes', async () => {
    const auditors = [createAuditor(floor.engine), createAuditor(floor.engine), createAuditor(floor.engine)];
    refuses('C0SLOW', 'refused');
    await floor.store.want([word('one')], CAUSE, floor.at);
    await floor.settled();
    for (let look = 0; look < 3; look += 1) {
      await Promise.all(auditors.map((one) => one.look()));
      await floor.settled();
      await floor.passes(MINUTE_MS);
    }
    // One that has just been started knows of nothing, and ends nothing by that.
    await createAuditor(floor.engine).look();
    await floor.settled();
    expect(inLeads()).toHaveLength(1);
    expect(inLeads()[0]?.words).toContain('One message could not be delivered and was given up');
  });
});
