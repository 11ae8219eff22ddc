/** What people get wrong with a hand-over: each is answered in a sentence that says what to do, on either platform. */
import type { Case } from '../../src/domain/case/case';
import type { Desk } from '../../src/domain/desk/desk';
import { calls, caseNow, type Floor, openCase, openFloor, wordsIn } from '../support/floor';
import { alice, carol, DESK, lena, ravi } from '../support/given';

const WORDS = { tried: 'Water', needed: 'Foam', told: 'Soon' };

describe.each(['slack', 'teams'])('a hand-over from %s', (platform) => {
  let floor: Floor;
  let theirs: Case;
  const by = (party: Parameters<typeof calls>[0]) => calls(party, { platform });
  const shows = (it: Case) => ({ case: it.id, seen: it.version, handover: it.handover?.id ?? '' });
  const starts = async (desk: Desk = DESK): Promise<void> => {
    floor = await openFloor(desk);
    const { id, ref } = await openCase(floor, ravi);
    await floor.doors.line(`take ${ref}`, by(alice));
    theirs = await caseNow(floor, { id });
  };
  const offered = async (): Promise<Case> => {
    await floor.doors.submit('escalate', shows(theirs), WORDS, by(alice));
    return caseNow(floor, theirs);
  };
  afterEach(async () => {
    expect(floor.troubles).toEqual([]);
    await floor.close();
  });

  it('to levels with nobody in them goes to nobody, and a person is suggested', async () => {
    await starts({ ...DESK, levels: DESK.levels.map((level, at) => (at === 0 ? level : { ...level, members: [] })) });
    const said = wordsIn(await floor.doors.submit('escalate', shows(theirs), WORDS, by(alice)));
    expect(said).toContain('Assign it to a person instead');
    expect((await caseNow(floor, theirs)).handover).toBeNull();
  });

  it('to a level whose people have all left the desk file goes to the next', async () => {
    await starts();
    floor.desk = { ...DESK, people: DESK.people.filter(({ id }) => id !== carol.id) };
    expect((await offered()).handover).toMatchObject({ asked: { kind: 'level', level: 'L3 Management' } });
  });

  it('is accepted once: a second press says who has it', async () => {
    await starts();
    const it = await offered();
    await floor.doors.press('accept', shows(it), by(carol));
    expect(wordsIn(await floor.doors.press('accept', shows(it), by(lena)))).toContain('Carol Chen accepted');
    expect((await caseNow(floor, it)).holder).toMatchObject({ kind: 'owner', person: 'carol' });
  });

  it('is declined with a reason only', async () => {
    await starts();
    const it = await offered();
    const said = await floor.doors.submit('decline', shows(it), { text: '   ' }, by(carol));
    expect(wordsIn(said)).toContain('Say why you decline');
    expect((await caseNow(floor, it)).handover).not.toBeNull();
  });
});
