import { SurfaceFailure } from '../../src/app/ports';
import type { Party, Place } from '../../src/domain/case/case';
import { instant, later, MINUTE_MS } from '../../src/domain/ids';
import { calls, caseNow, type Floor, openFloor, whispered, wordsIn, wordsOn } from '../support/floor';
import { alice, bob, ravi, SOURCE, TEN } from '../support/given';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
  floor.slack.written.push({ place: SOURCE, author: ravi, text: 'The printer burns', at: TEN });
});
afterEach(async () => {
  expect(floor.troubles).toEqual([]);
  await floor.close();
});

const AUTO: Place = { platform: 'slack', channel: 'C0AUTO', message: '5.0', thread: null };
const move =
  (who: Party, emoji: string, minute: number, { added = true, key }: { added?: boolean; key?: string } = {}) =>
  () =>
    floor.doors.reacted(
      { place: SOURCE, emoji, added, at: later(TEN, minute * MINUTE_MS) },
      calls(who, key === undefined ? {} : { key }),
    );
const theCase = async () => {
  await floor.settled();
  const it = await floor.store.caseByNumber(1001);
  if (it === null) throw new Error('no case was opened');
  return it;
};
const inEveryOrder = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((one, i) => inEveryOrder(items.filter((_, j) => j !== i)).map((rest) => [one, ...rest]));

describe('an emoji that is heard before its case', () => {
  const moves = {
    ticket: () => move(alice, 'ticket', 1)(),
    red: () => move(bob, 'red_circle', 2)(),
    eyes: () => move(alice, 'eyes', 3)(),
  };
  it.each(inEveryOrder(['ticket', 'red', 'eyes'] as const))('counts all the same: %s, %s, %s', async (...order) => {
    for (const name of order) await moves[name]();
    expect(await theCase()).toMatchObject({
      priority: 'P1',
      holder: { kind: 'owner', person: 'alice' },
      status: 'In progress',
    });
  });

  it('and was taken off again, counts for nothing', async () => {
    await move(bob, 'red_circle', 1)();
    await move(bob, 'eyes', 1)();
    await move(bob, 'eyes', 2, { added: false })();
    await move(bob, 'red_circle', 2, { added: false })();
    await move(alice, 'ticket', 3)();
    expect(await theCase()).toMatchObject({ priority: null, holder: { kind: 'turn' } });
  });

  it('counts once, however often it is sent and the case is asked for', async () => {
    await move(bob, 'red_circle', 1, { key: 'Ev1' })();
    await move(bob, 'red_circle', 1, { key: 'Ev1' })();
    await move(bob, 'red_circle', 1, { key: 'Ev2' })();
    await move(alice, 'ticket', 2)();
    const { version } = await theCase();
    await move(bob, 'ticket', 3)();
    await move(bob, 'red_circle', 1, { key: 'Ev1' })();
    expect((await theCase()).version).toBe(version);
  });

  it('of somebody who is not of the desk is small talk', async () => {
    await move(ravi, 'red_circle', 1)();
    expect(await floor.store.earlyAt(SOURCE)).toEqual([]);
  });

  it('on the root of a thread counts for a case from a reply', async () => {
    const reply: Place = { ...SOURCE, message: '9.1', thread: SOURCE.message };
    await move(bob, 'red_circle', 1)();
    const message = { place: reply, text: 'And smokes', at: floor.at, author: ravi };
    const form = await floor.doors.openFrom(message, calls(alice));
    if (form.kind !== 'form') throw new Error(wordsIn(form));
    await floor.doors.submit('open', form.form.data, { title: 'Smoke' }, calls(alice));
    expect((await theCase()).priority).toBe('P1');
  });

  it('is told why not, like any other', async () => {
    await move(alice, 'eyes', 1)();
    await move(bob, 'eyes', 2)();
    await move(alice, 'ticket', 3)();
    await theCase();
    expect(
      whispered(floor.slack, 'U0BOB')
        .map(({ view }) => wordsOn(view))
        .join(),
    ).toContain('Alice Anderson has CASE-1001');
  });
});

describe('an emoji on a card whose id the platform has not told yet', () => {
  const cardNow = (): Place => {
    const found = floor.slack.shown.find(({ to }) => to.kind === 'channel' && to.channel === 'C0TRIAGE');
    if (found === undefined) throw new Error('there is no card');
    return found.place;
  };
  const on = (who: Party, emoji: string, minute: number, added = true) =>
    floor.doors.reacted({ place: cardNow(), emoji, added, at: later(TEN, minute * MINUTE_MS) }, calls(who));

  beforeEach(async () => {
    let failed = false;
    floor.slack.fails = (call, to, after) => {
      if (failed || !after || call !== 'post' || to.kind !== 'channel' || to.channel !== 'C0TRIAGE') return;
      failed = true;
      throw new SurfaceFailure('ambiguous', 'timeout');
    };
    floor.slack.found = () => cardNow();
    await move(alice, 'ticket', 0)();
    await theCase();
  });

  it('counts once the card is found again', async () => {
    await on(bob, 'red_circle', 1);
    await on(alice, 'eyes', 2);
    expect(await theCase()).toMatchObject({ priority: null, holder: { kind: 'turn' } });
    await floor.passes(10_000);
    expect(await theCase()).toMatchObject({ priority: 'P1', holder: { kind: 'owner', person: 'alice' } });
    expect(
      (await floor.store.journalOf((await theCase()).id)).filter(({ event }) => event.type === 'CaseTriaged'),
    ).toHaveLength(1);
  });

  it('asks how it was solved, when it was ✅ and stands', async () => {
    await on(alice, 'eyes', 1);
    await on(bob, 'white_check_mark', 2);
    await on(alice, 'white_check_mark', 2);
    await on(alice, 'white_check_mark', 3, false);
    await floor.passes(10_000);
    const asked = (user: string): number =>
      whispered(floor.slack, user).filter(({ view }) => wordsOn(view).includes('solved')).length;
    expect([asked('U0BOB'), asked('U0ALICE')]).toEqual([1, 0]);
  });
});

describe('a deletion that is heard before its message', () => {
  it('keeps the message from opening a case', async () => {
    await floor.doors.deleted(AUTO, floor.at, calls(ravi));
    await floor.doors.heard({ place: AUTO, text: 'It burns', at: floor.at }, calls(ravi));
    await floor.settled();
    expect(await floor.store.caseByNumber(1001)).toBeNull();
  });

  it('in a thread leaves the message deleted, and late edits do not bring it back', async () => {
    await floor.doors.heard({ place: AUTO, text: 'It burns', at: floor.at }, calls(ravi));
    const it = await theCase();
    const reply: Place = { ...AUTO, message: '5.1', thread: '5.0' };
    await floor.doors.deleted(reply, later(TEN, 3), calls(ravi));
    await floor.doors.heard({ place: reply, text: 'Secret', at: later(TEN, 1) }, calls(ravi));
    await floor.doors.edited({ place: reply, text: 'Secret still', at: later(TEN, 2) }, calls(ravi));
    const shown = wordsIn(await floor.doors.line(`show ${it.ref}`, calls(alice)));
    expect(shown).toContain('wrote a message and deleted it');
    expect(shown).not.toContain('Secret');
  });
});

describe('edits of the source message', () => {
  it('leave the newest words, in whatever order they are heard', async () => {
    await floor.doors.heard({ place: AUTO, text: 'one', at: TEN }, calls(ravi));
    await floor.doors.edited({ place: AUTO, text: 'three', at: instant(TEN + 30) }, calls(ravi));
    await floor.doors.edited({ place: AUTO, text: 'two', at: instant(TEN + 20) }, calls(ravi));
    expect((await caseNow(floor, await theCase())).description).toBe('three');
  });
});
