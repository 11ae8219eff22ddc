import { alarmOf } from '../../../src/domain/alarm';
import type { Party } from '../../../src/domain/case/case';
import { HOUR_MS, type Instant, later, MINUTE_MS } from '../../../src/domain/ids';
import {
  accepts,
  alice,
  bob,
  carol,
  DESK,
  escalates,
  given,
  opened,
  passes,
  ravi,
  reopens,
  replies,
  resolves,
  type Step,
  says,
  TEN,
  takes,
  triages,
  vera,
  wakes,
} from '../../support/given';

const NOON = later(TEN, 2 * HOUR_MS);
const promises = (by: Party, dueAt: Instant = NOON, words = 'I’ll be back to you by noon.'): Step => ({
  by,
  command: { kind: 'MakePromise', words, dueAt },
  afterMs: MINUTE_MS,
});
const keeps = (by: Party, promise = 'p1'): Step => ({
  by,
  command: { kind: 'KeepPromise', promise },
  afterMs: MINUTE_MS,
});
const drops = (by: Party, promise = 'p1'): Step => ({
  by,
  command: { kind: 'DropPromise', promise },
  afterMs: MINUTE_MS,
});
const nudges = (by: Party, afterMs = MINUTE_MS): Step => ({ by, command: { kind: 'NudgeOwner' }, afterMs });

/** Taken and P1, whose clocks run round the clock and whose first response is given: 10:03 now. */
const taken = [opened(), takes(alice), triages(alice, 'P1')] as const;
/** Past the warning of the promise (three quarters of the way to noon), before it is due. */
const HALF_PAST_ELEVEN = later(TEN, 90 * MINUTE_MS + 5 * MINUTE_MS) - later(TEN, 4 * MINUTE_MS);

describe('A promise to the client', () => {
  it('is made by somebody of the desk, has a due time and is warned of at the desk’s mark', () => {
    const it0 = given(...taken)
      .when(promises(alice))
      .happens('PromiseMade');
    const promise = it0.promise;
    expect(promise).toMatchObject({ id: 'p1', by: 'alice', dueAt: NOON, warned: false, broken: false });
    const made = later(TEN, 3 * MINUTE_MS);
    expect(promise?.warnAt).toBe(made + 0.75 * (NOON - made));
    expect(alarmOf(it0, DESK)).toBe(promise?.warnAt);
  });

  it('is warned of once, and broken once when nobody speaks, both at their true instant', () => {
    const warned = given(...taken, promises(alice), wakes({ afterMs: HALF_PAST_ELEVEN }));
    expect(warned.story.journal.filter(({ event }) => event.type === 'PromiseWarned')).toHaveLength(1);
    warned.when(wakes({ afterMs: MINUTE_MS })).happens();
    const late = given(...taken, promises(alice), passes(5 * HOUR_MS));
    const broken = late.when(wakes());
    const it0 = broken.happens('SlaBreached', 'PromiseBroken');
    expect(it0.promises).toEqual({ made: 1, kept: 0, broken: 1 });
    expect(it0.promise?.broken).toBe(true);
  });

  it('is kept by the next public word of staff, at the last instant too, and not by a word among the desk', () => {
    given(...taken, promises(alice))
      .when(says(bob))
      .happens('MessageHeard', 'PromiseKept');
    given(...taken, promises(alice))
      .when(replies(alice))
      .happens('ReplySent', 'PromiseKept');
    given(...taken, promises(alice))
      .when(says(bob, 'desk'))
      .happens('MessageHeard');
    given(...taken, promises(alice))
      .when(says(ravi))
      .happens('MessageHeard');
    const last = NOON - later(TEN, 3 * MINUTE_MS);
    const story = given(...taken, promises(alice));
    expect(
      story.when(says(alice, 'public', { afterMs: last })).happens('PromiseWarned', 'MessageHeard', 'PromiseKept')
        .promises,
    ).toEqual({ made: 1, kept: 1, broken: 0 });
    story.when(says(alice, 'public', { afterMs: last + 1 })).happens('PromiseBroken', 'MessageHeard');
  });

  it('is kept by resolving, which tells the client, and by a button', () => {
    given(...taken, promises(alice))
      .when(resolves(alice))
      .happens('CaseResolved', 'PromiseKept');
    expect(
      given(...taken, promises(alice))
        .when(keeps(bob))
        .happens('PromiseKept').promise,
    ).toBeNull();
  });

  it('stays in sight when it is broken until the client hears something', () => {
    const broken = given(...taken, promises(alice), wakes({ afterMs: 2 * HOUR_MS }));
    expect(broken.case.promise?.broken).toBe(true);
    expect(broken.when(keeps(alice)).refused('promise-gone')).toContain('was broken');
    expect(broken.when(says(alice)).happens('MessageHeard').promise).toBeNull();
  });

  it('can be dropped, and a new one takes its place', () => {
    given(...taken, promises(alice))
      .when(drops(bob))
      .happens('PromiseDropped');
    const twice = given(...taken, promises(alice)).when(promises(bob, later(NOON, HOUR_MS)));
    expect(twice.happens('PromiseDropped', 'PromiseMade').promise?.id).toBe('p2');
    given(...taken, promises(alice))
      .when(promises(alice))
      .refused('promise-known');
    given(...taken, promises(alice), keeps(alice))
      .when(keeps(alice))
      .refused('promise-gone');
  });

  it('moves with the case when somebody else takes it over', () => {
    const it0 = given(...taken, promises(alice), escalates(alice))
      .when(accepts(carol))
      .happens('HandoverAccepted');
    expect(it0.holder).toMatchObject({ person: 'carol' });
    expect(it0.promise).toMatchObject({ id: 'p1', by: 'alice', dueAt: NOON });
  });

  it('is not made of a time that has passed, on a case that is done, or by others', () => {
    expect(
      given(...taken)
        .when(promises(alice, TEN))
        .refused('promise-past'),
    ).toContain('has passed');
    given(...taken)
      .when(promises(alice, Number.NaN as Instant))
      .refused('promise-past');
    given(...taken, resolves(alice))
      .when(promises(alice))
      .refused('case-resolved');
    given(...taken)
      .when(promises(ravi))
      .refused('not-of-the-desk');
    given(...taken)
      .when(promises(vera))
      .refused('viewers-only-look');
  });

  it('leaves nothing behind when the case is resolved and reopened', () => {
    const again = given(...taken, promises(alice), resolves(alice), reopens(alice));
    expect(again.case.promise).toBeNull();
    expect(again.case.promises).toEqual({ made: 1, kept: 1, broken: 0 });
  });
});

describe('A nudge', () => {
  it('reminds the owner, not twice within ten minutes, and says who nudged', () => {
    const nudged = given(...taken, nudges(bob));
    expect(nudged.case.nudged).toMatchObject({ of: 'alice', by: { id: 'bob' } });
    expect(nudged.when(nudges(carol, 9 * MINUTE_MS)).refused('nudged-already')).toContain(
      'Bob Brown nudged Alice Anderson',
    );
    nudged.when(nudges(carol, 10 * MINUTE_MS)).happens('OwnerNudged');
  });

  it('is for the owner who is owner now', () => {
    given(...taken, nudges(bob), takes(carol))
      .when(nudges(bob))
      .happens('OwnerNudged');
  });

  it('is refused where there is nobody to remind', () => {
    given(opened()).when(nudges(bob)).refused('nobody-to-nudge');
    given(...taken)
      .when(nudges(alice))
      .refused('own-nudge');
    given(...taken)
      .when(nudges(ravi))
      .refused('not-of-the-desk');
    given(...taken, resolves(alice))
      .when(nudges(bob))
      .refused('case-resolved');
  });
});
