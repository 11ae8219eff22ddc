import fc from 'fast-check';
import { draw } from '../../src/app/draw';
import type { Engine } from '../../src/app/perform';
import type { DrawingName, Posting } from '../../src/app/ports';
import type { View } from '../../src/app/view';
import { type BoardReading, boardView, personBoardView } from '../../src/app/views/board';
import { caseCard } from '../../src/app/views/caseCard';
import { detailsView } from '../../src/app/views/details';
import { assignForm, newCaseForm, noteForm, priorityForm, replyForm, resolveForm } from '../../src/app/views/forms';
import { handoverCard } from '../../src/app/views/handoverCard';
import { declineForm, escalateForm } from '../../src/app/views/handoverForms';
import { criteriaView, helpView } from '../../src/app/views/help';
import { homeView } from '../../src/app/views/home';
import { ledgerView } from '../../src/app/views/ledger';
import { listView } from '../../src/app/views/lists';
import { receiverOptions } from '../../src/app/views/presence';
import { warningView } from '../../src/app/views/warning';
import { whyView } from '../../src/app/views/why';
import { dangersOf } from '../../src/domain/case/danger';
import { AS_PLANNED } from '../../src/domain/desk/availability';
import { boardOf } from '../../src/domain/desk/board';
import type { Desk } from '../../src/domain/desk/desk';
import { STAFFED_AS_PLANNED } from '../../src/domain/desk/load';
import { receiversOf } from '../../src/domain/desk/receivers';
import { DAY_MS, HOUR_MS, instant, later, MINUTE_MS } from '../../src/domain/ids';
import { nextDue } from '../../src/domain/sla/policy';
import { WORDS } from '../../src/inputs/commandLine';
import { anyLife } from '../support/anyStory';
import { buttonOn, buttonsOn, factOn, wordsOn } from '../support/floor';
import {
  accepts,
  advises,
  alice,
  assigns,
  bob,
  carol,
  caseOf,
  DESK,
  type Doing,
  declines,
  escalates,
  given,
  lena,
  next,
  notes,
  opened,
  passes,
  ravi,
  reacts,
  reopens,
  resolves,
  resumes,
  SOURCE,
  type Story,
  says,
  TEN,
  takes,
  triages,
  waits,
  wakes,
} from '../support/given';

const everybody = (desk: Desk) => receiverOptions(receiversOf(desk, STAFFED_AS_PLANNED, TEN), desk, TEN);
const READING: Omit<BoardReading, 'desk' | 'at'> = { acts: true, deals: true, offset: 0, cards: new Map() };

const storyOf = (...doings: readonly Doing[]): Story => given(...doings).story;
const card = (...doings: readonly Doing[]): View => {
  const story = storyOf(...doings);
  return caseCard(caseOf(story), DESK, story.at);
};
const labels = (view: View): readonly string[] => buttonsOn(view).map(({ label }) => label);

const MINE = { from: alice.id, zone: 'Europe/London' };

describe('the card of a case', () => {
  it('shows reference, title, client, status, priority, owner, and what is due next with what is left', () => {
    const view = card(opened(), takes(bob), triages(alice, 'P1'));
    expect(wordsOn(view)).toContain('CASE-1002 · The printer is on fire');
    expect(view.facts.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Status', 'Priority', 'Owner', 'Client', 'Next due']),
    );
    expect(factOn(view, 'Status')).toBe('In progress');
    expect(factOn(view, 'Priority')).toBe('🔴 P1 Urgent');
    expect(factOn(view, 'Owner')).toBe('Bob Brown');
    expect(factOn(view, 'Client')).toBe('Globex');
    expect(factOn(view, 'Next due')).toBe('Resolution due Mon 23 Nov, 14:00 · 3 h 58 min left as of 10:02');
    for (const words of ['CASE-1002', 'In progress', 'P1', 'Bob Brown', 'Globex'])
      expect(view.summary).toContain(words);
  });

  it.each<readonly [string, readonly Doing[], readonly string[]]>([
    ['new', [], ['Take', 'Escalate', 'Waiting on client', 'Resolve', 'Details']],
    ['in progress', [takes(bob)], ['Take', 'Escalate', 'Waiting on client', 'Resolve', 'Details']],
    ['awaiting the client', [waits(bob)], ['Take', 'Escalate', 'Resume', 'Resolve', 'Details']],
    ['offered', [escalates(bob)], ['Take', 'Waiting on client', 'Resolve', 'Details']],
    ['resolved', [resolves(bob)], ['Reopen', 'Details']],
    ['closed', [resolves(bob), wakes({ afterMs: 3 * DAY_MS })], ['Reopen', 'Details']],
  ])('of a case that is %s has the buttons for what can be done', (_, doings, expected) => {
    const view = card(opened(), ...doings);
    expect(view.buttons.filter(({ inMenu }) => !inMenu).map(({ label }) => label)).toEqual(expected);
  });

  it('has a menu for the rest, and each button says which case and which version was seen', () => {
    const view = card(opened());
    expect(labels(view)).toEqual(
      expect.arrayContaining(['Set priority', 'Assign', 'Add a note', 'Reply to the reporter']),
    );
    for (const { data } of view.buttons) expect(data).toEqual({ case: 'case-1002', seen: 2 });
  });

  it('says whose turn it is while nobody owns it, and what was asked for by who may not triage', () => {
    const view = card(opened(ravi, { priority: DESK.priorities[0]!.name }));
    expect(factOn(view, 'Owner')).toBe('None yet; Alice Anderson’s turn');
    expect(factOn(view, 'Priority')).toBe('Not triaged yet (P1 was asked for)');
  });

  it('offers Keep and Lower where two disagree', () => {
    const view = card(opened(), reacts(alice, 'P2'), reacts(bob, 'P1'));
    expect(labels(view)).toEqual(expect.arrayContaining(['Keep P1', 'Lower to P2']));
    expect(wordsOn(view)).toContain('Alice Anderson says P2, Bob Brown says P1. P1 stands');
  });

  it('says what is paused with what is left, and how it came out at the end', () => {
    expect(factOn(card(opened(), takes(bob), waits(bob)), 'Next due')).toBe('Resolution paused, 15 h 58 min left');
    expect(factOn(card(opened(), takes(bob), resolves(bob)), 'Clocks')).toBe('First response met · Resolution met');
    expect(factOn(card(opened(), passes(5 * HOUR_MS)), 'Next due')).toBe(
      'First response was due Mon 23 Nov, 14:00 · breached, 1 h 00 min over as of 15:00',
    );
  });

  it('says the reporter’s words line by line below the title, and the title once', () => {
    const words = 'The printer is on fire\nSmoke on floor two\nNobody is hurt';
    const quotes = (description: string) =>
      card(opened(ravi, { title: 'The printer is on fire', description })).sections.flatMap((section) =>
        section.kind === 'quote' ? [section.text] : [],
      );
    expect(quotes(words)).toEqual(['Smoke on floor two\nNobody is hurt']);
    expect(quotes('The printer is on fire')).toEqual([]);
    expect(quotes('It began at noon')).toEqual(['It began at noon']);
    expect(quotes(`${'word '.repeat(200)}end`)[0]).toMatch(/^(word ){10,}word…$/);
  });

  it('is urgent when it is of the highest priority or over, and quiet when it is closed', () => {
    expect(card(opened()).tone).toBe('plain');
    expect(card(opened(), triages(bob, 'P1')).tone).toBe('urgent');
    expect(card(opened(), passes(5 * HOUR_MS)).tone).toBe('urgent');
    expect(card(opened(), resolves(bob)).tone).toBe('good');
    expect(card(opened(), resolves(bob), wakes({ afterMs: 3 * DAY_MS })).tone).toBe('muted');
  });

  it('says to whom it is offered and how it was solved', () => {
    expect(wordsOn(card(opened(), escalates(bob)))).toContain('Offered to L2 Specialists by Bob Brown');
    expect(wordsOn(card(opened(), resolves(bob)))).toContain('How it was solved We put it out.');
  });
});

describe('the card of a hand-over', () => {
  const view = (...doings: readonly Doing[]): View => {
    const story = storyOf(opened(), takes(alice), notes(bob, 'Mind the smoke'), escalates(bob), ...doings);
    return handoverCard(caseOf(story), 'h1', story.journal, { desk: DESK, at: story.at })!;
  };

  it('has what was tried, what is needed, what the client was told, the history, Accept and Decline', () => {
    const words = wordsOn(view());
    for (const said of [
      'What has been tried Water',
      'Needed: A fire engine',
      'What the client has been told To leave the room',
    ])
      expect(words).toContain(said);
    expect(words).toContain('History');
    expect(words).toContain('Bob Brown noted: Mind the smoke');
    expect(words).toContain('Bob Brown asks L2 Specialists (Carol Chen) to take the case over');
    expect(words).toContain('Escalated by Bob Brown');
    expect(labels(view())).toEqual(['Accept', 'Decline', 'Details']);
    expect(buttonOn(view(), 'Accept').data).toMatchObject({ handover: 'h1' });
  });

  it('says at three in the morning first what is needed, how urgent and by when, then who asks, and has the answers before what is long', () => {
    const deadline = later(TEN, 50 * MINUTE_MS);
    const story = storyOf(opened(), triages(alice, 'P1'), takes(alice), escalates(alice, { deadline }));
    const shown = handoverCard(caseOf(story), 'h1', story.journal, { desk: DESK, at: story.at })!;
    expect(shown.summary.startsWith('Needed: A fire engine · Hand-over CASE-1002')).toBe(true);
    expect(shown.facts).toEqual([]);
    const words = wordsOn(shown);
    const order = [
      'Needed: A fire engine',
      '🔴 P1 Urgent · by Mon 23 Nov, 10:50 (promised to the client, in 47 min) · by',
      'Alice Anderson asks L2 Specialists (Carol Chen)',
      'What the client has been told',
      'What has been tried',
      'Status',
      'History',
    ].map((said) => words.indexOf(said));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    const kinds = shown.sections.map(({ kind }) => kind);
    expect(kinds.indexOf('buttons')).toBeLessThan(kinds.indexOf('facts'));
  });

  it('says once what is due at the same minute', () => {
    const story = storyOf(opened(), triages(alice, 'P1'), takes(alice));
    const deadline = nextDue(caseOf(story), DESK)!.dueAt;
    const asked = next(story, escalates(alice, { deadline })).story;
    const words = wordsOn(handoverCard(caseOf(asked), 'h1', asked.journal, { desk: DESK, at: asked.at })!);
    expect(words).toMatch(/\(promised to the client, and \w+( \w+)? due, in [^)]+\) as of/);
  });

  it('quotes the whole of what is needed where a line cannot hold it', () => {
    const needed = `First this\nthen ${'that '.repeat(100)}`;
    const story = storyOf(opened(), takes(alice), escalates(alice, { needed }));
    const words = wordsOn(handoverCard(caseOf(story), 'h1', story.journal, { desk: DESK, at: story.at })!);
    expect(words).toContain(needed.trim());
  });

  it('that asks for advice says that the case stays, and keeps the answer', () => {
    const asked = storyOf(opened(), takes(alice), escalates(alice, { person: carol.id, advice: true }));
    const open = handoverCard(caseOf(asked), 'h1', asked.journal, { desk: DESK, at: asked.at })!;
    expect(wordsOn(open)).toContain('Advice wanted CASE-1002');
    expect(wordsOn(open)).toContain('Alice Anderson keeps the case');
    expect(wordsOn(open)).toContain('Asked by Alice Anderson');
    expect(labels(open)).toEqual(['Give advice', 'Decline', 'Details']);
    const given = next(asked, advises(carol)).story;
    const done = wordsOn(handoverCard(caseOf(given), 'h1', given.journal, { desk: DESK, at: given.at })!);
    expect(done).toContain('Answered by Carol Chen');
    expect(done).toContain('Pull the plug');
  });

  it('shows the hands that the case went through', () => {
    const story = storyOf(
      opened(),
      takes(alice),
      escalates(alice),
      accepts(carol),
      escalates(carol, { person: alice.id }),
    );
    const words = wordsOn(handoverCard(caseOf(story), 'h2', story.journal, { desk: DESK, at: story.at })!);
    expect(words).toContain('Went from hand to hand: Alice Anderson → Carol Chen');
  });

  it.each<readonly [string, Doing, string]>([
    ['accepted', accepts(carol), 'Accepted by Carol Chen'],
    ['declined', declines(carol, 'Not ours'), 'Declined by Carol Chen: Not ours'],
    ['taken by somebody else', takes(lena), 'the case was taken (Lena Lead)'],
  ])('has no Accept any more once it was %s, and says so', (_, doing, words) => {
    expect(labels(view(doing))).toEqual(['Details']);
    // What would go stale on a card that is not drawn again.
    expect(view(doing).facts).toEqual([]);
    expect(wordsOn(view(doing))).toContain(words);
  });
});

describe('a warning', () => {
  const warning = (...doings: readonly Doing[]): View => {
    const story = storyOf(...doings);
    const now = { desk: DESK, at: story.at };
    const danger = dangersOf(caseOf(story), story.journal, now).at(-1)!;
    return warningView(caseOf(story), danger, now);
  };

  it('says at risk, the case, the clock, the owner and what is left', () => {
    const view = warning(opened(), assigns(lena, bob.id), wakes({ afterMs: 3 * HOUR_MS }));
    const words = wordsOn(view);
    for (const said of ['First response at risk', 'CASE-1002', 'Owner: Bob Brown', '59 min left as of'])
      expect(words).toContain(said);
    expect(view.summary).toContain('at risk');
  });

  it('says breached and how far over', () => {
    const view = warning(opened(), wakes({ afterMs: 5 * HOUR_MS }));
    const words = wordsOn(view);
    for (const said of [
      'First response breached',
      'CASE-1002',
      'Owner: None yet; Alice Anderson’s turn',
      '1 h 00 min over as of',
    ])
      expect(words).toContain(said);
    expect(words).toContain('nobody has triaged or taken it yet');
  });
});

describe('the forms', () => {
  const it0 = given(opened()).case;

  it('the new-case form has Title, What happened, Client, Category and Priority, and Open case', () => {
    const form = newCaseForm(DESK, { title: 'Printer', description: '', files: [], client: null, known: [], data: {} });
    expect(form.fields.map(({ label }) => label)).toEqual(['Title', 'What happened', 'Client', 'Category', 'Priority']);
    expect(form.submit).toBe('Open case');
    const priority = form.fields.find(({ name }) => name === 'priority')!;
    expect(priority).toMatchObject({ kind: 'choice', required: false });
    // The written criteria are beside each.
    expect(JSON.stringify(priority)).toContain('The client cannot work');
  });

  it('the escalation form has its three fields, all required, sensible answers for the rest, and Hand over', () => {
    const form = escalateForm(it0, DESK, MINE);
    expect(form.fields.map(({ label, required }) => [label, required])).toEqual([
      ['What has been tried', true],
      ['What is needed', true],
      ['What the client has been told', true],
      ['Whom to ask', false],
      ['Ask them to', false],
      ['Promised to the client by', false],
    ]);
    expect(form.submit).toBe('Hand over');
    expect(JSON.stringify(form.intro)).toContain('L2 Specialists');
  });

  it('every form has the case’s reference in its title, within 24 characters', () => {
    const forms = [
      escalateForm(it0, DESK, MINE),
      resolveForm(it0),
      declineForm(it0, 'h1'),
      noteForm(it0),
      replyForm(it0),
      assignForm(it0, everybody(DESK)),
      priorityForm(it0, DESK),
    ];
    for (const { title } of forms) {
      expect(title).toContain('CASE-1002');
      expect(title.length).toBeLessThanOrEqual(24);
    }
  });

  it('the assign form offers those who can own cases', () => {
    expect(JSON.stringify(assignForm(it0, everybody(DESK)).fields)).not.toContain('Vera');
  });
});

describe('why', () => {
  const why = (...doings: readonly Doing[]): string => {
    const story = storyOf(...doings);
    return wordsOn(whyView(caseOf(story), story.journal, DESK, story.at));
  };

  it('names each clock, the time that did not count, and ends each with used X of Y, Z left', () => {
    const words = why(opened(), takes(bob), waits(alice), passes(2 * HOUR_MS), resumes(alice), passes(DAY_MS));
    expect(words).toMatch(/First response[\s\S]*used 1 min of 4 h 00 min, 3 h 59 min left/u);
    expect(words).toMatch(/Resolution[\s\S]*used 8 h 02 min of 16 h 00 min, 7 h 58 min left/u);
    expect(words).toContain('Did not count: 2 h 01 min paused: waiting for the client, by Alice Anderson');
    expect(words).toMatch(/Did not count: 16 h 00 min /u);
  });

  it('says by whom the target was changed', () => {
    const story = storyOf(opened(), triages(alice, 'P1'));
    const whole = wordsOn(ledgerView(caseOf(story), story.journal, { desk: DESK, at: story.at, offset: 0 }));
    expect(whole).toContain('target changed: priority not set → P1, by Alice Anderson');
  });

  it('adds up to the minute with the clock on the card', () => {
    fc.assert(
      fc.property(anyLife, (states) => {
        const { case: it, journal, desk, at } = states.at(-1)!;
        const words = wordsOn(whyView(it!, journal, desk, at));
        for (const clock of it!.clocks.filter(({ state }) => state !== 'running')) {
          const minutes = Math.floor(clock.elapsedMs / MINUTE_MS);
          const used =
            minutes < 60
              ? `${minutes} min`
              : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
          expect(words).toContain(`used ${used} of`);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('details', () => {
  it('tells the story, with words as they are now', () => {
    const edit: Doing = {
      by: ravi,
      afterMs: MINUTE_MS,
      command: { kind: 'HearEdit', place: SOURCE, text: 'Two printers, in fact', at: later(TEN, MINUTE_MS) },
    };
    const story = storyOf(opened(), takes(bob), says(ravi), edit, resolves(bob), reopens(bob));
    const words = wordsOn(detailsView(caseOf(story), story.journal, { desk: DESK, at: story.at, ofDesk: true }));
    for (const said of [
      'Two printers, in fact',
      'Bob Brown took the case',
      'Ravi Reporter wrote: Is anybody there?',
      'Bob Brown resolved it: We put it out.',
      'Bob Brown reopened it',
    ])
      expect(words).toContain(said);
  });

  it('shows that a message is gone, not what it said', () => {
    const heard = says(ravi)(TEN);
    if (heard.command.kind !== 'HearMessage') throw new Error('not a message');
    const gone: Doing = {
      by: ravi,
      afterMs: 1,
      command: { kind: 'HearDeletion', place: heard.command.place, at: TEN },
    };
    const story = storyOf(opened(), heard, gone);
    const words = wordsOn(detailsView(caseOf(story), story.journal, { desk: DESK, at: story.at, ofDesk: true }));
    expect(words).toContain('wrote a message and deleted it');
    expect(words).not.toContain('Is anybody there?');
  });
});

describe('details for the reporter', () => {
  it('leave out what stays among the people of the desk', () => {
    const story = storyOf(
      opened(),
      takes(bob),
      notes(bob, 'A secret'),
      says(bob, 'desk'),
      escalates(bob),
      says(bob),
      wakes({ afterMs: 3 * HOUR_MS }),
    );
    const view = detailsView(caseOf(story), story.journal, { desk: DESK, at: story.at, ofDesk: false });
    const words = wordsOn(view);
    for (const secret of ['A secret', 'fire engine', 'L2 Specialists', 'Offered', 'at risk'])
      expect(words).not.toContain(secret);
    expect(words.match(/Is anybody there/gu)).toHaveLength(1);
    expect(words).toContain('Bob Brown took the case');
    expect(buttonsOn(view)).toEqual([]);
  });
});

describe('help', () => {
  it('tells every word of the grammar, the priorities and the emoji', () => {
    const words = wordsOn(helpView(DESK));
    for (const word of WORDS.filter((one) => one !== 'help')) expect(words).toContain(word);
    for (const said of ['p1|p2|p3', '🔴', '🎫', '👀', '✅', '⏳']) expect(words).toContain(said);
  });

  it('tells the written criteria', () => {
    expect(wordsOn(criteriaView(DESK))).toContain(
      'P1 Urgent: The client cannot work. First response within 1 h, solved within 4 h',
    );
  });
});

const DRAWINGS: readonly DrawingName[] = [
  'case-card',
  'opened',
  'ask-how',
  'handover-card',
  'leads-word',
  'warning',
  'told',
  'thread-line',
  'reply',
  'resolved',
];

describe('every view of every case that can be', () => {
  it('can be drawn, and has words', async () => {
    await fc.assert(
      fc.asyncProperty(anyLife, async (states) => {
        for (const { case: it, journal, desk, at } of states.slice(-2)) {
          const form = { case: it!.id, person: 'alice', doing: 'reply', since: at, until: later(at, DAY_MS) };
          const store = {
            caseById: async () => it,
            journalOf: async () => journal,
            recall: async () => null,
            present: async () => [form],
          };
          const engine = { store, desk: () => desk, clock: { now: () => at } } as unknown as Engine;
          for (const view of DRAWINGS) {
            for (const { version } of journal.slice(-6)) {
              const args = { version, person: 'alice', handover: 'h1' };
              const posting = { case: it!.id, drawing: { view, args } } as unknown as Posting;
              const drawn = await draw(engine, posting);
              if (drawn === null) continue;
              expect(drawn.summary).not.toBe('');
              expect(`${drawn.summary} ${wordsOn(drawn)}`).not.toMatch(/undefined|null|NaN|\[object/u);
            }
          }
          const cases = [it!];
          const shown = { cases, total: 20, offset: 8 };
          const views = [
            detailsView(it!, journal, { desk, at, ofDesk: true }),
            detailsView(it!, journal, { desk, at, ofDesk: false }),
            whyView(it!, journal, desk, at),
            listView('Open cases', shown, 'None', { desk, at, filter: 'open' }),
            homeView({ reader: alice, mine: shown, team: shown, untriaged: shown, board: null, offsets: {} }, desk, at),
            boardView(boardOf(cases, { desk, attendance: AS_PLANNED, at }), { ...READING, desk, at }),
          ];
          for (const view of views)
            expect(`${view.summary} ${wordsOn(view)}`).not.toMatch(/undefined|null|NaN|\[object/u);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('survives a desk file from which everybody it speaks of has gone', () => {
    const empty = { ...DESK, people: [], levels: [], priorities: [DESK.priorities[2]!] };
    fc.assert(
      fc.property(anyLife, (states) => {
        const { case: it, journal, at } = states.at(-1)!;
        const journalView = detailsView(it!, journal, { desk: empty, at: later(at, DAY_MS), ofDesk: true });
        expect(wordsOn(journalView)).toContain('CASE-1002');
        whyView(it!, journal, empty, at);
        handoverCard(it!, 'h1', journal, { desk: empty, at });
        escalateForm(it!, empty, MINE);
        assignForm(it!, everybody(empty));
        const board = boardOf([it!], { desk: empty, attendance: AS_PLANNED, at });
        boardView(board, { ...READING, desk: empty, at });
        for (const one of board.levels.flatMap(({ people }) => people))
          expect(wordsOn(personBoardView(one, { ...READING, desk: empty, at }))).toContain('no longer of the desk');
        priorityForm(it!, empty);
      }),
      { numRuns: 30 },
    );
  });

  it('is shown in the desk’s zone', () => {
    const summer = instant(Date.UTC(2026, 6, 1, 10));
    const view = caseCard({ ...given(opened()).case, openedAt: summer }, DESK, TEN);
    expect(wordsOn(view)).toContain('Wed 1 Jul, 11:00');
  });
});
