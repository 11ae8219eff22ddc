/** What if the desk file said something else: asked in chat, over the real engine and store. */

import { createDoors } from '../../src/app/doors';
import type { Engine } from '../../src/app/perform';
import { whatIf } from '../../src/app/whatIf';
import { draftDesk } from '../../src/config/deskDraft';
import type { Case, Party } from '../../src/domain/case/case';
import { HOUR_MS, later } from '../../src/domain/ids';
import { buttonsOn, calls, type Floor, formIn, openCase, openFloor, valuesOf, wordsIn } from '../support/floor';
import { alice, DESK, lena, ravi, SOURCE, vera } from '../support/given';

let floor: Floor;
let engine: Engine;
let places = 0;
beforeEach(async () => {
  floor = await openFloor();
  /** Like main: what is written is laid over the file in force, which says what DESK says of priorities. */
  const current =
    'priorities:\n  P1: { first_response: 1h, resolution: 4h, hours: 24x7 }\n  P2: { first_response: 4h, resolution: 16h }\n';
  const draft: Engine['draft'] = async (words) => {
    const read = draftDesk(current, words, { path: 'desk.yaml' });
    return 'problem' in read ? read : { desk: { ...DESK, priorities: read.desk.priorities } };
  };
  engine = { ...floor.engine, draft };
});
afterEach(() => floor.close());

const press = (party: Party) => createDoors(engine).press('whatif', {}, calls(party));
const ask = async (text: string, party: Party = lena, days = '90') =>
  createDoors(engine).submit('whatif', {}, { text, days }, calls(party));
/** A P2 that is taken so many hours after it was opened. */
const taken = async (afterHours: number): Promise<Case> => {
  places += 1;
  const it = await openCase(floor, ravi, { ...SOURCE, message: `7.${places}` });
  await floor.doors.line(`p2 ${it.ref}`, calls(alice));
  floor.at = later(floor.at, afterHours * HOUR_MS);
  await floor.doors.line(`take ${it.ref}`, calls(alice));
  floor.at = later(floor.at, -afterHours * HOUR_MS);
  return it;
};

describe('What if…', () => {
  it('is a button on the pages of leads only', async () => {
    const labels = async (party: Party) =>
      buttonsOn(await floor.doors.home(calls(party), {})).map(({ label }) => label);
    expect(await labels(lena)).toContain('What if…');
    for (const other of [alice, vera, ravi]) expect(await labels(other)).not.toContain('What if…');
    expect(wordsIn(await press(alice))).toContain('Only leads and admins');
    expect(wordsIn(await ask('desk: {}', alice))).toContain('Only leads and admins');
  });

  it('asks for what would change, with 90 days as a start', async () => {
    const form = formIn(await press(lena));
    expect(form.submit).toBe('Compare');
    expect(valuesOf(form)).toEqual({ text: '', days: '90' });
  });

  it('says shares by clock and priority on both desks, and names the cases that flip', async () => {
    await taken(1);
    const late = await taken(3);
    await taken(6);
    floor.at = later(floor.at, 7 * HOUR_MS);
    const before = JSON.stringify(await floor.store.list({ offset: 0, limit: 100 }));
    const answer = await ask('priorities:\n  P2: { first_response: 2h }');
    const words = wordsIn(answer);
    expect(words).toContain('3 cases of the last 90 days');
    expect(words).toContain('First response, 🟠 P2 Standard: met 67 % (2 of 3) now, 33 % (1 of 3) then');
    expect(words).toContain('1 would come out differently.');
    expect(words).toContain(
      `${late.ref} The printer is on fire First response would be missed instead of met [Details]`,
    );
    expect(words).toContain('nothing has been changed');
    expect(JSON.stringify(await floor.store.list({ offset: 0, limit: 100 }))).toBe(before);
    if (answer.kind !== 'said') throw new Error('no answer');
    const [details] = buttonsOn(answer.view);
    expect(wordsIn(await floor.doors.press('details', details!.data, calls(lena)))).toContain(late.ref);
  });

  it('links to the card of a case that flips, where the reader’s platform has one', async () => {
    const late = await taken(3);
    floor.at = later(floor.at, 7 * HOUR_MS);
    const answer = await ask('priorities:\n  P2: { first_response: 2h }');
    if (answer.kind !== 'said') throw new Error('no answer');
    const [row] = answer.view.sections.filter(({ kind }) => kind === 'row');
    const place = await floor.store.cardOf(late.id, calls(lena).platform);
    expect(place).not.toBeNull();
    expect(row).toMatchObject({ title: [{ kind: 'place', place, label: late.ref }, {}] });
  });

  it('of the same desk flips nothing', async () => {
    await taken(1);
    await taken(6);
    floor.at = later(floor.at, 7 * HOUR_MS);
    expect(wordsIn(await ask('priorities:\n  P2: { first_response: 4h }'))).toContain(
      'No case would come out differently.',
    );
  });

  it('keeps the form open with a sentence under the field for a draft that is wrong', async () => {
    expect(wordsIn(await ask('priorities: { P2: { first_response: soon } }'))).toContain(
      'text: priorities.P2.first_response: "soon" is not a length of time',
    );
    expect(wordsIn(await ask('prioritys: {}'))).toContain('did you mean priorities?');
    expect(wordsIn(await ask('   '))).toContain('text: Write what would change');
  });

  it('says so where nothing was opened in that time', async () => {
    expect(wordsIn(await ask('desk: { name: New }', lena, '30'))).toContain('No case was opened in the last 30 days');
    await taken(1);
    floor.at = later(floor.at, 24 * 40 * HOUR_MS);
    expect(wordsIn(await ask('desk: { name: New }', lena, '30'))).toContain('No case was opened in the last 30 days');
    expect(wordsIn(await ask('desk: { name: New }', lena, '90'))).toContain('One case of the last 90 days');
  });

  it('points to the command line where this Baton cannot read drafts', async () => {
    engine = floor.engine;
    expect(wordsIn(await press(lena))).toContain('npx baton whatif --desk draft.yaml');
  });
});

it('looks at the newest cases only when it is asked for so many, and says so', async () => {
  for (const hours of [1, 2, 3]) await taken(hours);
  const asked = { now: DESK, draft: DESK, at: later(floor.at, HOUR_MS), days: 90 };
  expect(await whatIf(floor.store, { ...asked, most: 2 })).toMatchObject({ cases: 2, all: false });
  expect(await whatIf(floor.store, { ...asked, most: 3 })).toMatchObject({ cases: 3, all: true });
  expect(await whatIf(floor.store, asked)).toMatchObject({ cases: 3, all: true });
});
