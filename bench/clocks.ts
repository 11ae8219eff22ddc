/** What it costs to know the time: the clocks of one case, and one step along a calendar beside a library that can take it. */
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc';
import businessTime from 'dayjs-business-time';
import { openStore } from '../adapters/storage';
import { perform } from '../src/app/perform';
import { readDesk } from '../src/config/deskFile';
import { alarmOf } from '../src/domain/alarm';
import type { Case, Party } from '../src/domain/case/case';
import type { Command } from '../src/domain/case/commands';
import type { Recorded } from '../src/domain/case/events';
import { evolve } from '../src/domain/case/evolve';
import type { Desk } from '../src/domain/desk/desk';
import { DAY_MS, HOUR_MS, type Instant, instant, later, MINUTE_MS, personId, priorityName } from '../src/domain/ids';
import type { Calendar } from '../src/domain/sla/calendar';
import { dueOf, remaining, stateOf } from '../src/domain/sla/clock';
import { clockCalendar } from '../src/domain/sla/policy';
import { addOpen } from '../src/domain/sla/walk';
import { DESK } from './desk';
import { engineOn, opened } from './engine';
import { median } from './numbers';
import { compared, type Row } from './report';

export interface ClockSizes {
  readonly rounds: number;
}

export async function clockRows({ rounds }: ClockSizes): Promise<readonly Row[]> {
  return [...(await caseRows(rounds)), ...walkRows(rounds)];
}

/** µs of one of `times` calls. */
function eachUs(times: number, act: (turn: number) => number | null): number {
  const startedAt = performance.now();
  let sum = 0;
  for (let turn = 0; turn < times; turn += 1) sum += act(turn) ?? 0;
  const us = ((performance.now() - startedAt) * 1000) / times;
  // What was worked out is looked at, so that none of it can be left out.
  if (Number.isNaN(sum)) throw new Error('something that was measured is no number');
  return us;
}

const CASE_TIMES = 2000;
const EVENTS_MIN = 30;
const CLOCKS = 5;

async function caseRows(rounds: number): Promise<readonly Row[]> {
  const desk = officeDesk();
  const { journal, until } = await livedCase(desk);
  const clocks = folded(journal).clocks.length;
  if (clocks !== CLOCKS || journal.length < EVENTS_MIN)
    throw new Error(`the case has ${clocks} clocks and ${journal.length} events`);
  const round = (): number => eachUs(CASE_TIMES, (turn) => knownAt(journal, desk, later(until, turn * MINUTE_MS)));
  round();
  return [
    {
      what: 'one case’s clocks recomputed',
      value: median(Array.from({ length: rounds }, round)),
      unit: 'µs',
      how: `median of ${rounds}; ${journal.length} events folded, then state, due and rest of ${clocks} clocks on office hours, and the alarm`,
    },
  ];
}

function folded(journal: readonly Recorded[]): Case {
  const it = journal.reduce<Case | null>((before, { event, ...happening }) => evolve(before, event, happening), null);
  if (it === null) throw new Error('the journal is empty');
  return it;
}

/** All that is known of the clocks at an instant, from the journal alone, as one number. */
function knownAt(journal: readonly Recorded[], desk: Desk, at: Instant): number {
  const it = folded(journal);
  const each = it.clocks.map((clock) => {
    const calendar = clockCalendar(desk, clock);
    return stateOf(clock, calendar, at).length + (dueOf(clock, calendar) ?? 0) + remaining(clock, calendar, at);
  });
  return each.reduce((sum, one) => sum + one, alarmOf(it, desk) ?? 0);
}

/** Office hours in London and a target for every clock. */
function officeDesk(): Desk {
  const text = DESK.replace(
    'hours: 24x7 }',
    `hours: { ${['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => `${day}: "09:00-17:30"`).join(', ')} } }`,
  )
    .replace(
      /P2: .*\n/,
      'P2: { label: Standard, first_response: 4h, resolution: 9d, triage: 2h, next_response: 4h, update_every: 2d, when: The client is hindered }\n',
    )
    .replace('untriaged: P3', 'untriaged: P2');
  const read = readDesk(text, { path: 'bench/clocks.ts' });
  if ('problem' in read) throw new Error(read.problem);
  return read.desk;
}

const ALICE: Party = { kind: 'person', id: personId('alice'), name: 'Alice Anderson' };
const RAVI: Party = { kind: 'guest', platform: 'slack', user: 'U0RAVI', name: 'Ravi Reporter' };
const APART_MS = 3 * HOUR_MS;

/** A case of some days, with questions, answers and pauses, as the engine writes it down. */
async function livedCase(desk: Desk): Promise<{ readonly journal: readonly Recorded[]; readonly until: Instant }> {
  const store = await openStore('file::memory:');
  const clock = { at: instant(Date.UTC(2026, 10, 23, 10)) };
  const engine = engineOn(store, clock, desk);
  const acts: readonly ((at: Instant) => readonly [Party, Command])[] = [
    () => [ALICE, { kind: 'TriageCase', priority: priorityName('P2'), seen: null }],
    () => [ALICE, { kind: 'TakeCase', takeOver: true, seen: null }],
    ...Array.from({ length: 4 }, (_, turn) => exchange(turn)).flat(),
  ];
  try {
    const id = await opened(engine, { priority: null });
    for (const act of acts) {
      clock.at = later(clock.at, APART_MS);
      const [by, command] = act(clock.at);
      const outcome = await perform(engine, { command, case: id, by, cause: { what: 'bench', keys: [] } });
      if (outcome.kind !== 'committed')
        throw new Error(`${command.kind} was not committed: ${JSON.stringify(outcome)}`);
    }
    return { journal: await store.journalOf(id), until: clock.at };
  } finally {
    await store.close();
  }
}

/** The client asks, is answered, and is waited for. */
const exchange = (turn: number): readonly ((at: Instant) => readonly [Party, Command])[] => [
  (at) => [
    RAVI,
    {
      kind: 'HearMessage',
      place: { platform: 'slack', channel: 'C0SUPPORT', message: `${turn}.5`, thread: '1.0' },
      text: 'Is there any news?',
      audience: 'public',
      at,
    },
  ],
  () => [ALICE, { kind: 'ReplyToReporter', text: 'We are on it' }],
  () => [ALICE, { kind: 'AwaitClient', seen: null }],
  () => [ALICE, { kind: 'ResumeCase', seen: null }],
];

const OPEN = [{ start: '09:00', end: '17:30' }];
/** Eight holidays in each of ten years. */
const HOLIDAYS = Array.from({ length: 10 }, (_, year) => 2021 + year).flatMap((year) =>
  ['01-01', '04-10', '05-06', '05-27', '08-26', '12-25', '12-26', '12-28'].map((date) => `${year}-${date}`),
);
const START = Date.UTC(2021, 0, 1);
const MINUTES = (10 * 365 * DAY_MS) / MINUTE_MS;
const HOURS = 4;
const OWN_TIMES = 20_000;
const PEER_TIMES = 400;

const calendarIn = (zone: string): Calendar => ({
  name: 'office',
  zone,
  weekly: { mon: OPEN, tue: OPEN, wed: OPEN, thu: OPEN, fri: OPEN },
  holidays: HOLIDAYS.map((date) => ({ date, name: null })),
  overrides: {},
  breaks: [],
});

/** Starts all over the ten years, the same ones every time. */
const startOf = (turn: number): Instant => instant(START + ((turn * 7919) % MINUTES) * MINUTE_MS);

/** The library keeps its hours for the whole process; it works on UTC here, where it is at its fastest. */
function peer(): (turn: number) => number {
  dayjs.extend(utc);
  dayjs.extend(businessTime);
  const day = [{ start: '09:00:00', end: '17:30:00' }];
  const closed = { sunday: null, saturday: null };
  dayjs.setBusinessTime({ ...closed, monday: day, tuesday: day, wednesday: day, thursday: day, friday: day });
  dayjs.setHolidays([...HOLIDAYS]);
  return (turn) => dayjs.utc(startOf(turn)).addBusinessHours(HOURS).valueOf();
}

function walkRows(rounds: number): readonly Row[] {
  const theirs = peer();
  const walkIn = (zone: string): ((turn: number) => number | null) => {
    const calendar = calendarIn(zone);
    return (turn) => addOpen(calendar, startOf(turn), HOURS * HOUR_MS);
  };
  const [inUtc, inLondon] = [walkIn('Etc/UTC'), walkIn('Europe/London')];
  for (let turn = 0; turn < PEER_TIMES; turn += 1)
    if (inUtc(turn) !== theirs(turn)) throw new Error(`from ${new Date(startOf(turn)).toISOString()} they disagree`);
  const measured = Array.from({ length: rounds }, () => ({
    utc: eachUs(OWN_TIMES, inUtc),
    london: eachUs(OWN_TIMES, inLondon),
    peer: eachUs(PEER_TIMES, theirs),
  }));
  const what = `add ${HOURS} business hours, 10 years of holidays`;
  const how = `median of ${rounds}; starts all over the ten years`;
  return [
    compared(
      {
        what,
        value: median(measured.map((one) => one.utc)),
        unit: 'µs',
        how: `${how}, the same instants as the library`,
      },
      { what: 'dayjs-business-time', value: median(measured.map((one) => one.peer)) },
    ),
    { what: `${what}, Europe/London`, value: median(measured.map((one) => one.london)), unit: 'µs', how },
  ];
}
