/** The regular work of the desk, seen by people on both platforms. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pressOf } from '../../adapters/sandbox/slack/reading';
import { instantOn, localDay } from '../../src/domain/desk/localDay';
import { instant, SECOND_MS } from '../../src/domain/ids';
import {
  eventually,
  LEADS,
  type Product,
  SlackPerson,
  startProduct,
  TeamsPerson,
  textOf,
  wordsOn,
} from '../support/product';

const ZONE = 'Europe/London';
const EXAMPLE = readFileSync(join(__dirname, '..', '..', 'desk.yaml'), 'utf8');

describe('A day at the desk', () => {
  let product: Product;
  let alice: SlackPerson;
  let bob: SlackPerson;
  let lena: SlackPerson;
  let ravi: SlackPerson;
  let lenaInTeams: TeamsPerson;

  /** Moves everybody's clock to that time of the desk's day, so many days ahead. */
  const moveTo = (days: number, hour: number, minutes: number): void => {
    const now = instant(product.running.sandbox?.clock.now() ?? 0);
    const at = instantOn(ZONE, localDay(ZONE, now) + days, hour * 60 + minutes);
    product.push(at - now + SECOND_MS);
  };

  beforeAll(async () => {
    const desk = join(mkdtempSync(join(tmpdir(), 'baton-')), 'desk.yaml');
    // Open every day, so that the day of the test does not matter; without holidays for the same reason.
    writeFileSync(
      desk,
      `${EXAMPLE.replace(/ {2}holidays:[^\n]*\n(?: {4}- [^\n]*\n)+/, '').replace(/\ndigest:[\s\S]*$/, '')}\ndigest: { morning: "08:30", evening: "17:30" }\n`,
    );
    product = await startProduct({ DESK_CONFIG: desk });
    [alice, bob, lena, ravi] = ['U0ALICE', 'U0BOB', 'U0LENA', 'U0RAVI'].map((id) => new SlackPerson(product, id)) as [
      SlackPerson,
      SlackPerson,
      SlackPerson,
      SlackPerson,
    ];
    lenaInTeams = new TeamsPerson(product, '00000000-0000-0000-0000-000000001ea0');
    // Whatever hour it is: opened in the evening, so that the next day’s account begins before it and no digest is due meanwhile.
    const now = instant(product.running.sandbox?.clock.now() ?? 0);
    const tonight = instantOn(ZONE, localDay(ZONE, now), 20 * 60);
    moveTo(now < tonight ? 0 : 1, 20, 0);
    const source = { channel: 'C0SUPPORT', ts: await ravi.says('Nobody at Contoso can log in', 'C0SUPPORT') };
    await alice.reacts('ticket', source);
    await alice.card('CASE-1001', 'Not triaged yet');
    await alice.types('p1 CASE-1001');
    await alice.types('take CASE-1001');
    await alice.card('CASE-1001', 'P1 Urgent', 'Alice Anderson');
  });
  afterAll(() => product.stop());

  it('begins with each person’s own list', async () => {
    moveTo(1, 8, 30);
    const list = await alice.sees('Good morning, Alice Anderson');
    expect(wordsOn(list)).toContain('One case is yours, by what is due first.');
    expect(wordsOn(list)).toContain('CASE-1001');
    expect(list.channel.startsWith('D')).toBe(true);
    expect(bob.messages('Good morning, Bob Brown')).toEqual([]);
  });

  it('ends with what was met and missed and why, on both platforms', async () => {
    moveTo(0, 17, 30);
    const account = await lena.sees('How the day went', 'C0LEADS');
    const why = /Resolution, .*: Alice Anderson had had it for (3 h 59 min|4 h)\. Now In progress\./;
    for (const words of ['1 target was met (first response 1), 2 were missed.', 'Missed, and why', 'CASE-1001'])
      expect(wordsOn(account)).toContain(words);
    expect(wordsOn(account)).toMatch(why);
    const inTeams = await eventually(product, 'the account in Teams', () =>
      lenaInTeams.messages('How the day went', LEADS).at(-1),
    );
    expect(textOf(inTeams)).toMatch(why);
  });

  it('tells the leads of a channel that was archived over night', async () => {
    product.slack.setArchived('C0SUPPORT', true);
    moveTo(1, 8, 30);
    const card = await lena.sees('The intake channel #support is archived', 'C0LEADS');
    expect(wordsOn(card)).toContain('npx baton coverage');
    await eventually(product, 'the leads of Teams', () =>
      lenaInTeams.messages('The intake channel #support is archived', LEADS).at(-1),
    );
  });

  it('lets a lead try a draft of the desk file on the past', async () => {
    const home = await lena.home('What if…');
    await product.slack.act({ ...pressOf({ view_id: home.id }, home, 'What if…'), user: 'U0LENA' });
    const form = await lena.form();
    expect(wordsOn(form)).toContain('Nothing is changed');
    const wrong = await lena.fills({ 'What would change': 'prioritys: {}' });
    expect(wrong.errors.join()).toContain('did you mean priorities?');
    await lena.fills({ 'What would change': 'priorities:\n  P1: { resolution: 10d }' });
    const answer = await lena.sees('1 would come out differently');
    expect(wordsOn(answer)).toContain('Resolution would be still open instead of missed');
    expect(answer.ephemeral_to === 'U0LENA' || answer.channel.startsWith('D')).toBe(true);
  });
});
