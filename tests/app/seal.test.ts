import { createSeals, installSecret } from '../../src/app/seal';
import { sealedDoors, sealedSurface } from '../../src/app/sealed';
import { DAY_MS, later } from '../../src/domain/ids';
import {
  buttonOn,
  calls,
  createWall,
  type Floor,
  formIn,
  openCase,
  openFloor,
  shownIn,
  valuesOf,
  wordsIn,
} from '../support/floor';
import { alice, bob, ravi, SOURCE, TEN } from '../support/given';

const seals = createSeals('a secret');

describe('a seal', () => {
  const data = { case: 'c1', seen: 3 };
  const button = seals.button('take', data);

  it('comes off again', () => {
    expect(seals.opened('take', button, 'person:alice', TEN)).toEqual(data);
    const form = seals.form('resolve', data, 'person:alice', TEN);
    expect(seals.opened('resolve', form, 'person:alice', later(TEN, DAY_MS))).toEqual(data);
  });

  it.each([
    ['another case', { ...button, case: 'c2' }],
    ['another version', { ...button, seen: 4 }],
    ['a number as a word', { ...button, seen: '3' }],
    ['more than was sealed', { ...button, to: 'bob' }],
    ['less than was sealed', { case: 'c1', sig: button['sig']! }],
    ['no seal', data],
    ['an empty seal', { ...data, sig: '' }],
    ['a seal of another secret', createSeals('another').button('take', data)],
    ['the time of a form put onto a button', { ...button, until: TEN + DAY_MS }],
  ])('is broken by %s', (_, changed) => {
    expect(seals.opened('take', changed, 'person:alice', TEN)).toBe('forged');
  });

  it('is for one action, and for one person and a day where it is a form', () => {
    expect(seals.opened('resolve', button, 'person:alice', TEN)).toBe('forged');
    const form = seals.form('resolve', data, 'person:alice', TEN);
    expect(seals.opened('resolve', form, 'person:bob', TEN)).toBe('forged');
    expect(seals.opened('resolve', { ...form, until: TEN + 2 * DAY_MS }, 'person:alice', TEN)).toBe('forged');
    expect(seals.opened('resolve', form, 'person:alice', later(TEN, DAY_MS + 1))).toBe('too-late');
    const { until: _, ...open } = form;
    expect(seals.opened('resolve', open, 'person:alice', TEN)).toBe('forged');
  });
});

describe('doors with seals', () => {
  let floor: Floor;
  const refused: string[] = [];
  const doors = () =>
    sealedDoors(floor.doors, {
      seals,
      now: () => floor.at,
      refused: (broken, verb, { party }) =>
        refused.push(`${broken} ${verb} ${party.kind === 'person' ? party.id : ''}`),
    });
  beforeEach(async () => {
    floor = await openFloor();
    refused.length = 0;
  });
  afterEach(() => floor.close());

  const opened = async () => {
    const message = { place: SOURCE, text: 'It burns', at: floor.at, author: ravi };
    return formIn(await doors().openFrom(message, calls(bob)));
  };

  it('open a case from a form that came back as it was', async () => {
    const form = await opened();
    await doors().submit('open', form.data, valuesOf(form), calls(bob));
    expect(await floor.store.caseByNumber(1001)).toMatchObject({ reporter: ravi, source: SOURCE });
  });

  it('open none in the name of somebody else, or about a message that nobody showed them', async () => {
    const form = await opened();
    const author = JSON.stringify(alice);
    const forged: Readonly<Record<string, string | number>>[] = [
      { ...form.data, author },
      { ...form.data, message: '7.7' },
      { platform: 'slack', channel: 'C0LEADS', message: '1' },
    ];
    for (const data of forged) {
      const answer = await doors().submit('open', data, { title: 'Mine' }, calls(bob));
      expect(answer).toMatchObject({ kind: 'errors' });
      expect(wordsIn(answer)).toContain('nothing was changed');
    }
    expect(await floor.store.caseByNumber(1001)).toBeNull();
    expect(refused).toEqual(['forged open bob', 'forged open bob', 'forged open bob']);
  });

  it('take no form from somebody whom it was not shown to, and none from the day before yesterday', async () => {
    const form = await opened();
    expect(wordsIn(await doors().submit('open', form.data, { title: 'x' }, calls(alice)))).toContain('somebody else');
    floor.at = later(floor.at, DAY_MS + 1);
    expect(wordsIn(await doors().submit('open', form.data, { title: 'x' }, calls(bob)))).toContain(
      'more than a day ago',
    );
    expect(await floor.store.caseByNumber(1001)).toBeNull();
  });

  it('carry a button through card, press and form', async () => {
    const it = await openCase(floor, ravi);
    const wall = createWall('slack');
    const place = await sealedSurface(wall, seals).post(
      { kind: 'channel', platform: 'slack', channel: 'C0TRIAGE', thread: null },
      shownIn(floor.slack, 'C0TRIAGE')[0]!.view,
      { id: 'p' },
    );
    const { data } = buttonOn(wall.shown.find((one) => one.place === place)!.view, 'Resolve');
    expect(wordsIn(await doors().press('resolve', { ...data, seen: 99 }, calls(alice)))).toContain(
      'nothing was changed',
    );
    await doors().press('take', { case: it.id, seen: it.version }, calls(alice));
    expect((await floor.store.caseById(it.id))?.version).toBe(it.version);
    const form = formIn(await doors().press('resolve', data, calls(alice)));
    await doors().submit('resolve', form.data, { text: 'Water' }, calls(alice));
    expect(await floor.store.caseById(it.id)).toMatchObject({ status: 'Resolved', resolution: 'Water' });
  });

  it('turn the pages of one’s own page', async () => {
    for (let n = 0; n < 9; n++) await openCase(floor, ravi, { ...SOURCE, message: `m${n}` });
    const view = await doors().home(calls(alice), {});
    const { verb, data } = buttonOn(view, 'Next');
    expect(await doors().home(calls(alice), data)).not.toEqual(view);
    expect(verb).toBe('home');
  });
});

describe('the secret of an installation', () => {
  it('is made once, whoever starts first', async () => {
    const floor = await openFloor();
    const [one, two] = await Promise.all([installSecret(floor.store), installSecret(floor.store)]);
    expect(one).toBe(two);
    expect(Buffer.from(one, 'base64url')).toHaveLength(32);
    await floor.close();
  });
});
