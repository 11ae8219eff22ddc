/** Somebody is taken out of the desk file, or only looks from now on, while they have cases. */
import { followDesk } from '../../src/app/wake';
import { type Case, ownerOf, type Party } from '../../src/domain/case/case';
import type { Desk } from '../../src/domain/desk/desk';
import { MINUTE_MS, type PersonId } from '../../src/domain/ids';
import { type DeskDay, openDay } from '../support/deskDay';
import { calls, caseNow, shownTo, wordsOn } from '../support/floor';
import { ada, alice, bob, DESK, ravi } from '../support/given';

const withoutPeople = (desk: Desk, gone: readonly PersonId[]): Desk => ({
  ...desk,
  people: desk.people.filter(({ id }) => !gone.includes(id)),
  levels: desk.levels.map((level) => ({ ...level, members: level.members.filter((id) => !gone.includes(id)) })),
});

let day: DeskDay;
beforeEach(async () => {
  day = await openDay(DESK);
  await followDesk(day.floor.engine);
});
afterEach(() => day.close());

const edited = async (desk: Desk): Promise<void> => {
  day.floor.desk = desk;
  await followDesk(day.floor.engine);
  await day.passes(MINUTE_MS);
};
const owned = async (by: Party, priority: string): Promise<Case> => {
  const it = await day.anotherCase();
  await day.type(by, `${priority} ${it.ref}`);
  await day.type(by, `take ${it.ref}`);
  return it;
};
const now = (it: Case): Promise<Case> => caseNow(day.floor, it);

describe('Whoever has left the desk file', () => {
  it('leaves nothing behind: all that they owned is offered within a minute to somebody who is there', async () => {
    const [urgent, low, waiting] = [await owned(bob, 'p1'), await owned(bob, 'p3'), await owned(bob, 'p2')];
    await day.type(bob, `wait ${waiting.ref}`);
    const other = await owned(alice, 'p3');
    await edited(withoutPeople(DESK, [bob.id]));
    for (const it of [urgent, low, waiting])
      expect((await now(it)).handover).toMatchObject({ pack: 'bob:left', asked: { kind: 'person', person: 'alice' } });
    expect((await now(other)).handover).toBeNull();
    const [pack] = shownTo(day.floor.slack, 'U0ALICE').filter(({ view }) => wordsOn(view).includes('hand-over pack'));
    expect(wordsOn(pack!.view)).toContain('hand-over pack (3)');
    expect(wordsOn(pack!.view)).toContain('No longer of the desk');
    await day.floor.doors.press('accept-all', { pack: 'bob:left' }, calls(alice));
    await day.floor.settled();
    for (const it of [urgent, low, waiting]) expect(ownerOf(await now(it))).toBe('alice');
  });

  it('is asked for no answer: what nobody accepts in time is given to somebody, with the reason', async () => {
    const it = await owned(bob, 'p3');
    await edited(withoutPeople(DESK, [bob.id]));
    await day.passes(30 * MINUTE_MS);
    expect(ownerOf(await now(it))).toBe('lena');
    const journal = await day.floor.store.journalOf(it.id);
    expect(journal.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'CaseAssigned', why: expect.stringContaining('is no longer of the desk') }),
    );
  });

  it('gets no case back by a decline, and nobody is asked again for what they declined', async () => {
    const it = await owned(bob, 'p3');
    await edited(withoutPeople(DESK, [bob.id]));
    for (let turn = 0; turn < DESK.people.length; turn += 1) {
      const { handover } = await now(it);
      const person = handover?.asked.kind === 'person' ? handover.asked.person : null;
      if (handover === null || person === null) break;
      const by = DESK.people.find(({ id }) => id === person)!;
      const shows = { case: it.id, handover: handover.id };
      await day.floor.doors.submit('decline', shows, { text: 'Not me' }, calls({ kind: 'person', ...by }));
    }
    expect((await now(it)).handover).toMatchObject({ asked: { kind: 'leads' } });
    const journal = await day.floor.store.journalOf(it.id);
    const asked = journal.flatMap(({ event }) =>
      event.type === 'HandoverProposed' && event.handover.asked.kind === 'person' ? [event.handover.asked.person] : [],
    );
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.length).toBeGreaterThan(2);
    // The leads are the last: declined by them too, it is given to one who is there.
    const { handover } = await now(it);
    await day.floor.doors.submit('decline', { case: it.id, handover: handover!.id }, { text: 'No' }, calls(ada));
    expect(await now(it)).toMatchObject({ handover: null, holder: { kind: 'owner', person: expect.any(String) } });
    expect(ownerOf(await now(it))).not.toBe('bob');
  });

  it('is treated alike when they only look from now on', async () => {
    const it = await owned(bob, 'p2');
    await edited({ ...DESK, people: DESK.people.map((one) => (one.id === bob.id ? { ...one, role: 'viewer' } : one)) });
    expect((await now(it)).handover).toMatchObject({ pack: 'bob:left', asked: { person: 'alice' } });
  });

  it('has no turn any more: it is somebody else’s at once, who hears why', async () => {
    const it = await day.anotherCase();
    const { holder } = await now(it);
    const whose = holder.kind === 'turn' ? holder.person : bob.id;
    day.floor.desk = withoutPeople(DESK, [whose]);
    await followDesk(day.floor.engine);
    await day.floor.settled();
    const next = (await now(it)).holder;
    expect(next).toMatchObject({ kind: 'turn' });
    expect(next.kind === 'turn' && next.person).not.toBe(whose);
    const account = DESK.people.find(({ id }) => next.kind === 'turn' && id === next.person)?.accounts['slack'] ?? '';
    const words = shownTo(day.floor.slack, account).map(({ view }) => wordsOn(view));
    expect(words.join()).toContain(`${whose} is no longer of the desk`);
  });

  it('and everybody else: what nobody could have finds a turn as soon as somebody is of the desk again', async () => {
    const it = await day.anotherCase(ravi);
    const everybody = DESK.people.map(({ id }) => id);
    day.floor.desk = withoutPeople(DESK, everybody);
    await followDesk(day.floor.engine);
    const second = await day.anotherCase(ravi);
    expect((await now(second)).holder.kind).toBe('nobody');
    await edited(DESK);
    for (const one of [it, second]) expect((await now(one)).holder).toMatchObject({ kind: 'turn' });
  });
});
