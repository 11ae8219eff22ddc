import { createDoors } from '../../src/app/doors';
import type { Answer, Form } from '../../src/app/view';
import { sentence } from '../../src/app/views/parts';
import type { Case, Party } from '../../src/domain/case/case';
import { later, MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import {
  buttonOn,
  calls,
  caseNow,
  type Floor,
  formIn,
  openCase,
  openFloor,
  type Shown,
  shownIn,
  valuesOf,
  type Wall,
  wordsIn,
  wordsOn,
} from '../support/floor';
import { alice, bob, carol, lena, ravi, vera } from '../support/given';

let floor: Floor;
let opened: Case;
beforeEach(async () => {
  floor = await openFloor();
  opened = await openCase(floor, ravi);
  await floor.doors.line(`take ${opened.ref}`, calls(alice));
  await floor.settled();
});
afterEach(async () => {
  expect(floor.troubles).toEqual([]);
  await floor.close();
});

const cardOn = (wall: Wall, channel: string): Shown => shownIn(wall, channel)[0]!;
const card = (): Shown => cardOn(floor.slack, 'C0TRIAGE');
const press = async (who: Party, label: string): Promise<Answer> => {
  const { verb, data } = buttonOn(card().view, label);
  const answer = await floor.doors.press(verb, data, calls(who));
  await floor.settled();
  return answer;
};
const sends = async (who: Party, form: Form, values: Readonly<Record<string, string>>): Promise<Answer> => {
  const answer = await floor.doors.submit(form.verb, form.data, { ...valuesOf(form), ...values }, calls(who));
  await floor.settled();
  return answer;
};
const introOf = (form: Form): string => wordsOn({ ...sentence(''), sections: form.intro });
const detailsFor = async (who: Party): Promise<string> =>
  wordsIn(await floor.doors.line(`show ${opened.ref}`, calls(who)));
const passes = (ms: number): void => {
  floor.at = later(floor.at, ms);
};

describe('an open form', () => {
  it('is shown to the others on the cards of both platforms, by one update each', async () => {
    const cards = [card(), cardOn(floor.teams, '19:triage')];
    const before = cards.map(({ updates }) => updates);
    await press(bob, 'Reply to the reporter');
    for (const { view } of cards)
      expect(wordsOn(view)).toContain('Bob Brown is writing a reply; the form was opened Mon');
    expect(cards.map(({ updates }) => updates)).toEqual(before.map((updates) => updates + 1));
  });

  it.each([
    ['Reply to the reporter', 'the reply form', 'is writing a reply'],
    ['Resolve', 'the Resolve form', 'is writing how it was solved'],
    ['Escalate', 'the hand-over form', 'is writing a hand-over'],
  ])('by %s is told to whoever opens the next, and in the details', async (label, form, doing) => {
    await press(bob, label);
    passes(40 * SECOND_MS);
    expect(introOf(formIn(await press(alice, 'Reply to the reporter')))).toContain(
      `Bob Brown has had ${form} open for 40 s.`,
    );
    const details = await detailsFor(lena);
    expect(details).toContain(`Bob Brown ${doing}, 40 s`);
    expect(details).toContain('Alice Anderson is writing a reply, 1 s');
    expect(await detailsFor(bob)).not.toContain(`Bob Brown ${doing}, `);
  });

  it('is the same when it was asked for in words', async () => {
    formIn(await floor.doors.line(`resolve ${opened.ref}`, calls(bob)));
    passes(3 * MINUTE_MS);
    expect(introOf(formIn(await floor.doors.line(`reply ${opened.ref}`, calls(alice))))).toContain(
      'Bob Brown has had the Resolve form open for 3 min.',
    );
  });

  it('is no secret of the desk’s that a reporter is told', async () => {
    await press(bob, 'Reply to the reporter');
    expect(await detailsFor(ravi)).not.toContain('is writing');
  });

  it('ends when it is sent, with the update of the card that its change brings', async () => {
    const form = formIn(await press(bob, 'Reply to the reporter'));
    const { updates } = card();
    await sends(bob, form, { text: 'We are on it' });
    expect(wordsOn(card().view)).not.toContain('is writing');
    expect(card().updates).toBe(updates + 1);
    expect(introOf(formIn(await press(alice, 'Resolve')))).not.toContain('Bob Brown');
  });

  it('goes on when it comes back with something to mend', async () => {
    const form = formIn(await press(bob, 'Resolve'));
    passes(50 * SECOND_MS);
    expect(await sends(bob, form, { text: ' ' })).toMatchObject({ kind: 'errors' });
    expect(introOf(formIn(await press(alice, 'Resolve')))).toContain(
      'Bob Brown has had the Resolve form open for 50 s.',
    );
  });

  it('counts for ten minutes, as nobody hears of one that was closed unsent', async () => {
    await press(bob, 'Reply to the reporter');
    passes(10 * MINUTE_MS - 1);
    expect(await detailsFor(lena)).toContain('Bob Brown is writing a reply, 9 min');
    passes(1);
    expect(await detailsFor(lena)).not.toContain('is writing');
    await press(alice, 'Resolve');
    expect(wordsOn(card().view)).not.toContain('Bob Brown is writing');
  });

  it('is nothing to show where it writes nothing that the others might write too, or was refused', async () => {
    const { updates } = card();
    for (const label of ['Add a note', 'Set priority', 'Assign']) formIn(await press(bob, label));
    expect(wordsIn(await press(vera, 'Resolve'))).toContain('viewer');
    expect(await floor.store.present(opened.id, floor.at)).toEqual([]);
    expect(card().updates).toBe(updates);
  });
});

describe('a form that is sent at the very moment somebody else acts', () => {
  /** Doors of a process that is held up before it writes, until the other has. */
  const heldUp = (meanwhile: readonly (() => Promise<unknown>)[]): Floor['doors'] => {
    const { store } = floor;
    const waiting = [...meanwhile];
    const transact: typeof store.transact = async (work, choose) => {
      await waiting.shift()?.();
      return store.transact(work, choose);
    };
    return createDoors({ ...floor.engine, store: { ...store, transact } });
  };
  const says = (who: Party, words: string) => () => floor.doors.line(`${words}`, calls(who));

  it('asks once more with what was typed, as if they had acted before', async () => {
    const { data } = formIn(await press(bob, 'Reply to the reporter'));
    const doors = heldUp([says(alice, `reply ${opened.ref} Mine first`)]);
    const again = formIn(await doors.submit('reply', data, { text: 'We are on it' }, calls(bob, { key: 'sent' })));
    expect(again).toMatchObject({ submit: 'Apply anyway' });
    expect(introOf(again)).toContain('Mine first');
    expect(valuesOf(again)).toEqual({ text: 'We are on it' });
    expect((await caseNow(floor, opened)).messages).toBe(1);
    expect(await floor.store.present(opened.id, floor.at)).toMatchObject([{ person: 'bob', doing: 'reply' }]);
    // Nothing was done yet, so that the platform may bring the same form again.
    await doors.submit('reply', again.data, valuesOf(again), calls(bob, { key: 'sent' }));
    expect((await caseNow(floor, opened)).messages).toBe(2);
  });

  it('goes through where what they did changes no words, however often they do it', async () => {
    const { data } = formIn(await press(bob, 'Reply to the reporter'));
    const doors = heldUp(['p1', 'p2', 'p3', 'p1'].map((priority) => says(carol, `${priority} ${opened.ref}`)));
    expect(wordsIn(await doors.submit('reply', data, { text: 'We are on it' }, calls(bob)))).toContain('on its way');
    expect(await caseNow(floor, opened)).toMatchObject({ messages: 1, priority: 'P3' });
  });
});
