import type { Answer } from '../../src/app/view';
import type { Case, Party, Place } from '../../src/domain/case/case';
import { HOUR_MS, later, MINUTE_MS } from '../../src/domain/ids';
import {
  buttonOn,
  buttonsOn,
  calls,
  caseNow,
  type Floor,
  factOn,
  formIn,
  openCase,
  openFloor,
  type Shown,
  shownIn,
  shownTo,
  valuesOf,
  whispered,
  wordsIn,
  wordsOn,
} from '../support/floor';
import { alice, bob, carol, DESK, gwen, lena, ravi, SOURCE, TEN, vera } from '../support/given';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(async () => {
  expect(floor.troubles).toEqual([]);
  await floor.close();
});

const line = async (who: Party, words: string, place: Place | null = null): Promise<string> =>
  wordsIn(await floor.doors.line(words, calls(who, { place })));
const card = (): ReturnType<typeof shownIn>[number] => shownIn(floor.slack, 'C0TRIAGE')[0]!;
/** A press on the card as it is shown now, or on one that was kept from before. */
const press = (who: Party, label: string, view = card().view): Promise<Answer> => {
  const { verb, data } = buttonOn(view, label);
  return floor.doors.press(verb, data, calls(who));
};
const emoji = async (who: Party, name: string, place: Place = card().place, added = true): Promise<void> => {
  await floor.doors.reacted({ place, emoji: name, added, at: floor.at }, calls(who));
  await floor.settled();
};
const inThread: Place = { ...SOURCE, message: '1.001', thread: SOURCE.message };
const hears = async (who: Party, text: string, place: Place = inThread): Promise<void> => {
  await floor.doors.heard({ place, text, at: floor.at }, calls(who));
  await floor.settled();
};

describe('a typed line', () => {
  it('new opens the form with the title filled in', async () => {
    const form = formIn(await floor.doors.line('new The printer is on fire', calls(ravi)));
    expect(valuesOf(form)).toMatchObject({ title: 'The printer is on fire' });
    expect(form.submit).toBe('Open case');
  });

  it('new opens the case at once where no form can, and says its reference', async () => {
    const answer = await floor.doors.line(
      'new The printer is on fire',
      calls(ravi, { forms: false, platform: 'teams' }),
    );
    expect(wordsIn(answer)).toContain('CASE-1001 is open: The printer is on fire.');
  });

  it('keeps what does not fit into a title', async () => {
    const long = `The printer ${'burns and '.repeat(1000)}smokes`;
    await floor.doors.line(`new ${long}`, calls(ravi, { forms: false }));
    const it = await floor.store.caseByNumber(1001);
    expect(it?.title.length).toBeLessThanOrEqual(200);
    expect(it?.description).toBe(long.slice(0, 10_000));
  });

  it('changes a case and says so', async () => {
    const { ref } = await openCase(floor, ravi);
    const said: readonly (readonly [string, string])[] = [
      [`p1 ${ref}`, `${ref} is P1 now.`],
      [`take ${ref}`, `${ref} is yours now`],
      [`wait ${ref}`, 'waits for the client'],
      [`resume ${ref}`, 'goes on'],
      [`note ${ref} Mind the smoke`, 'only people of the desk read it'],
      [`reply ${ref} We are on it`, 'on its way'],
      [`assign ${ref} to Bob Brown`, 'Bob Brown’s now'],
      [`assign ${ref} <@U0ALICE|alice>`, 'Alice Anderson’s now'],
      [`resolve ${ref} We put it out`, 'is resolved'],
      [`reopen ${ref}`, 'is open again. Alice Anderson owns it'],
      [`why ${ref}`, 'left'],
      [`show ${ref}`, 'History'],
    ];
    for (const [words, answer] of said) expect(await line(alice, words)).toContain(answer);
    expect(floor.accepted.map(({ command }) => command)).toEqual(expect.arrayContaining(['TriageCase', 'ReopenCase']));
  });

  it('asks in a form for what was not said', async () => {
    const { ref } = await openCase(floor, ravi);
    for (const word of ['resolve', 'note', 'reply', 'escalate'])
      expect((await floor.doors.line(`${word} ${ref}`, calls(alice))).kind).toBe('form');
  });

  it('refuses before it asks, so that nobody fills a form for nothing', async () => {
    const { ref } = await openCase(floor, ravi);
    expect(await line(ravi, `escalate ${ref}`)).toContain('Only people of the desk');
    await line(alice, `resolve ${ref} done`);
    expect(await line(alice, `escalate ${ref}`)).toContain('resolved');
  });

  it('needs no reference in the case’s own thread', async () => {
    const it = await openCase(floor, ravi);
    expect(await line(alice, 'take', inThread)).toContain(`${it.ref} is yours`);
    expect(await line(alice, 'take')).toContain('Which case?');
  });

  it.each([
    ['take CASE-9999', 'There is no case CASE-9999.'],
    ['take CASE-0', 'There is no case'],
    ['take CASE-999999999999', 'There is no case'],
    ['take TICKET-1001', 'References of this desk read CASE-1001'],
    ['tkae CASE-1001', 'Did you mean `take`?'],
    ['banana', '`help` lists them all'],
    ['list banana', '`list` does not know “banana”'],
    ['search', 'Search for what?'],
    ['assign CASE-1001', 'To whom?'],
    ['assign CASE-1001 @zed', 'Nobody of the desk is called “@zed”'],
    ['assign CASE-1001 vera', 'role is viewer'],
    ['p9 CASE-1001', 'is not a word of this desk'],
  ])('“%s” is answered with what to do: %s', async (words, answer) => {
    await openCase(floor, ravi);
    expect(await line(alice, words)).toContain(answer);
  });

  it('asks which of two people of one name is meant', async () => {
    const twin = { ...DESK.people[1]!, name: 'Alice Brown' };
    floor.desk = { ...DESK, people: [DESK.people[0]!, twin] };
    const { ref } = await openCase(floor, ravi);
    expect(await line(alice, `assign ${ref} alice brown`)).toContain('Alice Brown’s now');
    expect(await line(alice, `assign ${ref} Brown`)).toContain('theirs already');
    const both = { ...twin, id: carol.id, name: 'Alice Chen' };
    floor.desk = { ...DESK, people: [{ ...DESK.people[0]!, id: lena.id }, twin, both] };
    expect(await line({ ...bob, name: 'Alice Brown' }, `assign ${ref} Alice`)).toContain(
      'could be Alice Anderson or Alice Brown',
    );
  });

  it('of 10,000 characters gets a sentence, not a wall', async () => {
    expect((await line(alice, 'x'.repeat(10_000))).length).toBeLessThan(300);
    expect((await line(alice, `list ${'x'.repeat(10_000)}`)).length).toBeLessThan(300);
  });
});

describe('lists', () => {
  it('show the most urgent first, page by page', async () => {
    for (let number = 1; number <= 10; number += 1)
      await floor.doors.line(`new Printer ${number}`, calls(ravi, { forms: false }));
    await line(alice, 'p1 CASE-1007');
    const first = await floor.doors.line('list', calls(bob));
    if (first.kind !== 'said') throw new Error('no list');
    expect(wordsOn(first.view)).toMatch(/Open cases \(1–8 of 10\)\nCASE-1007 /u);
    const more = await floor.doors.press('page', buttonOn(first.view, 'Next').data, calls(bob));
    expect(wordsIn(more)).toContain('Open cases (9–10 of 10)');
    expect(wordsIn(more)).toContain('[Previous]');
  });

  it('know mine, unassigned, a priority, a status, and have words for none', async () => {
    const { ref } = await openCase(floor, ravi);
    expect(await line(carol, 'list mine')).toContain('You have no open cases');
    expect(await line(bob, 'list unassigned')).toContain(ref);
    await line(bob, `take ${ref}`);
    expect(await line(bob, 'list mine')).toContain(ref);
    expect(await line(bob, 'list unassigned')).toBe('Every open case has an owner.');
    expect(await line(bob, 'list p1')).toContain('no open P1 cases');
    await line(bob, `resolve ${ref} done`);
    expect(await line(bob, 'list')).toContain('There are no open cases');
    expect(await line(bob, 'list resolved')).toContain(ref);
    expect(await line(bob, 'search PRINTER fire')).toContain(ref);
    expect(await line(bob, 'search 100% _')).toContain('No case has all of');
  });
});

describe('people who are not of the desk', () => {
  it('see their own cases and no others', async () => {
    const { ref } = await openCase(floor, ravi);
    expect(await line(ravi, 'list')).toContain(ref);
    expect(await line(ravi, `show ${ref}`)).toContain('History');
    for (const words of ['list', 'search printer', 'list closed']) expect(await line(gwen, words)).not.toContain(ref);
    expect(await line(gwen, `show ${ref}`)).toContain(`There is no case ${ref} that you reported`);
    expect(await line(gwen, `why ${ref}`)).not.toContain('used');
    expect(await line(gwen, 'show', inThread)).toContain('Which case?');
    expect(wordsIn(await press(gwen, 'Details'))).toContain('Only people of the desk');
    const { data } = buttonOn(card().view, 'Details');
    expect(wordsIn(await floor.doors.submit('note', data, { text: 'x' }, calls(gwen)))).toContain(
      'Only people of the desk',
    );
    expect(wordsOn(await floor.doors.home(calls(gwen), {}))).toContain('Cases you reported (0)');
    expect(wordsOn(await floor.doors.home(calls(ravi), {}))).toContain(ref);
  });

  it('may not act, and are told who may', async () => {
    const { ref } = await openCase(floor, ravi);
    for (const words of [`take ${ref}`, `p1 ${ref}`, `resolve ${ref} done`, `note ${ref} hm`])
      expect(await line(ravi, words)).toContain('agents, leads and admins');
    expect(await line(vera, `take ${ref}`)).toContain('Your role is viewer');
    expect(await line(vera, `show ${ref}`)).toContain('History');
  });

  it('are shown nothing of a case that came to be while they filled in the form', async () => {
    const form = formIn(
      await floor.doors.openFrom({ place: SOURCE, text: 'Fire', at: TEN, author: ravi }, calls(gwen)),
    );
    const { ref } = await openCase(floor, ravi);
    await line(alice, `note ${ref} A secret`);
    const answer = wordsIn(await floor.doors.submit('open', form.data, valuesOf(form), calls(gwen)));
    expect(answer).toContain(`belongs to ${ref} already`);
    expect(answer).not.toContain('History');
  });
});

describe('opening a case', () => {
  it('from a message fills the form, links the message, and confirms in its thread', async () => {
    const it = await openCase(floor, ravi);
    expect(it).toMatchObject({ title: 'The printer is on fire', source: SOURCE, reporter: ravi });
    expect(shownIn(floor.slack, 'C0SUPPORT').map(({ view, to }) => [wordsOn(view), to])).toEqual([
      [
        expect.stringContaining('CASE-1001 is open'),
        { kind: 'channel', platform: 'slack', channel: 'C0SUPPORT', thread: '1.000' },
      ],
    ]);
    const again = await floor.doors.openFrom({ place: SOURCE, text: 'Fire', at: TEN, author: ravi }, calls(gwen));
    expect(wordsIn(again)).toContain('belongs to CASE-1001 already');
  });

  it('one card on each platform, the same case on both', async () => {
    const it = await openCase(floor, ravi);
    expect(shownIn(floor.slack, 'C0TRIAGE')).toHaveLength(1);
    expect(shownIn(floor.teams, '19:triage')).toHaveLength(1);
    await line(bob, `take ${it.ref}`);
    await floor.settled();
    for (const shown of [shownIn(floor.slack, 'C0TRIAGE'), shownIn(floor.teams, '19:triage')]) {
      expect(shown).toHaveLength(1);
      expect(factOn(shown[0]!.view, 'Owner')).toBe('Bob Brown');
    }
  });

  it('keeps the form open under the field that is wrong', async () => {
    const submit = (values: Record<string, string>) => floor.doors.submit('open', {}, values, calls(ravi));
    expect(await submit({ title: ' ' })).toMatchObject({
      kind: 'errors',
      fields: { title: expect.stringContaining('needs a title') },
    });
    expect(await submit({ title: 'x'.repeat(201) })).toMatchObject({
      kind: 'errors',
      fields: { title: expect.any(String) },
    });
    expect(await submit({ title: 'x', description: 'x'.repeat(10_001) })).toMatchObject({
      kind: 'errors',
      fields: { description: expect.any(String) },
    });
    expect(await submit({ title: 'x', priority: 'P9' })).toMatchObject({
      kind: 'errors',
      fields: { priority: expect.any(String) },
    });
    expect(await floor.store.caseByNumber(1001)).toBeNull();
  });

  it('creates a client that is new, and finds it again', async () => {
    expect(await floor.doors.clients('Glob')).toEqual([{ value: 'new:Glob', label: 'Create “Glob”' }]);
    await floor.doors.submit('open', {}, { title: 'Fire', client: 'new:Globex' }, calls(ravi));
    expect(await floor.doors.clients('glob')).toEqual([
      { value: 'id:globex', label: 'Globex' },
      { value: 'new:glob', label: 'Create “glob”' },
    ]);
    await floor.doors.submit('open', {}, { title: 'Fire', client: 'id:globex' }, calls(ravi));
    expect((await floor.store.caseByNumber(1002))?.client?.name).toBe('Globex');
    await floor.doors.submit('open', {}, { title: 'Fire', client: 'id:nobody' }, calls(ravi));
    expect((await floor.store.caseByNumber(1003))?.client).toBeNull();
  });

  it('once, when the platform sends the same form twice, with the same kind answer', async () => {
    const once = (key: string) => floor.doors.submit('open', {}, { title: 'Fire' }, calls(ravi, { key }));
    expect(wordsIn(await once('view-1'))).toContain('CASE-1001 is open');
    expect(wordsIn(await once('view-1'))).toContain('CASE-1001');
    expect(await floor.store.caseByNumber(1002)).toBeNull();
  });
});

describe('a channel that takes cases in', () => {
  const message = (channel: string): Place => ({ platform: 'slack', channel, message: '5.0', thread: null });

  it('asks the writer alone, and nothing exists before the click', async () => {
    await hears(ravi, 'It burns\nbadly', message('C0SUPPORT'));
    const [offer] = whispered(floor.slack, 'U0RAVI');
    expect(wordsOn(offer!.view)).toContain('“It burns badly”');
    expect(floor.slack.shown).toHaveLength(1);
    expect(await floor.store.caseByNumber(1001)).toBeNull();
    const answer = await floor.doors.press('open-from', buttonOn(offer!.view, 'Open a case').data, calls(ravi));
    expect(wordsIn(answer)).toContain('CASE-1001 is open: It burns.');
    expect(await floor.store.caseByNumber(1001)).toMatchObject({ description: 'It burns\nbadly', reporter: ravi });
  });

  it('opens one case however often the offer is pressed', async () => {
    await hears(ravi, 'It burns', message('C0SUPPORT'));
    const { data } = buttonOn(whispered(floor.slack, 'U0RAVI')[0]!.view, 'Open a case');
    await Promise.all([1, 2, 3].map(() => floor.doors.press('open-from', data, calls(ravi))));
    expect(await floor.store.caseByNumber(1002)).toBeNull();
    expect(wordsIn(await floor.doors.press('open-from', { ...data, message: '6.0' }, calls(ravi)))).toContain(
      'no longer known',
    );
  });

  it('opens one by itself and tells the writer its reference privately', async () => {
    await hears(ravi, 'It burns', message('C0AUTO'));
    expect(await floor.store.caseByNumber(1001)).toMatchObject({ cameBy: 'auto', title: 'It burns' });
    expect(wordsOn(whispered(floor.slack, 'U0RAVI')[0]!.view)).toContain('You opened CASE-1001');
  });

  it.each([
    ['only by emoji', 'C0QUIET'],
    ['not at all', 'C0ELSE'],
  ])('%s: says nothing', async (_, channel) => {
    await hears(ravi, 'It burns', message(channel));
    expect(floor.slack.shown).toEqual([]);
  });

  it('leaves replies and empty messages alone', async () => {
    await hears(ravi, 'It burns', { ...message('C0AUTO'), thread: '4.0' });
    await hears(ravi, '  ', message('C0AUTO'));
    expect(await floor.store.caseByNumber(1001)).toBeNull();
  });
});

describe('🎫 on a message', () => {
  beforeEach(() => {
    floor.slack.written.push({ place: SOURCE, author: ravi, text: 'The printer burns\nand smokes', at: TEN });
  });

  it('opens a case from it in the writer’s name, and tells the one who reacted', async () => {
    await emoji(alice, 'ticket', SOURCE);
    expect(await floor.store.caseByNumber(1001)).toMatchObject({
      title: 'The printer burns',
      description: 'The printer burns\nand smokes',
      reporter: ravi,
      loggedBy: alice,
    });
    expect(wordsOn(whispered(floor.slack, 'U0ALICE')[0]!.view)).toContain('You opened CASE-1001');
  });

  it('opens one however often it is reacted, and tells the others which', async () => {
    await emoji(alice, 'ticket', SOURCE);
    await emoji(bob, 'ticket', SOURCE);
    expect(await floor.store.caseByNumber(1002)).toBeNull();
    expect(wordsOn(whispered(floor.slack, 'U0BOB')[0]!.view)).toContain('belongs to CASE-1001 already');
  });

  it('opens one when two react at the same moment', async () => {
    const at = floor.at;
    await Promise.all(
      [alice, bob].map((who) => floor.doors.reacted({ place: SOURCE, emoji: 'ticket', added: true, at }, calls(who))),
    );
    await floor.settled();
    expect(await floor.store.caseByNumber(1001)).not.toBeNull();
    expect(await floor.store.caseByNumber(1002)).toBeNull();
  });

  it('that cannot be read says how to mend it, and works when it is put on again', async () => {
    const hidden = floor.slack.written.splice(0);
    await emoji(alice, 'ticket', SOURCE);
    expect(wordsOn(whispered(floor.slack, 'U0ALICE')[0]!.view)).toContain('Invite Baton to the channel');
    floor.slack.written.push(...hidden);
    await emoji(alice, 'ticket', SOURCE, false);
    floor.at = later(floor.at, MINUTE_MS);
    await emoji(alice, 'ticket', SOURCE);
    expect(await floor.store.caseByNumber(1001)).not.toBeNull();
  });
});

describe('emoji on the card or the source message', () => {
  it('set the priority, and taking it off puts back what was', async () => {
    const it = await openCase(floor, ravi);
    await emoji(alice, 'red_circle');
    expect(factOn(card().view, 'Priority')).toBe('🔴 P1 Urgent');
    await emoji(bob, '1f7e0_largeorangecircle', SOURCE);
    expect(wordsOn(card().view)).toContain('Bob Brown says P2, Alice Anderson says P1');
    floor.at = later(floor.at, MINUTE_MS);
    await emoji(alice, 'red_circle', card().place, false);
    expect((await caseNow(floor, it)).priority).toBe('P2');
  });

  it('take, wait, and ask how it was solved', async () => {
    const it = await openCase(floor, ravi);
    await emoji(alice, 'eyes');
    expect((await caseNow(floor, it)).holder).toMatchObject({ kind: 'owner', person: 'alice' });
    await emoji(alice, 'hourglass_flowing_sand', SOURCE);
    expect((await caseNow(floor, it)).status).toBe('Awaiting client');
    await emoji(alice, 'white_check_mark');
    expect((await caseNow(floor, it)).status).toBe('Awaiting client');
    const ask = whispered(floor.slack, 'U0ALICE').at(-1)!;
    const form = formIn(await floor.doors.press('resolve', buttonOn(ask.view, 'Resolve').data, calls(alice)));
    await floor.doors.submit('resolve', form.data, { text: 'Water' }, calls(alice));
    expect(await caseNow(floor, it)).toMatchObject({ status: 'Resolved', resolution: 'Water' });
  });

  it('ask how it was solved wherever the emoji was put, once in each place', async () => {
    await openCase(floor, ravi);
    for (const place of [card().place, SOURCE, SOURCE]) await emoji(alice, 'white_check_mark', place);
    const asked = whispered(floor.slack, 'U0ALICE').map(({ place }) => place.channel);
    expect(asked).toEqual([card().place.channel, SOURCE.channel]);
  });

  it('tell somebody in private why not, and stay silent about what is so already', async () => {
    await openCase(floor, ravi);
    await emoji(alice, 'eyes');
    await emoji(bob, 'eyes');
    expect(wordsOn(whispered(floor.slack, 'U0BOB')[0]!.view)).toContain('Alice Anderson has CASE-1001 already');
    await emoji(alice, 'eyes', SOURCE);
    expect(whispered(floor.slack, 'U0ALICE')).toEqual([]);
  });

  it('of people who are not of the desk, and on other messages, are small talk', async () => {
    const it = await openCase(floor, ravi);
    await emoji(ravi, 'red_circle');
    await emoji(vera, 'eyes');
    await emoji(alice, 'red_circle', inThread);
    await emoji(alice, 'thumbsup');
    expect((await caseNow(floor, it)).version).toBe(it.version);
    expect(floor.slack.shown.filter(({ to }) => to.kind === 'whisper')).toEqual([]);
  });

  it('count once when they are delivered twice', async () => {
    const it = await openCase(floor, ravi);
    const reaction = { place: SOURCE, emoji: 'red_circle', added: true, at: floor.at };
    await floor.doors.reacted(reaction, calls(alice, { key: 'Ev1' }));
    const { version } = await caseNow(floor, it);
    await floor.doors.reacted(reaction, calls(alice, { key: 'Ev1' }));
    await floor.doors.reacted(reaction, calls(alice, { key: 'Ev2' }));
    expect((await caseNow(floor, it)).version).toBe(version);
  });
});

describe('what is said', () => {
  it('by staff in the thread of the source is the first response', async () => {
    const it = await openCase(floor, ravi);
    await hears(bob, 'Looking');
    expect((await caseNow(floor, it)).clocks[0]?.state).toBe('stopped');
  });

  it('in the thread of the card stays among the desk', async () => {
    const it = await openCase(floor, ravi);
    await hears(bob, 'Odd one', { ...card().place, message: '9.1', thread: card().place.message });
    const now = await caseNow(floor, it);
    expect(now.clocks[0]?.state).toBe('running');
    expect(now.messages).toBe(1);
  });

  it('by the reporter resumes a case that waits for them', async () => {
    const it = await openCase(floor, ravi);
    await line(bob, `take ${it.ref}`);
    await line(bob, `wait ${it.ref}`);
    await hears(ravi, 'Here is the photo');
    expect((await caseNow(floor, it)).status).toBe('In progress');
    expect(
      shownTo(floor.slack, 'U0BOB')
        .map(({ view }) => wordsOn(view))
        .join(),
    ).toContain('The client answered');
  });

  it('is written down once, and the source message itself not again', async () => {
    const it = await openCase(floor, ravi);
    await hears(ravi, 'The printer is on fire', SOURCE);
    await floor.doors.heard({ place: inThread, text: 'Hello?', at: floor.at }, calls(ravi, { key: 'Ev1' }));
    await floor.doors.heard({ place: inThread, text: 'Hello?', at: floor.at }, calls(ravi, { key: 'Ev1' }));
    expect((await caseNow(floor, it)).messages).toBe(1);
  });

  it('is followed when it is edited and deleted', async () => {
    const { ref } = await openCase(floor, ravi);
    await hears(ravi, 'On the 2nd floor');
    await floor.doors.edited({ place: inThread, text: 'On the 3rd floor', at: floor.at }, calls(ravi));
    expect(await line(bob, `show ${ref}`)).toContain('wrote (edited): On the 3rd floor');
    await floor.doors.deleted(inThread, floor.at, calls(ravi));
    expect(await line(bob, `show ${ref}`)).toContain('wrote a message and deleted it');
    // A message of Baton's own, and one of no case, leave no trace.
    await floor.doors.edited({ place: card().place, text: 'x', at: floor.at }, calls(ravi));
    await floor.doors.deleted({ ...SOURCE, message: '7.7' }, floor.at, calls(ravi));
  });
});

describe('a press', () => {
  let pressed: Case;
  beforeEach(async () => {
    pressed = await openCase(floor, ravi);
  });
  const settledPress = async (who: Party, label: string, view = card().view): Promise<string> => {
    const answer = wordsIn(await press(who, label, view));
    await floor.settled();
    return answer;
  };

  it('changes the case, and the card shows it without a word', async () => {
    expect(await settledPress(alice, 'Take')).toBe('');
    expect(factOn(card().view, 'Owner')).toBe('Alice Anderson');
    await settledPress(alice, 'Waiting on client');
    expect(factOn(card().view, 'Status')).toBe('Awaiting client');
    await settledPress(alice, 'Resume');
    expect(factOn(card().view, 'Status')).toBe('In progress');
  });

  it('on a card that is out of date has no effect and says what happened', async () => {
    const old = card().view;
    await settledPress(bob, 'Take', old);
    expect(await settledPress(alice, 'Take', old)).toContain('Meanwhile Bob Brown took CASE-1001');
    expect((await caseNow(floor, pressed)).holder).toMatchObject({ person: 'bob' });
    // The same for a button that opens a form: nobody writes for nothing.
    await line(bob, `resolve ${pressed.ref} done`);
    expect(await settledPress(alice, 'Resolve', old)).toContain('Meanwhile Bob Brown resolved CASE-1001');
    expect(await settledPress(alice, 'Escalate', old)).toContain('Meanwhile Bob Brown resolved CASE-1001');
  });

  it('on a card from a case that is not there says so', async () => {
    expect(wordsIn(await floor.doors.press('take', { case: 'nonsense', seen: 1 }, calls(alice)))).toContain(
      'There is no such case',
    );
    expect(wordsIn(await floor.doors.press('take', {}, calls(alice)))).toContain('There is no such case');
  });

  it('on Set priority and Assign opens a form, also when the case is so already', async () => {
    for (const label of ['Set priority', 'Assign', 'Add a note', 'Reply to the reporter', 'Resolve', 'Escalate'])
      expect((await press(alice, label)).kind).toBe('form');
    const priority = formIn(await press(alice, 'Set priority'));
    expect(await floor.doors.submit('priority', priority.data, { choice: 'P1' }, calls(alice))).toEqual({
      kind: 'done',
    });
    const same = await floor.doors.submit('priority', priority.data, { choice: 'P1' }, calls(alice));
    expect(same).toMatchObject({ kind: 'errors', fields: { choice: expect.stringContaining('already') } });
    expect(await floor.doors.submit('priority', priority.data, { choice: '' }, calls(alice))).toMatchObject({
      kind: 'errors',
    });
    const assign = formIn(await press(alice, 'Assign'));
    await floor.doors.submit('assign', assign.data, { choice: 'carol' }, calls(alice));
    await floor.settled();
    expect(
      shownTo(floor.teams, 'teams-carol')
        .map(({ view }) => wordsOn(view))
        .join(),
    ).toContain('assigned CASE-1001 to you');
  });

  it('goes the whole way of a hand-over, and everybody sees its end', async () => {
    await settledPress(alice, 'Take');
    const form = formIn(await press(alice, 'Escalate'));
    const missing = await floor.doors.submit(
      'escalate',
      form.data,
      { tried: 'Water', needed: ' ', told: '' },
      calls(alice),
    );
    expect(missing).toMatchObject({ kind: 'errors', fields: { needed: expect.any(String), told: expect.any(String) } });
    await floor.doors.submit('escalate', form.data, { tried: 'Water', needed: 'Foam', told: 'Soon' }, calls(alice));
    await floor.settled();
    const asked = shownTo(floor.teams, 'teams-carol')[0]!;
    expect(wordsOn(asked.view)).toContain('Needed: Foam');
    expect(factOn(card().view, 'Owner')).toBe('Alice Anderson');
    expect(await settledPress(bob, 'Accept', asked.view)).toContain('offered to L2 Specialists');
    expect(await settledPress(carol, 'Accept', asked.view)).toBe('');
    expect(factOn(card().view, 'Owner')).toBe('Carol Chen');
    expect(wordsOn(asked.view)).toContain('Accepted by Carol Chen');
    expect(
      shownTo(floor.slack, 'U0ALICE')
        .map(({ view }) => wordsOn(view))
        .join(),
    ).toContain('Carol Chen accepted CASE-1001');
    expect(
      shownIn(floor.slack, 'C0SUPPORT')
        .map(({ view }) => wordsOn(view))
        .join(),
    ).toContain('Carol Chen has taken over');
    expect(await settledPress(lena, 'Take')).toBe('');
  });

  it('on Decline asks why, and tells who escalated', async () => {
    const form = formIn(await press(alice, 'Escalate'));
    await floor.doors.submit('escalate', form.data, { tried: 'Water', needed: 'Foam', told: 'Soon' }, calls(alice));
    await floor.settled();
    const decline = formIn(await press(carol, 'Decline', shownTo(floor.teams, 'teams-carol')[0]!.view));
    expect(await floor.doors.submit('decline', decline.data, { text: '' }, calls(carol))).toMatchObject({
      kind: 'errors',
      fields: { text: expect.any(String) },
    });
    await floor.doors.submit('decline', decline.data, { text: 'Not a foam matter' }, calls(carol));
    await floor.settled();
    expect(
      shownTo(floor.slack, 'U0ALICE')
        .map(({ view }) => wordsOn(view))
        .join(),
    ).toContain('Not a foam matter');
  });

  const proposes = async (values: Readonly<Record<string, string>>) => {
    const { data } = formIn(await press(alice, 'Escalate'));
    const words = { tried: 'Water', needed: 'Foam', told: 'Soon' };
    const answer = await floor.doors.submit('escalate', data, { ...words, ...values }, calls(alice));
    await floor.settled();
    return answer;
  };
  const labels = (view: Shown['view']): readonly string[] => buttonsOn(view).map(({ label }) => label);
  const wordsTo = (surface: typeof floor.slack, user: string): string =>
    shownTo(surface, user)
      .map(({ view }) => wordsOn(view))
      .join();

  it('asks one person for advice, who answers in words, and the case stays', async () => {
    await settledPress(alice, 'Take');
    await proposes({ whom: 'person:carol', kind: 'advice', deadline: 'today 17:00' });
    const asked = shownTo(floor.teams, 'teams-carol')[0]!;
    expect(wordsOn(asked.view)).toContain('Advice wanted CASE-1001');
    expect(factOn(card().view, 'Promise')).toContain('Soon');
    const form = formIn(await press(carol, 'Give advice', asked.view));
    expect(form).toMatchObject({ verb: 'advise', submit: 'Send advice' });
    expect(await floor.doors.submit('advise', form.data, { text: ' ' }, calls(carol))).toMatchObject({
      kind: 'errors',
      fields: { text: expect.stringContaining('Write your advice') },
    });
    await floor.doors.submit('advise', form.data, { text: 'Pull the plug' }, calls(carol));
    await floor.settled();
    expect(wordsTo(floor.slack, 'U0ALICE')).toContain('Carol Chen has advice on CASE-1001; the case stays with you');
    expect(wordsOn(asked.view)).toContain('Answered by Carol Chen');
    expect(factOn(card().view, 'Owner')).toBe('Alice Anderson');
  });

  it('hands back with the words that came with it, and tells the leads of the third hop', async () => {
    await settledPress(alice, 'Take');
    await proposes({ whom: 'level:L2 Specialists' });
    await settledPress(carol, 'Accept', shownTo(floor.teams, 'teams-carol')[0]!.view);
    const back = formIn(await press(carol, 'Hand back'));
    expect(back).toMatchObject({ verb: 'escalate', title: 'Hand back CASE-1001' });
    const values = valuesOf(back);
    expect(values).toMatchObject({ tried: 'Water', needed: '', told: 'Soon', whom: 'person:alice' });
    await floor.doors.submit('escalate', back.data, { ...values, needed: 'Tell the client' }, calls(carol));
    await floor.settled();
    const offers = shownTo(floor.slack, 'U0ALICE').filter(({ view }) => wordsOn(view).includes('Tell the client'));
    await settledPress(alice, 'Accept', offers[0]!.view);
    expect(factOn(card().view, 'Owner')).toBe('Alice Anderson');
    await proposes({ whom: 'person:carol' });
    const leads = (): string =>
      shownIn(floor.slack, 'C0LEADS')
        .map(({ view }) => wordsOn(view))
        .join();
    expect(leads()).not.toContain('hop');
    const third = shownTo(floor.teams, 'teams-carol').find(({ view }) => labels(view).includes('Accept'))!;
    await settledPress(carol, 'Accept', third.view);
    expect(leads()).toContain('the third hop in');
    expect(leads()).toContain('Alice Anderson → Carol Chen');
  });

  it('is withdrawn by a word or a press, and the card says so', async () => {
    await settledPress(alice, 'Take');
    await proposes({});
    expect(labels(card().view)).toContain('Withdraw the offer');
    expect(await settledPress(bob, 'Withdraw the offer')).toContain('Only whoever proposed it');
    expect(await settledPress(alice, 'Withdraw the offer')).toBe('');
    expect(wordsOn(shownTo(floor.teams, 'teams-carol')[0]!.view)).toContain('it was withdrawn (Alice Anderson)');
    expect(await line(alice, `withdraw ${pressed.ref}`)).toContain('not offered to anybody');
    expect(await line(alice, `handback ${pressed.ref}`)).toContain('Nobody handed CASE-1001');
  });

  it('keeps the form open with the sentence under the field it is about', async () => {
    await settledPress(alice, 'Take');
    expect(await proposes({ whom: 'person:alice' })).toMatchObject({
      fields: { whom: expect.stringContaining('yourself') },
    });
    expect(await proposes({ whom: 'level:L9' })).toMatchObject({ fields: { whom: expect.any(String) } });
    expect(await proposes({ deadline: 'soonish' })).toMatchObject({
      fields: { deadline: expect.stringContaining('“soonish” is no time') },
    });
  });

  it('reminds half way and asks on, and never falls silent', async () => {
    await settledPress(alice, 'Take');
    await proposes({ whom: 'person:carol' });
    await floor.passes(8 * MINUTE_MS);
    expect(wordsTo(floor.teams, 'teams-carol')).toContain(
      'Alice Anderson still waits for somebody to take CASE-1001 over',
    );
    await floor.passes(8 * MINUTE_MS);
    expect(wordsTo(floor.slack, 'U0ALICE')).toContain(
      'Carol Chen did not answer the hand-over of CASE-1001 in time; L3 Management is asked now',
    );
    expect(wordsTo(floor.slack, 'U0LENA')).toContain('Needed: Foam');
  });

  it('sent on a case that has moved on shows what changed and keeps what was typed, to apply or to drop', async () => {
    await settledPress(alice, 'Take');
    const form = formIn(await press(alice, 'Reply to the reporter'));
    await line(bob, `reply ${pressed.ref} It is being looked at`);
    await floor.settled();
    const asked = formIn(await floor.doors.submit('reply', form.data, { text: 'We are on it' }, calls(alice)));
    expect(asked).toMatchObject({ verb: 'reply', submit: 'Apply anyway', cancel: 'Drop' });
    expect(JSON.stringify(asked.intro)).toContain('replied to the reporter: It is being looked at');
    expect(valuesOf(asked)).toEqual({ text: 'We are on it' });
    expect((await caseNow(floor, pressed)).messages).toBe(1);
    await floor.doors.submit('reply', asked.data, valuesOf(asked), calls(alice));
    expect((await caseNow(floor, pressed)).messages).toBe(2);
  });

  it('sent late is not held up by one’s own doing, by a priority, or where it would be refused anyway', async () => {
    await settledPress(alice, 'Take');
    const form = formIn(await press(alice, 'Reply to the reporter'));
    const resolve = formIn(await press(alice, 'Resolve'));
    await line(alice, `note ${pressed.ref} Mind the smoke`);
    await line(bob, `p1 ${pressed.ref}`);
    const answer = await floor.doors.submit('reply', form.data, { text: 'We are on it' }, calls(alice));
    expect(wordsIn(answer)).toContain('on its way');
    await line(bob, `resolve ${pressed.ref} done`);
    expect(await floor.doors.submit('resolve', resolve.data, { text: 'Mine' }, calls(alice))).toMatchObject({
      kind: 'errors',
      fields: { '': expect.stringContaining('resolved already') },
    });
  });

  it('that is sent twice has its effect once', async () => {
    const { verb, data } = buttonOn(card().view, 'Waiting on client');
    expect(await floor.doors.press(verb, data, calls(alice, { key: 'press-1' }))).toEqual({ kind: 'done' });
    expect(await floor.doors.press(verb, data, calls(alice, { key: 'press-1' }))).toEqual({ kind: 'done' });
    expect(floor.accepted.filter(({ command }) => command === 'AwaitClient')).toHaveLength(1);
  });

  it('speaks in sentences about a form from an older version', async () => {
    expect(await floor.doors.submit('take', { case: pressed.id }, {}, calls(alice))).toMatchObject({
      kind: 'errors',
      fields: { '': expect.stringContaining('older version') },
    });
  });
});

describe('the page of one’s own', () => {
  it('shows my cases, the team’s queue and what waits for triage, with words for none', async () => {
    const empty = wordsOn(await floor.doors.home(calls(alice), {}));
    for (const words of ['Waiting for triage (0)', 'My cases (0)', 'My team’s queue (0)', 'Nothing waits for triage'])
      expect(empty).toContain(words);
    const { ref } = await openCase(floor, ravi);
    await line(alice, `take ${ref}`);
    const page = wordsOn(await floor.doors.home(calls(alice), {}));
    for (const words of ['Waiting for triage (1)', 'My cases (1)', ref]) expect(page).toContain(words);
  });

  it('pages each part by itself', async () => {
    for (let number = 1; number <= 9; number += 1)
      await floor.doors.line(`new Printer ${number}`, calls(ravi, { forms: false }));
    const first = await floor.doors.home(calls(lena), {});
    const next = buttonOn(first, 'Next');
    const second = wordsOn(await floor.doors.home(calls(lena), next.data));
    expect(second).toContain('[Previous]');
    expect(wordsOn(await floor.doors.home(calls(lena), { team: 'nonsense', mine: -3 }))).toContain(
      'My team’s queue (9)',
    );
  });
});

describe('time', () => {
  it('warns the leads and whose turn it is, once, and shows it on the card', async () => {
    await openCase(floor, ravi);
    await floor.passes(3 * HOUR_MS);
    await floor.passes(MINUTE_MS);
    const warnings = shownIn(floor.slack, 'C0LEADS').map(({ view }) => wordsOn(view));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('First response at risk · CASE-1001');
    await floor.passes(HOUR_MS);
    // The card is changed in silence; a word under it, to the leads by name, is what they notice.
    const [changed, word] = shownIn(floor.slack, 'C0LEADS').map(({ view }) => wordsOn(view));
    expect(changed).toContain('First response breached · CASE-1001');
    expect(word).toContain('First response of CASE-1001 is breached now');
    expect(word).toContain('Owner: none yet');
    expect(card().view.tone).toBe('urgent');
  });
});
