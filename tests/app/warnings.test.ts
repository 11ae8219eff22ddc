/** Warnings that help, driven over the real engine, store and outbox. */
import type { Party } from '../../src/domain/case/case';
import type { Desk } from '../../src/domain/desk/desk';
import { HOUR_MS, instant, MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import type { Calendar } from '../../src/domain/sla/calendar';
import { WEEKDAYS } from '../../src/domain/sla/hours';
import {
  buttonOn,
  buttonsOn,
  calls,
  caseNow,
  type Floor,
  openCase,
  openFloor,
  shownIn,
  shownTo,
  whispered,
  wordsIn,
  wordsOn,
} from '../support/floor';
import { alice, bob, carol, DESK, lena, ravi, SOURCE } from '../support/given';

const BOTH: Desk = { ...DESK, leads: { slack: 'C0LEADS', teams: '19:leads' } };
const MARKS: Desk = {
  ...BOTH,
  warnAt: [
    { kind: 'share', share: 0.75 },
    { kind: 'share', share: 0.9 },
  ],
};
/** Nobody of level 1 is told anything between 13:00 and 15:00. */
const QUIET: Calendar = {
  name: 'quiet',
  zone: 'Europe/London',
  weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, [{ start: '13:00', end: '15:00' }]])),
  holidays: [],
  overrides: {},
  breaks: [],
};
const withQuiet = (desk: Desk, ...people: readonly Party[]): Desk => ({
  ...desk,
  people: desk.people.map((one) =>
    people.some((who) => who.kind === 'person' && who.id === one.id) ? { ...one, quiet: QUIET } : one,
  ),
});

let floor: Floor;
afterEach(async () => {
  expect(floor.troubles).toEqual([]);
  await floor.close();
});

const inLeads = (): readonly string[] => shownIn(floor.slack, 'C0LEADS').map(({ view }) => wordsOn(view));
/** What was posted into the leads' channel as messages of their own, and what in threads below them. */
const cards = () => shownIn(floor.slack, 'C0LEADS').filter(({ to }) => to.kind === 'channel' && to.thread === null);
const lines = () => shownIn(floor.slack, 'C0LEADS').filter(({ to }) => to.kind === 'channel' && to.thread !== null);
const type = (party: Party, words: string) => floor.doors.line(words, calls(party)).then(wordsIn);

describe('A warning', () => {
  it('goes to the leads of every platform as one card, and to whose turn it is in private', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    await floor.passes(3 * HOUR_MS);
    const [card] = cards();
    const words = wordsOn(card!.view);
    for (const said of [
      'First response at risk · CASE-1001',
      '1 h 00 min left',
      '75 %',
      'nobody has triaged or taken it yet',
    ])
      expect(words).toContain(said);
    expect(buttonsOn(card!.view).map(({ label }) => label)).toEqual(['Take', 'Reassign', 'Escalate', 'Details']);
    expect(shownIn(floor.teams, '19:leads')).toHaveLength(1);
    const own = shownTo(floor.slack, 'U0BOB').at(-1)!;
    expect(wordsOn(own.view)).toContain('First response of CASE-1001 is at risk: 1 h 00 min left.');
  });

  it('is the same card at the next mark and at the breach, with a word under it each time; nobody is told twice', async () => {
    floor = await openFloor(MARKS);
    await openCase(floor, ravi);
    await floor.passes(3 * HOUR_MS);
    await floor.passes(36 * MINUTE_MS);
    expect(cards()).toHaveLength(1);
    expect(wordsOn(cards()[0]!.view)).toContain('90 %');
    expect(lines().map(({ view }) => view.summary)).toEqual([
      'First response of CASE-1001 is still at risk (90 %): 24 min left. Owner: none yet.',
    ]);
    expect(lines()[0]!.to).toMatchObject({ thread: cards()[0]!.place.message });
    await floor.passes(24 * MINUTE_MS + 1);
    expect(cards()).toHaveLength(1);
    expect(wordsOn(cards()[0]!.view)).toContain('First response breached');
    expect(lines().at(-1)!.view.summary).toContain('is breached now');
    await floor.passes(MINUTE_MS);
    expect(lines()).toHaveLength(2);
    expect(
      shownTo(floor.slack, 'U0BOB').filter(({ view }) => wordsOn(view).includes('First response of')),
    ).toHaveLength(3);
  });

  it('mentions each lead under the card on one platform only', async () => {
    floor = await openFloor(MARKS);
    await openCase(floor, ravi);
    await floor.passes(3 * HOUR_MS);
    await floor.passes(36 * MINUTE_MS);
    expect(wordsOn(lines()[0]!.view)).toContain('Lena Lead Ada Admin');
    const inTeams = shownIn(floor.teams, '19:leads').at(-1)!;
    expect(wordsOn(inTeams.view)).not.toContain('Lena');
  });

  it.each([
    [
      'met',
      (f: Floor) => f.doors.line('reply CASE-1001 We are on it', calls(alice)),
      'Over: met by Alice Anderson, 13:01 with 59 min to spare',
    ],
    [
      'moved',
      (f: Floor) => f.doors.line('p3 CASE-1001', calls(alice)),
      'Over: Alice Anderson, 13:01 changed what is promised',
    ],
    ['resolved', (f: Floor) => f.doors.line('resolve CASE-1001 Put out', calls(bob)), 'Over: met by Bob Brown, 13:01'],
  ] as const)('says when the danger is over: %s', async (_, act, words) => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    await floor.passes(3 * HOUR_MS);
    await floor.passes(MINUTE_MS);
    await act(floor);
    await floor.settled();
    expect(cards()).toHaveLength(1);
    const [card] = cards();
    expect(wordsOn(card!.view)).toContain(words);
    expect(wordsOn(card!.view)).toContain('First response was at risk · CASE-1001');
    expect(card!.view.tone).toBe('good');
    expect(buttonsOn(card!.view).map(({ label }) => label)).toEqual(['Details']);
    expect(lines()).toHaveLength(0);
    const own = shownTo(floor.slack, 'U0BOB').filter(({ view }) =>
      wordsOn(view).includes('First response was at risk'),
    );
    expect(own).toHaveLength(1);
  });

  it('says that the clock stands still, and is an alarm again when it goes on', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    await type(alice, 'take CASE-1001');
    await type(alice, 'p1 CASE-1001');
    await floor.passes(3 * HOUR_MS);
    expect(wordsOn(cards()[0]!.view)).toContain('Resolution at risk');
    await type(alice, 'wait CASE-1001');
    await floor.settled();
    expect(wordsOn(cards()[0]!.view)).toContain(
      'Over for now: the clock stands still (Alice Anderson, 13:00), with 1 h 00 min left.',
    );
    await type(alice, 'resume CASE-1001');
    await floor.settled();
    expect(wordsOn(cards()[0]!.view)).toContain('Resolution at risk · CASE-1001');
    expect(cards()).toHaveLength(1);
  });

  it('says that an answer came late, and that the breach stays', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    await floor.passes(4 * HOUR_MS + 20 * MINUTE_MS);
    await type(alice, 'reply CASE-1001 Sorry for the wait');
    await floor.settled();
    expect(wordsOn(cards()[0]!.view)).toContain(
      'Over: done by Alice Anderson, 14:20, 20 min late. The breach stays on the record.',
    );
    expect(cards()[0]!.view.tone).toBe('muted');
  });

  it('says that more time was given after a breach, which stays on the record', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    await type(alice, 'take CASE-1001');
    await type(alice, 'p1 CASE-1001');
    await floor.passes(5 * HOUR_MS);
    expect(wordsOn(cards()[0]!.view)).toContain('Resolution breached');
    await type(lena, 'target CASE-1001 resolution 5h');
    await floor.settled();
    expect(wordsOn(cards()[0]!.view)).toContain('Resolution breached');
    await type(lena, 'target CASE-1001 resolution 8h');
    await floor.settled();
    expect(wordsOn(cards()[0]!.view)).toContain(
      'Over: Lena Lead, 15:00 changed what is promised, so 3 h 00 min left. The breach stays on the record.',
    );
    expect(cards()[0]!.view.tone).toBe('muted');
  });

  it('shows whose it is now, without a sound', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    await type(lena, 'assign CASE-1001 @bob');
    await floor.passes(3 * HOUR_MS);
    await type(lena, 'assign CASE-1001 Carol Chen');
    await floor.settled();
    expect(wordsOn(cards()[0]!.view)).toContain('Owner: Carol Chen');
    expect([cards().length, lines().length]).toEqual([1, 0]);
    expect(shownTo(floor.teams, 'teams-carol').some(({ view }) => wordsOn(view).includes('is at risk'))).toBe(false);
  });

  it('does not come to somebody who has the case only since, when it passes on from them', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    await type(lena, 'assign CASE-1001 @bob');
    await floor.passes(3 * HOUR_MS);
    await floor.passes(MINUTE_MS);
    await type(lena, 'assign CASE-1001 Carol Chen');
    await type(lena, 'assign CASE-1001 @alice');
    await floor.settled();
    const toCarol = shownTo(floor.teams, 'teams-carol').map(({ view }) => wordsOn(view));
    expect(toCarol.some((words) => words.includes('is at risk'))).toBe(false);
    expect(wordsOn(cards()[0]!.view)).toContain('Owner: Alice Anderson');
  });

  it('mentions nobody whom it has told in private', async () => {
    floor = await openFloor(MARKS);
    await openCase(floor, ravi);
    await type(bob, 'assign CASE-1001 Lena Lead');
    await floor.passes(3 * HOUR_MS);
    await floor.passes(36 * MINUTE_MS);
    expect(wordsOn(lines()[0]!.view)).toContain('Ada Admin');
    expect(JSON.stringify(lines()[0]!.view)).not.toContain('"person":"lena"');
  });

  it('is one word for two marks that were passed while Baton was down', async () => {
    floor = await openFloor(MARKS);
    await openCase(floor, ravi);
    await floor.passes(3 * HOUR_MS + 50 * MINUTE_MS);
    expect(wordsOn(cards()[0]!.view)).toContain('90 %');
    expect([cards().length, lines().length]).toEqual([1, 0]);
    expect(
      shownTo(floor.slack, 'U0BOB').filter(({ view }) => wordsOn(view).includes('First response of')),
    ).toHaveLength(1);
  });

  it('is not sent at all when the danger was over before anybody could be told', async () => {
    floor = await openFloor(BOTH);
    const it0 = await openCase(floor, ravi);
    floor.slack.fails = (call, to) => {
      if (call === 'post' && to.kind === 'channel' && to.channel === 'C0LEADS') throw new Error('down');
    };
    await floor.passes(3 * HOUR_MS);
    floor.troubles.length = 0;
    floor.slack.fails = () => undefined;
    await type(alice, 'take CASE-1001');
    await floor.passes(2 * MINUTE_MS);
    expect(inLeads()).toEqual([]);
    expect((await caseNow(floor, it0)).clocks.find(({ name }) => name === 'first_response')?.state).toBe('stopped');
  });
});

describe('The buttons of a warning', () => {
  it('nudge the owner in private, and say so; not twice within ten minutes', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    await type(lena, 'assign CASE-1001 @bob');
    await floor.passes(3 * HOUR_MS);
    const nudge = buttonOn(cards()[0]!.view, 'Nudge owner');
    const press = (party: Party) => floor.doors.press(nudge.verb, nudge.data, calls(party)).then(wordsIn);
    expect(await press(lena)).toBe('Bob Brown has been nudged about CASE-1001.');
    await floor.settled();
    const told = shownTo(floor.slack, 'U0BOB').at(-1)!;
    expect(wordsOn(told.view)).toMatch(/Lena Lead asks you to look at CASE-1001\. First response: 1 h( 00 min)? left/u);
    expect(await press(alice)).toContain('Lena Lead nudged Bob Brown about CASE-1001');
    expect(await press(bob)).toContain('The case is yours');
    await floor.passes(10 * MINUTE_MS);
    expect(await press(alice)).toBe('Bob Brown has been nudged about CASE-1001.');
  });

  it('take and reassign as on the card', async () => {
    floor = await openFloor(BOTH);
    const it0 = await openCase(floor, ravi);
    await floor.passes(3 * HOUR_MS);
    const take = buttonOn(cards()[0]!.view, 'Take');
    await floor.doors.press(take.verb, take.data, calls(carol));
    expect((await caseNow(floor, it0)).holder).toMatchObject({ person: 'carol' });
    await floor.settled();
    expect(wordsOn(cards()[0]!.view)).toContain('Over: met by Carol Chen');
  });
});

describe('Outside the hours', () => {
  it('nothing is sent for a clock that does not run then; it comes with the next opening', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    // The mark is at 13:00; Baton was down and looks at it after the close at 17:00.
    floor.at = instant(Date.UTC(2026, 10, 23, 17, 30));
    await floor.passes(0);
    expect(cards()).toHaveLength(0);
    expect(shownTo(floor.slack, 'U0BOB').some(({ view }) => wordsOn(view).includes('First response of'))).toBe(false);
    await floor.passes(15 * HOUR_MS);
    expect(cards()).toHaveLength(0);
    await floor.passes(30 * MINUTE_MS);
    expect(wordsOn(cards()[0]!.view)).toContain('First response breached');
  });

  it('a mark that falls on the close itself is told then', async () => {
    floor = await openFloor({ ...BOTH, warnAt: [{ kind: 'share', share: 0.25 }] });
    floor.at = instant(Date.UTC(2026, 10, 23, 16));
    await openCase(floor, ravi);
    await floor.passes(HOUR_MS);
    expect(cards()).toHaveLength(1);
  });
});

describe('Quiet time', () => {
  it('holds private words until its end, and no longer', async () => {
    floor = await openFloor(withQuiet(BOTH, bob));
    await openCase(floor, ravi);
    await floor.passes(3 * HOUR_MS);
    const own = () => shownTo(floor.slack, 'U0BOB').filter(({ view }) => wordsOn(view).includes('First response of'));
    expect([cards().length, own().length]).toEqual([1, 0]);
    await type(lena, 'assign CASE-1001 @bob');
    await floor.passes(119 * MINUTE_MS);
    expect(shownTo(floor.slack, 'U0BOB').some(({ view }) => wordsOn(view).includes('assigned CASE-1001'))).toBe(false);
    await floor.passes(MINUTE_MS);
    expect(own().length).toBeGreaterThan(0);
    expect(shownTo(floor.slack, 'U0BOB').some(({ view }) => wordsOn(view).includes('assigned CASE-1001'))).toBe(true);
  });

  it('does not hold a breach of the most urgent priority, though other words wait before it', async () => {
    floor = await openFloor(withQuiet(BOTH, bob));
    await openCase(floor, ravi);
    await type(lena, 'p1 CASE-1001');
    await floor.passes(3 * HOUR_MS);
    await type(lena, 'assign CASE-1001 @bob');
    await floor.settled();
    expect(shownTo(floor.slack, 'U0BOB').some(({ view }) => wordsOn(view).includes('assigned'))).toBe(false);
    await floor.passes(HOUR_MS + MINUTE_MS);
    const told = shownTo(floor.slack, 'U0BOB').filter(({ view }) =>
      wordsOn(view).includes('Resolution of CASE-1001 is breached'),
    );
    expect(told).toHaveLength(1);
    expect(shownTo(floor.slack, 'U0BOB').some(({ view }) => wordsOn(view).includes('assigned'))).toBe(false);
  });

  it('holds the breach of any other priority', async () => {
    floor = await openFloor(withQuiet(BOTH, bob));
    await openCase(floor, ravi);
    await type(lena, 'p2 CASE-1001');
    await floor.passes(4 * HOUR_MS + MINUTE_MS);
    const breaches = () => shownTo(floor.slack, 'U0BOB').filter(({ view }) => wordsOn(view).includes('is breached'));
    expect([cards().length, breaches().length]).toEqual([1, 0]);
    await floor.passes(HOUR_MS);
    expect(breaches()).toHaveLength(1);
  });

  it('holds nothing that the person has asked for', async () => {
    floor = await openFloor(withQuiet(BOTH, alice));
    await openCase(floor, ravi);
    await floor.passes(3 * HOUR_MS);
    await type(lena, 'assign CASE-1001 @alice');
    await type(alice, 'reply CASE-1001 I will call you in two hours');
    await floor.settled();
    const told = shownTo(floor.slack, 'U0ALICE').map(({ view }) => wordsOn(view));
    expect(told.some((words) => words.includes('assigned CASE-1001'))).toBe(false);
    expect(told.some((words) => words.includes('Make it a promise'))).toBe(true);
  });

  it('is told to whoever nudges', async () => {
    floor = await openFloor(withQuiet(BOTH, bob));
    await openCase(floor, ravi);
    await type(lena, 'assign CASE-1001 @bob');
    await floor.passes(3 * HOUR_MS);
    const nudge = buttonOn(cards()[0]!.view, 'Nudge owner');
    const answer = wordsIn(await floor.doors.press(nudge.verb, nudge.data, calls(lena)));
    expect(answer).toContain('Bob Brown has quiet time and hears of your nudge about CASE-1001 at Mon 23 Nov, 15:00');
  });

  it('spares a lead the mention, unless the most urgent priority is breached', async () => {
    floor = await openFloor(withQuiet({ ...MARKS, leads: { slack: 'C0LEADS' } }, lena));
    await openCase(floor, ravi);
    await floor.passes(3 * HOUR_MS);
    await floor.passes(36 * MINUTE_MS);
    expect(JSON.stringify(lines()[0]!.view)).not.toContain('"person":"lena"');
    expect(wordsOn(lines()[0]!.view)).toContain('Ada Admin');
  });
});

describe('A storm of warnings', () => {
  const many = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1)
      await openCase(floor, ravi, { ...SOURCE, message: `${index + 1}.000` });
  };

  it('of up to five is five cards', async () => {
    floor = await openFloor(BOTH);
    await many(5);
    await floor.passes(3 * HOUR_MS);
    await floor.passes(SECOND_MS);
    expect(cards()).toHaveLength(5);
  });

  it('of more becomes one list on each platform, the worst first, with buttons', async () => {
    floor = await openFloor(BOTH);
    await many(8);
    await floor.passes(3 * HOUR_MS);
    await floor.passes(SECOND_MS);
    expect(cards()).toHaveLength(1);
    expect(shownIn(floor.teams, '19:leads')).toHaveLength(1);
    const words = wordsOn(cards()[0]!.view);
    expect(words).toContain('8 cases at risk since 13:00');
    for (let number = 1001; number <= 1008; number += 1) expect(words).toContain(`CASE-${number}`);
    expect(buttonsOn(cards()[0]!.view).map(({ label }) => label)).toContain('Take');
  });

  it('is kept up to date: who is out of danger sinks, and at the end all are', async () => {
    floor = await openFloor(BOTH);
    await many(6);
    await floor.passes(3 * HOUR_MS);
    await floor.passes(SECOND_MS);
    await type(alice, 'take CASE-1003');
    await floor.settled();
    expect(cards()).toHaveLength(1);
    expect(wordsOn(cards()[0]!.view)).toContain('5 cases at risk');
    expect(wordsOn(cards()[0]!.view)).toContain('Over: met by Alice Anderson');
    for (const number of [1001, 1002, 1004, 1005, 1006]) await type(alice, `take CASE-${number}`);
    await floor.settled();
    expect(wordsOn(cards()[0]!.view)).toContain('Over: all 6 cases that were warned of at 13:00 are out of danger');
    expect(cards()[0]!.view.tone).toBe('good');
    expect(cards()).toHaveLength(1);
  });

  it('is over: a later mark of one of them is a card of its own', async () => {
    floor = await openFloor(MARKS);
    await many(6);
    await floor.passes(3 * HOUR_MS);
    for (const number of [1001, 1002, 1003, 1004, 1005]) await type(alice, `take CASE-${number}`);
    await floor.passes(36 * MINUTE_MS);
    expect(cards()).toHaveLength(2);
    expect(wordsOn(cards()[1]!.view)).toContain('First response at risk · CASE-1006');
    expect(lines()).toHaveLength(0);
  });

  it('at the next mark is one list again instead of many words under many cards', async () => {
    floor = await openFloor(MARKS);
    await many(6);
    await floor.passes(3 * HOUR_MS);
    await floor.passes(36 * MINUTE_MS);
    await floor.passes(SECOND_MS);
    expect(cards().map(({ view }) => view.title?.map((one) => ('text' in one ? one.text : '')).join(''))).toEqual([
      '6 cases at risk since 13:00',
      '6 cases at risk since 13:36',
    ]);
    expect(lines()).toHaveLength(0);
  });

  it('follows the desk file', async () => {
    floor = await openFloor({ ...BOTH, stormOver: 2 });
    await many(3);
    await floor.passes(3 * HOUR_MS);
    await floor.passes(SECOND_MS);
    expect(cards()).toHaveLength(1);
    expect(wordsOn(cards()[0]!.view)).toContain('3 cases at risk');
  });
});

describe('A promise', () => {
  const say = async (party: Party, text: string, message = '1.500'): Promise<void> => {
    const place = { ...SOURCE, message, thread: SOURCE.message };
    await floor.doors.heard({ place, text, at: floor.at }, calls(party));
    await floor.settled();
  };
  const offers = () =>
    whispered(floor.slack, 'U0ALICE').filter(({ view }) => wordsOn(view).includes('Make it a promise'));
  const accept = async (): Promise<string> => {
    const button = buttonOn(offers().at(-1)!.view, 'Make it a promise');
    const answer = wordsIn(await floor.doors.press(button.verb, button.data, calls(alice)));
    await floor.settled();
    return answer;
  };
  const card = (): string =>
    wordsOn(shownIn(floor.slack, 'C0TRIAGE').find(({ view }) => wordsOn(view).includes('CASE-1001 · '))!.view);

  it('is offered to whoever wrote it, and made with one tap', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    await say(alice, 'We found it. I’ll get back to you by 15:00.');
    expect(offers()).toHaveLength(1);
    expect(wordsOn(offers()[0]!.view)).toContain('Mon 23 Nov, 15:00');
    expect((await floor.store.caseByNumber(1001))?.promise ?? null).toBeNull();
    expect(await accept()).toContain('Promised for Mon 23 Nov, 15:00');
    expect(card()).toContain(
      'Promise: “I’ll get back to you by 15:00.” (Alice Anderson) · due Mon 23 Nov, 15:00 · 5 h 00 min left as of 10:00',
    );
    expect(await accept()).toContain('promised already');
  });

  it('is offered for a reply through Baton too, in private', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    await type(alice, 'reply CASE-1001 I will call you in two hours');
    await floor.settled();
    const offer = shownTo(floor.slack, 'U0ALICE').find(({ view }) => wordsOn(view).includes('Make it a promise'));
    expect(wordsOn(offer!.view)).toContain('12:00');
  });

  it('is not offered for words of the reporter, among the desk, or without a clear time', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    await say(ravi, 'I’ll get back to you by 15:00', '1.501');
    await say(alice, 'I’ll get back to you tomorrow', '1.502');
    await say(alice, 'I’ll get back to you by 09:00', '1.503');
    await type(alice, 'note CASE-1001 I’ll get back to you by 15:00');
    await floor.settled();
    expect([offers().length, whispered(floor.slack, 'U0RAVI').length]).toEqual([0, 0]);
  });

  it('is not offered any more once the case is done', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    floor.slack.fails = (_, to) => {
      if (to.kind === 'whisper') throw new Error('down');
    };
    await say(alice, 'I’ll get back to you by 15:00');
    floor.troubles.length = 0;
    floor.slack.fails = () => undefined;
    await type(alice, 'resolve CASE-1001 Put out');
    await floor.passes(2 * MINUTE_MS);
    expect(offers()).toHaveLength(0);
  });

  it('whose time has passed before the tap is refused in a sentence', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    await say(alice, 'I’ll get back to you in 5 minutes');
    await floor.passes(6 * MINUTE_MS);
    expect(await accept()).toContain('That time has passed already');
    const forged = await floor.doors.press(
      'promise',
      { case: String((await floor.store.caseByNumber(1001))!.id), offer: 99 },
      calls(alice),
    );
    expect(wordsIn(forged)).toContain('no longer known');
  });

  it('is warned of to owner and leads, kept by the next word, and the cards say so', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    await type(alice, 'take CASE-1001');
    await say(alice, 'I’ll get back to you by 11:00');
    await accept();
    await floor.passes(45 * MINUTE_MS);
    expect(wordsOn(cards()[0]!.view)).toContain('Promise to the client at risk · CASE-1001');
    expect(wordsOn(cards()[0]!.view)).toContain('What the client was told I’ll get back to you by 11:00');
    const own = shownTo(floor.slack, 'U0ALICE').at(-1)!;
    expect(wordsOn(own.view)).toContain('Promise to the client of CASE-1001 is at risk: 15 min left.');
    await say(alice, 'It was the fuse; the new one comes today.', '1.700');
    expect(wordsOn(cards()[0]!.view)).toContain('Over: met by Alice Anderson, 10:45 with 15 min to spare.');
    expect(card()).toContain('Promises: 1 kept');
  });

  it('that is broken is an alarm, and stays on the record', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    await type(alice, 'take CASE-1001');
    await say(alice, 'I’ll get back to you by 11:00');
    await accept();
    await floor.passes(45 * MINUTE_MS);
    await floor.passes(15 * MINUTE_MS + SECOND_MS);
    expect(wordsOn(cards()[0]!.view)).toContain('Promise to the client breached · CASE-1001');
    expect(lines()).toHaveLength(1);
    expect(card()).toContain('broken, under a minute over');
    await floor.passes(10 * MINUTE_MS);
    await say(alice, 'Sorry, I am late.', '1.800');
    expect(wordsOn(cards()[0]!.view)).toContain('Over: done by Alice Anderson, 11:10, 10 min late.');
    expect(card()).toContain('Promises: 1 broken');
  });

  it('moves with the case: the brief shows it, and its new owner is warned', async () => {
    floor = await openFloor(BOTH);
    const it0 = await openCase(floor, ravi);
    await type(alice, 'take CASE-1001');
    await say(alice, 'I’ll get back to you by 12:00');
    await accept();
    await floor.doors.submit(
      'escalate',
      { case: it0.id },
      { tried: 'Water', needed: 'Foam', told: 'Wait' },
      calls(alice),
    );
    await floor.settled();
    const brief = shownTo(floor.teams, 'teams-carol').find(({ view }) =>
      wordsOn(view).includes('Hand-over CASE-1001'),
    )!;
    expect(wordsOn(brief.view)).toContain('Promise: “I’ll get back to you by 12:00”');
    const button = buttonOn(brief.view, 'Accept');
    await floor.doors.press(button.verb, button.data, calls(carol));
    await floor.passes(95 * MINUTE_MS);
    const told = shownTo(floor.teams, 'teams-carol').filter(({ view }) =>
      wordsOn(view).includes('Promise to the client of CASE-1001 is at risk'),
    );
    expect(told).toHaveLength(1);
  });

  it('is kept or dropped by a button on the card', async () => {
    floor = await openFloor(BOTH);
    await openCase(floor, ravi);
    await say(alice, 'I’ll get back to you by 15:00');
    await accept();
    const shown = shownIn(floor.slack, 'C0TRIAGE').find(({ view }) => wordsOn(view).includes('CASE-1001 · '))!;
    const kept = buttonOn(shown.view, 'Promise: the client has heard');
    await floor.doors.press(kept.verb, kept.data, calls(bob));
    await floor.settled();
    expect(card()).toContain('Promises: 1 kept');
    expect(wordsIn(await floor.doors.press('drop', kept.data, calls(bob)))).toContain('no longer open');
  });
});
