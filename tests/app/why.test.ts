import type { Section, View } from '../../src/app/view';
import { nextDueLine } from '../../src/app/views/clockText';
import { csvOf } from '../../src/app/views/csv';
import { csvRows, ledgerCsvView, ledgerView } from '../../src/app/views/ledger';
import { shortTime } from '../../src/app/views/parts';
import { whyView } from '../../src/app/views/why';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../src/domain/ids';
import {
  alice,
  beginning,
  caseOf,
  DESK,
  OFFICE,
  opened,
  passes,
  resumes,
  type Story,
  takes,
  told,
  triages,
  waits,
  wakes,
} from '../support/given';

const wordsOf = (sections: readonly Section[]): string[] =>
  sections.flatMap((section) => {
    if (section.kind === 'lines')
      return section.lines.map((line) => line.map((one) => ('text' in one ? one.text : '')).join(''));
    return section.kind === 'heading' || section.kind === 'code' ? section.text.split('\r\n') : [];
  });
const why = ({ journal, desk, at, case: it }: Story): View => whyView(it ?? caseOf(beginning()), journal, desk, at);
const whole = (story: Story, offset = 0): View =>
  ledgerView(caseOf(story), story.journal, { desk: story.desk, at: story.at, offset });

/** From a Thursday before Christmas over the holiday, with a wait, a change of priority and a breach. */
const CHRISTMAS = told(beginning(DESK, instant(Date.UTC(2026, 11, 23, 15))), [
  opened(),
  triages(alice, 'P2', { afterMs: 30 * MINUTE_MS }),
  takes(alice, { afterMs: 30 * MINUTE_MS }),
  waits(alice, { afterMs: 17 * HOUR_MS }),
  resumes(alice, { afterMs: HOUR_MS }),
  passes(6 * DAY_MS),
  wakes(),
]);

describe('why', () => {
  it('tells what was done, by whom, and what did not count, and ends with what is left', () => {
    const words = wordsOf(why(CHRISTMAS).sections);
    expect(words).toEqual([
      'First response',
      'Wed 23 Dec, 15:00: started: 4 h 00 min on the desk’s hours',
      'Wed 23 Dec, 16:00: met: by Alice Anderson',
      'used 1 h 00 min of 4 h 00 min, 3 h 00 min left',
      'Resolution',
      'Wed 23 Dec, 15:00: started: 16 h 00 min on the desk’s hours',
      'Thu 24 Dec, 09:00: paused: waiting for the client, by Alice Anderson',
      'Thu 24 Dec, 10:00: resumed: by Alice Anderson',
      'Mon 28 Dec, 16:00: breached',
      'Did not count: 64 h 00 min night',
      'Did not count: 1 h 00 min paused: waiting for the client, by Alice Anderson',
      'Did not count: 24 h 00 min holiday Christmas Day',
      'Did not count: 48 h 00 min weekend',
      'used 26 h 00 min of 16 h 00 min, 0 min left (10 h 00 min over)',
    ]);
  });

  it('says what the card says, to the minute and in the same words', () => {
    const at = instant(Date.UTC(2026, 10, 23, 10));
    const story = told(beginning(DESK, at), [
      opened(),
      triages(alice, 'P1', { afterMs: 20_000 }),
      passes(42 * MINUTE_MS + 10_000),
    ]);
    const card = nextDueLine(caseOf(story), DESK, story.at)
      .map((one) => ('text' in one ? one.text : ''))
      .join('');
    expect(card).toContain('18 min left as of');
    expect(wordsOf(why(story).sections)).toContain('used 42 min of 1 h 00 min, 18 min left');
  });

  it('has the whole ledger a page at a time, with every stretch', () => {
    const long = told(CHRISTMAS, [passes(14 * DAY_MS)]);
    const first = whole(long);
    expect(first.title).toEqual([
      { kind: 'text', text: expect.stringMatching(/^The ledger of CASE-1002 \(1–24 of \d+\)$/) },
    ]);
    const words = [...wordsOf(first.sections), ...wordsOf(whole(long, 24).sections)];
    expect(words).toEqual(
      expect.arrayContaining([
        'Fri 25 Dec 2026, 00:00 → Sat 26 Dec 2026, 00:00 · 0 min · holiday Christmas Day',
        'Tue 29 Dec 2026, 09:00 → Tue 29 Dec 2026, 17:00 · 8 h 00 min · open',
      ]),
    );
    expect(first.buttons.map(({ label, data }) => [label, data['offset'], data['as']])).toEqual([
      ['Next', 24, 'rows'],
      ['As CSV', 0, 'csv'],
      ['Short', 0, 'short'],
    ]);
    expect(whole(long, 9999).title).toEqual(first.title);
  });

  it('tells an edited calendar', () => {
    const story = told(beginning(), [opened(), passes(HOUR_MS)]);
    const desk = {
      ...DESK,
      calendars: { ...DESK.calendars, desk: { ...OFFICE, weekly: { mon: [{ start: '09:00', end: '11:00' }] } } },
    };
    const after = told({ ...story, desk }, [wakes(), passes(2 * HOUR_MS)]);
    expect(wordsOf(why(after).sections)).toContain(
      'Mon 23 Nov, 11:00: calendar switched: calendar “desk” was edited; 16 h 00 min on the desk’s hours',
    );
    expect(wordsOf(why(after).sections)).toContain('used 1 h 00 min of 16 h 00 min, 15 h 00 min left');
  });
});

describe('the ledger as CSV', () => {
  it('has a row for every stretch, whose minutes add up to the sum of its clock', () => {
    const [head, ...rows] = csvRows(caseOf(CHRISTMAS), CHRISTMAS.journal, DESK, CHRISTMAS.at);
    expect(head).toEqual(['case', 'clock', 'cycle', 'from', 'to', 'open minutes', 'what']);
    const resolution = rows.filter(([, clock]) => clock === 'Resolution');
    const total = resolution.at(-1);
    const sum = resolution.slice(0, -1).reduce((all, row) => all + Number(row[5]), 0);
    expect([sum, Number(total?.[5])]).toEqual([26 * 60, 26 * 60]);
    expect(rows[1]?.slice(3, 5)).toEqual(['2026-12-23T15:00:00+00:00', '2026-12-23T16:00:00+00:00']);
  });

  it('is one block of text to copy', () => {
    const view = ledgerCsvView(caseOf(CHRISTMAS), CHRISTMAS.journal, { desk: DESK, at: CHRISTMAS.at, offset: 0 });
    expect(wordsOf(view.sections)[0]).toBe('case,clock,cycle,from,to,open minutes,what');
    expect(wordsOf(view.sections)).toContain(
      'CASE-1002,Resolution,1,2026-12-25T00:00:00+00:00,2026-12-26T00:00:00+00:00,0,holiday Christmas Day',
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+44 20', "'+44 20"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['＝1', "'＝1"],
    ['a,=1', '"a,\'=1"'],
    ['a"=1"', '"a""\'=1"""'],
    ['a\n=1', '"a\n\'=1"'],
    ['a;@x', '"a;\'@x"'],
    ['plain - words + more', 'plain - words + more'],
  ])('%j is harmless in a spreadsheet', (cell, written) => {
    expect(csvOf([[cell]])).toBe(written);
  });
});

it('names the year of what was in another one, in short and in whole, and only then', () => {
  const { journal, desk, at, case: it } = CHRISTMAS;
  const next = instant(Date.UTC(2027, 0, 4, 12));
  const shown = [
    whyView(it ?? caseOf(CHRISTMAS), journal, desk, next),
    ledgerView(caseOf(CHRISTMAS), journal, { desk, at: next, offset: 0 }),
  ].map(({ sections }) => wordsOf(sections).join('\n'));
  for (const words of shown) expect(words).toMatch(/Wed 23 Dec 2026, \d\d:\d\d/);
  expect(at).toBeLessThan(Date.UTC(2027, 0, 1));
  expect(wordsOf(why(CHRISTMAS).sections).join('\n')).not.toContain('2026');
});

it.each([
  [Date.UTC(2026, 11, 31, 20), '20:00'],
  [Date.UTC(2027, 0, 1, 9), 'Fri 09:00'],
  [Date.UTC(2027, 0, 7, 9), 'Thu 7 Jan 2027, 09:00'],
  [Date.UTC(2026, 11, 30, 9), 'Wed 30 Dec, 09:00'],
])('the shortest that cannot be mistaken: %s is %s', (at, words) => {
  expect(shortTime(instant(at), instant(Date.UTC(2026, 11, 31, 12)), 'Europe/London')).toBe(words);
});
