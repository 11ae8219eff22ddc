/** Who is on, who is away, who does whose shift, and the pack at the end of one: by people in Slack and in Teams. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SlackEntry } from '../../adapters/sandbox/slack/protocol';
import { instantOn, localDay } from '../../src/domain/desk/localDay';
import { instant, SECOND_MS } from '../../src/domain/ids';
import {
  elementNames,
  LEADS,
  type Product,
  SlackPerson,
  startProduct,
  TeamsPerson,
  textOf,
  wordsOn,
} from '../support/product';

const ZONE = 'Europe/London';
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Every day, so that the day of the test does not matter. */
const daily = (hours: string): string => `{ ${DAYS.map((day) => `${day}: ["${hours}"]`).join(', ')} }`;
const PEOPLE = `people:
  - { id: alice, name: Alice Anderson, slack: U0ALICE, hours: ${daily('08:00-16:00')} }
  - { id: bob, name: Bob Brown, teams: 00000000-0000-0000-0000-000000000b0b, timezone: America/New_York, hours: ${daily('09:00-19:00')} }
  - { id: carol, name: Carol Chen, slack: U0CAROL, timezone: Asia/Tokyo, hours: ${daily('08:00-17:00')} }
  - { id: lena, name: Lena Lead, slack: U0LENA, teams: 00000000-0000-0000-0000-000000001ea0, role: lead }

levels:
  - { name: L1 Frontline, members: [alice, bob, carol], accept_within: 30m }
  - { name: L2 Leads, members: [lena], accept_within: 30m }

rota:
  triage:
    shifts:
      - { name: London, who: alice, hours: ${daily('08:00-16:00')} }
      - { name: New York, who: bob, timezone: America/New_York, hours: ${daily('11:00-19:00')} }
      - { name: Tokyo, who: carol, timezone: Asia/Tokyo, hours: ${daily('09:00-17:00')} }
`;
const CHAT_OF_BOB = 'a:100000000000000000000000000000b0b';
const TITLES = ['Labels do not print', 'Nobody at Contoso can log in', 'The price export stops half way'];

describe('A day and a night with shifts', () => {
  let product: Product;
  let alice: SlackPerson;
  let carol: SlackPerson;
  let lena: SlackPerson;
  let ravi: SlackPerson;
  let bob: TeamsPerson;
  let lenaInTeams: TeamsPerson;

  /** Moves everybody's clock to that time of London's day, so many days ahead. */
  const moveTo = (days: number, hour: number, minutes: number): void => {
    const now = instant(product.running.sandbox?.clock.now() ?? 0);
    const at = instantOn(ZONE, localDay(ZONE, now) + days, hour * 60 + minutes);
    product.push(at - now + SECOND_MS);
  };
  const bobTypes = (words: string): Promise<string> => bob.says(`case ${words}`, CHAT_OF_BOB);
  /** Opened by Alice in Slack, of this priority and hers. */
  const takes = async (number: number, priority: string): Promise<void> => {
    const ref = `CASE-${1000 + number}`;
    await alice.types(`new ${TITLES[number % TITLES.length]}`);
    await alice.fills({});
    await alice.card(ref, 'New');
    await alice.types(`${priority} ${ref}`);
    await alice.types(`take ${ref}`);
    await alice.card(ref, 'In progress', 'Alice Anderson');
  };

  beforeAll(async () => {
    const example = readFileSync(join(__dirname, '..', '..', 'desk.yaml'), 'utf8');
    const desk = join(mkdtempSync(join(tmpdir(), 'baton-')), 'desk.yaml');
    const rest = example.replace(/ {2}holidays:[^\n]*\n(?: {4}- [^\n]*\n)+/, '');
    writeFileSync(desk, rest.replace(/people:[\s\S]*?(?=\nchannels:)/, PEOPLE));
    product = await startProduct({ DESK_CONFIG: desk });
    [alice, carol, lena, ravi] = ['U0ALICE', 'U0CAROL', 'U0LENA', 'U0RAVI'].map(
      (id) => new SlackPerson(product, id),
    ) as [SlackPerson, SlackPerson, SlackPerson, SlackPerson];
    bob = new TeamsPerson(product, '29:1-bob-acme');
    lenaInTeams = new TeamsPerson(product, '29:1-lena-acme');
  });
  afterAll(() => product.stop());

  it('begins for whoever is on, with what waits, and rota shows it on both platforms', async () => {
    moveTo(1, 7, 30);
    moveTo(0, 8, 0);
    const begun = await alice.sees('Your triage shift has begun');
    expect(wordsOn(begun)).toContain('You triage until');
    expect(begun.channel.startsWith('D')).toBe(true);
    await alice.types('rota');
    const rota = await alice.sees('Who is on');
    expect(rota.ephemeral_to).toBe('U0ALICE');
    for (const words of ['triages now (London)', 'Next week', 'New York']) expect(wordsOn(rota)).toContain(words);
    expect(elementNames(rota)).toContain('Swap a shift');
    await bobTypes('rota');
    const inTeams = textOf(await bob.sees('Who is on', CHAT_OF_BOB));
    expect(inTeams).toContain('Times in America/New_York, your zone');
    expect(inTeams).toContain('Next week');
    await ravi.types('rota');
    await ravi.sees('Only people of the desk');
  });

  it('swaps a shift from Slack to Teams once it is accepted, and not when it is declined', async () => {
    await alice.types('swap @alice');
    await alice.sees('That shift is yours already');
    await alice.types('swap with Bob Brown');
    await alice.sees('Bob Brown is asked to do London');
    const asked = await bob.sees('Do a triage shift?', CHAT_OF_BOB);
    expect(textOf(asked)).toContain('Alice Anderson asks you');
    await bob.presses('Decline', asked);
    await alice.sees('Bob Brown cannot do your triage shift');
    await alice.types('swap tomorrow with Bob Brown');
    const again = await bob.sees('Do a triage shift?', CHAT_OF_BOB);
    await bob.presses('Accept', again);
    await alice.sees('Bob Brown does your triage shift London');
    await bobTypes('rota');
    await bob.sees(' for Alice Anderson (London)', CHAT_OF_BOB);
  });

  it('swaps from Teams to Slack, also what was somebody else’s', async () => {
    await bobTypes('swap @bob');
    await bob.sees('That shift is yours already', CHAT_OF_BOB);
    await bobTypes('swap tomorrow @carol');
    const asked = await carol.sees('Do a triage shift?');
    await carol.presses('Decline', asked);
    await bob.sees('Carol Chen cannot do your triage shift', CHAT_OF_BOB);
    await carol.sees('You declined to do Bob Brown’s triage shift');
    await bobTypes('swap tomorrow @alice');
    await alice.presses('Accept', await alice.sees('Do a triage shift?'));
    await bob.sees('Alice Anderson does your triage shift London', CHAT_OF_BOB);
    await alice.sees('You do Bob Brown’s triage shift London');
  });

  it('says who is away and back, on both platforms', async () => {
    await alice.types('away 2h');
    await alice.sees('You are away until');
    await bobTypes('rota');
    await bob.sees('Alice Anderson (away, back', CHAT_OF_BOB);
    await alice.types('back');
    await alice.sees('You are back.');
    await bobTypes('away sometime');
    await bob.sees('names no time that lies ahead', CHAT_OF_BOB);
    await bobTypes('away 3h');
    await bob.sees('You are away until', CHAT_OF_BOB);
    await bobTypes('back');
    await bob.sees('You are back.', CHAT_OF_BOB);
    await bobTypes('back');
    await bob.sees('You are not away', CHAT_OF_BOB);
  });

  it('asks for next steps half an hour before the end, all in one form', async () => {
    moveTo(0, 15, 5);
    for (let number = 1; number <= 12; number += 1) await takes(number, number < 5 ? 'p1' : 'p2');
    await takes(13, 'p3');
    await alice.types('reply CASE-1001 We look into it this afternoon');
    moveTo(0, 15, 30);
    const asked = await alice.sees('Your shift is about to end');
    expect(wordsOn(asked)).toContain('12 cases cannot wait');
    await alice.presses('Write 10 next steps at once', asked);
    const form = await alice.form();
    const filled: Record<string, SlackEntry> = Object.fromEntries(
      elementNames(form).map((label) => [label, 'Ask them for the log of this morning']),
    );
    expect(Object.keys(filled)).toHaveLength(10);
    const sent = await alice.fills(filled);
    expect(sent.errors).toEqual([]);
    await alice.sees('what is next on the 2 without');
  });

  it('hands the pack to whoever is there, in Teams, and marks what stays', async () => {
    moveTo(0, 16, 0);
    const pack = await bob.sees('hand-over pack (12)', CHAT_OF_BOB);
    expect(textOf(pack)).toContain('read the history first');
    expect(textOf(pack)).toContain('Next: Ask them for the log of this morning');
    expect(textOf(pack)).toContain('Told: We look into it this afternoon');
    await alice.card('CASE-1013', 'Waits for', 'Alice Anderson', 'back');
    expect(wordsOn(await lena.sees('left no next step on 2 cases', 'C0LEADS'))).toContain('Bob Brown');
    expect(textOf(await lenaInTeams.sees('left no next step on 2 cases', LEADS))).toContain('Bob Brown');
    await bob.presses('Accept', pack);
    await bob.sees('hand-over pack (11)', CHAT_OF_BOB);
    await bob.presses('Accept all 11', pack);
    await bob.sees('nothing in it is open any more', CHAT_OF_BOB);
    await alice.card('CASE-1012', 'Bob Brown');
  });

  it('goes on to the next one, in Slack', async () => {
    moveTo(0, 23, 30);
    const asked = await bob.sees('Your shift is about to end', CHAT_OF_BOB);
    const opened = await bob.presses('Next step', asked);
    expect(opened.ok).toBe(true);
    await bob.fills('Leave', { step0: 'Ring their night shift' });
    await bob.sees('Next: Ring their night shift', CHAT_OF_BOB);
    moveTo(1, 0, 0);
    const pack = await carol.sees('hand-over pack (12)');
    expect(wordsOn(pack)).toContain('Ring their night shift');
    await carol.presses('Accept all 12', pack);
    await carol.sees('12 cases are yours now.');
    await carol.sees('nothing in it is open any more');
    await carol.card('CASE-1001', 'Carol Chen');
  });
});
