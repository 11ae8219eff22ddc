/** One case through more than a year, as people live it, and a second opinion on every minute of it. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateOf, instantOn, localDay } from '../../src/domain/desk/localDay';
import { DAY_MS, HOUR_MS, instant, MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import type { Calendar } from '../../src/domain/sla/hours';
import { openAt, openMsBetween } from '../domain/slaBruteForce';
import {
  eventually,
  type Product,
  SlackPerson,
  SUPPORT,
  startProduct,
  TeamsPerson,
  textOf,
  wordsOn,
} from '../support/product';

const LONDON = 'Europe/London';
const OFFICE = '["09:00-12:30", "13:30-17:30"]';
const YEARS = [0, 1, 2].map((ahead) => new Date().getUTCFullYear() + ahead);
const HOLIDAYS = YEARS.flatMap((year) => [
  { date: `${year}-12-25`, name: 'Christmas Day' },
  { date: `${year}-12-26`, name: 'Boxing Day' },
  { date: `${year}-01-01`, name: 'New Year' },
]);

const LISTED = HOLIDAYS.map(({ date, name }) => `{ date: ${date}, name: ${name} }`).join(', ');
const DESK = `
desk:
  name: Acme Support
  prefix: CASE
  timezone: ${LONDON}
  hours: { mon: ${OFFICE}, tue: ${OFFICE}, wed: ${OFFICE}, thu: ${OFFICE}, fri: ["09:00-16:00"] }
  holidays: [${LISTED}]
calendars:
  island:
    timezone: Australia/Lord_Howe
    hours: { mon: ["08:00-16:00"], wed: ["08:00-16:00"], thu: ["20:00-24:00"], sat: ["22:00-04:00"] }
    holidays: [${LISTED}]
people:
  - { id: alice, name: Alice Anderson, slack: U0ALICE, teams: 00000000-0000-0000-0000-00000000a11c, role: agent }
  - { id: lena, name: Lena Lead, slack: U0LENA, teams: 00000000-0000-0000-0000-000000001ea0, role: lead }
levels:
  - { name: L1, members: [alice] }
channels:
  triage: { slack: C0TRIAGE, teams: "19:triage@thread.tacv2" }
  leads: { slack: C0LEADS, teams: "19:leads@thread.tacv2" }
priorities:
  P2: { label: Standard, emoji: [large_orange_circle], first_response: 4h, resolution: 1100h, hours: island, when: Hindered }
  P3: { label: Low, emoji: [large_blue_circle], first_response: 8h, resolution: 1000h, triage: 2h, when: Everything else }
`;

const window = (start: string, end: string) => ({ start, end });
const WHOLE = [window('09:00', '12:30'), window('13:30', '17:30')];
const DESK_HOURS: Calendar = {
  name: 'desk',
  zone: LONDON,
  weekly: { mon: WHOLE, tue: WHOLE, wed: WHOLE, thu: WHOLE, fri: [window('09:00', '16:00')] },
  holidays: HOLIDAYS,
  overrides: {},
  breaks: [],
};
const ISLAND: Calendar = {
  name: 'island',
  zone: 'Australia/Lord_Howe',
  weekly: {
    mon: [window('08:00', '16:00')],
    wed: [window('08:00', '16:00')],
    thu: [window('20:00', '24:00')],
    sat: [window('22:00', '04:00')],
  },
  holidays: HOLIDAYS,
  overrides: {},
  breaks: [],
};

/** When something was done, as far as the one who did it can know. */
type Moment = readonly [earliest: number, latest: number];

interface Stretch {
  readonly from: Moment;
  to: Moment | null;
  readonly calendar: Calendar;
}

/** The test's own notes of when the resolution of a case counted, and on which hours: nothing in them comes from the product. */
class Notes {
  private readonly stretches: Stretch[] = [];
  private hours = DESK_HOURS;
  targetMinutes = 0;

  counts(from: Moment): void {
    this.stretches.push({ from, to: null, calendar: this.hours });
  }

  stands(at: Moment): void {
    const last = this.stretches.at(-1);
    if (last !== undefined) last.to ??= at;
  }

  /** Other hours and another target; what has counted is kept. */
  change(hours: Calendar, targetHours: number, at: Moment): void {
    const isCounting = this.stretches.at(-1)?.to === null;
    this.stands(at);
    this.hours = hours;
    this.targetMinutes = targetHours * 60;
    if (isCounting) this.counts(at);
  }

  /** The hours on which it counted at an instant that was told to the second. */
  calendarAt(at: number): Calendar {
    const stretch = this.stretches.findLast(({ from }) => from[0] - SECOND_MS < at);
    if (stretch === undefined) throw new Error(`nothing counted at ${new Date(at).toISOString()}`);
    return stretch.calendar;
  }

  /** Whole minutes used by `now`, counted one by one: at least and at most, for acting takes a moment. */
  usedMinutes(now: number): { readonly least: number; readonly most: number } {
    let [least, most] = [0, 0];
    for (const { from, to, calendar } of this.stretches.filter((one) => one.from[1] < now)) {
      const end = to === null || to[1] > now ? ([now, now] as const) : to;
      const sure = openMsBetween(calendar, from[1], end[0]);
      least += sure;
      most += sure + openMsBetween(calendar, from[0], from[1]) + openMsBetween(calendar, end[0], end[1]);
    }
    expect(most - least).toBeLessThan(MINUTE_MS);
    return { least: Math.floor(least / MINUTE_MS), most: Math.floor(most / MINUTE_MS) };
  }
}

const exactly = (minutes: number): string =>
  minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;

/** `used 12 h 30 min of 1000 h 00 min, 987 h 30 min left`, and the words of the card for what is left. */
function said(used: number, target: number): { readonly sum: string; readonly left: string } {
  const left = target - used;
  const words = left < 0 ? `${exactly(-left)} over` : `${exactly(left)} left`;
  return {
    sum: `used ${exactly(used)} of ${exactly(target)}, ${left < 0 ? `0 min left (${words})` : words}`,
    left: words,
  };
}

/** `used 12 h 30 min of …` in minutes. */
function usedIn(words: string): number {
  const [, hours = '0', minutes = ''] =
    /used (?:(\d+) h )?(\d+) min of/.exec(words.split('Resolution').at(-1) ?? '') ?? [];
  return Number(hours) * 60 + Number(minutes);
}

interface Row {
  readonly clock: string;
  readonly from: number;
  readonly to: number;
  readonly minutes: number;
  readonly what: string;
}

function rowOf(line: string): Row {
  const [, clock = '', , from = '', to = '', minutes = '', ...what] = line.split(',');
  return { clock, from: Date.parse(from), to: Date.parse(to), minutes: Number(minutes), what: what.join(',') };
}

const REFS = ['CASE-1001', 'CASE-1002'] as const;
type Ref = (typeof REFS)[number];

interface Answers {
  readonly slack: string;
  readonly teams: string;
}

/** What was said of a case at one instant. It is judged when the year is over: counting half a million minutes holds up a server. */
interface Look {
  readonly ref: Ref;
  readonly at: number;
  readonly targetMinutes: number;
  readonly why: Answers;
  readonly card: Answers;
}

describe('A year of two cases', () => {
  let product: Product;
  let alice: SlackPerson;
  let lena: SlackPerson;
  let lenaInTeams: TeamsPerson;
  let monday = 0;
  const notes = { 'CASE-1001': new Notes(), 'CASE-1002': new Notes() };
  const looks: Look[] = [];
  const csvs = new Map<Ref, readonly string[]>();

  const now = (): number => product.running.sandbox?.clock.now() ?? 0;

  const onDay = (days: number, time: string): number => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return instantOn(LONDON, monday + days, hours * 60 + minutes);
  };

  beforeAll(async () => {
    const desk = join(mkdtempSync(join(tmpdir(), 'baton-')), 'desk.yaml');
    writeFileSync(desk, DESK);
    product = await startProduct({ DESK_CONFIG: desk });
    alice = new SlackPerson(product, 'U0ALICE');
    lena = new SlackPerson(product, 'U0LENA');
    lenaInTeams = new TeamsPerson(product, '29:1-lena-acme');
    const today = localDay(LONDON, instant(now()));
    // The next Monday: 1970-01-01 was a Thursday.
    monday = today + 7 - ((today + 3) % 7);
    for (const [at, act] of theYear()) {
      await until(at);
      await act();
    }
    for (const ref of REFS) csvs.set(ref, await wholeCsv(ref));
  });
  afterAll(() => product.stop());

  it.each(REFS)('says of %s at every look, on both platforms, what a count of the minutes says', (ref) => {
    const seen = looks.filter((one) => one.ref === ref);
    expect(seen).toHaveLength(5);
    for (const { at, targetMinutes, why, card } of seen) {
      expect([DESK_HOURS, ISLAND].map((calendar) => openAt(calendar, at))).toEqual([false, false]);
      const used = usedIn(why.slack);
      const { least, most } = notes[ref].usedMinutes(at);
      expect(used).toBeGreaterThanOrEqual(least);
      expect(used).toBeLessThanOrEqual(most);
      const { sum, left } = said(used, targetMinutes);
      for (const words of Object.values(why)) expect(words).toContain(sum);
      for (const words of Object.values(card)) expect(words).toContain(left);
    }
  });

  it.each(REFS)('has the whole ledger of %s as CSV, without a gap, each stretch as the hours have it', (ref) => {
    const rows = (csvs.get(ref) ?? []).map(rowOf).filter(({ clock }) => clock === 'Resolution');
    const sum = rows.pop();
    const used = usedIn(looks.findLast((one) => one.ref === ref)?.why.slack ?? '');
    expect(sum?.what.replaceAll('"', '')).toBe(said(used, notes[ref].targetMinutes).sum);
    expect(sum?.minutes).toBe(used);
    expect(rows.reduce((total, row) => total + row.minutes, 0)).toBe(used);
    for (const [index, row] of rows.entries()) expect(row.from).toBe(rows[index - 1]?.to ?? row.from);
    const stretches = rows.filter(({ from, to, what }) => to > from && !what.includes('paused'));
    const asCounted = stretches.map(({ from, to }) => openMsBetween(notes[ref].calendarAt(from), from, to));
    expect(stretches.map(({ from, to, what }) => (what === 'open' ? to - from : 0))).toEqual(asCounted);
  });

  it('tells the hours of summer from those of winter, and holidays by their names', () => {
    for (const ref of REFS) {
      const csv = (csvs.get(ref) ?? []).join('\n');
      for (const words of ['+00:00,', '+01:00,', ',holiday Christmas Day']) expect(csv).toContain(words);
    }
  });

  /** What happens, in order. Looks are on Sundays at noon, when no hours are open and every figure stands still. */
  function theYear(): readonly (readonly [at: number, act: () => Promise<void>])[] {
    const betweenTheYears = dayAfter(25, (date) => date.endsWith('-12-28'));
    const spring = dayAfter(25, (_, day) => offsetOn(day) > offsetOn(day - 1));
    const steps: readonly (readonly [at: number, act: () => Promise<void>])[] = [
      [onDay(0, '10:07'), openInSlack],
      [onDay(1, '09:31'), openInTeams],
      [onDay(4, '15:40'), () => waits('CASE-1001')],
      [onDay(8, '09:20'), () => goesOn('CASE-1001')],
      [onDay(9, '21:05'), () => waits('CASE-1002')],
      [onDay(17, '22:22'), () => goesOn('CASE-1002')],
      [onDay(20, '12:00'), look],
      [onDay(betweenTheYears, '10:10'), () => waits('CASE-1001')],
      [onDay(betweenTheYears + 8, '16:45'), () => goesOn('CASE-1001')],
      // The hour that is skipped lies in this pause; the one that comes twice in the autumn counts or does not by the hours.
      [onDay(spring - 1, '11:11'), () => waits('CASE-1001')],
      [onDay(spring + 2, '14:14'), () => goesOn('CASE-1001')],
      [onDay(40, '11:30'), () => becomes('CASE-1001', 'P2', 'P2 Standard')],
      [onDay(90, '12:00'), look],
      [onDay(100, '09:45'), () => becomes('CASE-1001', 'P3', 'P3 Low')],
      [onDay(181, '12:00'), look],
      [onDay(272, '12:00'), look],
      [onDay(300, '16:16'), givesMoreTime],
      [onDay(391, '12:00'), look],
    ];
    return steps.toSorted(([a], [b]) => a - b);
  }

  function dayAfter(days: number, wanted: (date: string, day: number) => boolean): number {
    for (let day = days; day < days + 366; day += 1) if (wanted(dateOf(monday + day), day)) return day;
    throw new Error('no such day within a year');
  }

  const offsetOn = (days: number): number => (monday + days) * DAY_MS + 12 * HOUR_MS - onDay(days, '12:00');

  /** Moves everybody's clock as the buttons of the sandbox page do, which go a month at most. */
  async function until(at: number): Promise<void> {
    while (at > now()) {
      const answer = await fetch(`${product.url}/ui/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: product.url },
        body: JSON.stringify({ push: Math.min(30 * DAY_MS, at - now()) }),
      });
      expect(answer.status).toBe(200);
    }
  }

  /** Lets somebody act; when that was lies between before and after. */
  async function done(act: () => Promise<unknown>): Promise<Moment> {
    const before = now();
    await act();
    return [before, now()];
  }

  const line = (words: string, ref: Ref, ...onCard: string[]): Promise<Moment> =>
    done(async () => {
      await alice.types(`${words} ${ref}`);
      await alice.card(ref, ...onCard);
    });

  async function openInSlack(): Promise<void> {
    const opened = await done(async () => {
      await alice.types('new The report does not add up');
      await alice.fills({ 'What happened': 'Since the update' });
      await alice.card('CASE-1001', 'Not triaged yet');
    });
    notes['CASE-1001'].counts(opened);
    await becomes('CASE-1001', 'P3', 'P3 Low');
    await line('take', 'CASE-1001', 'In progress');
  }

  async function openInTeams(): Promise<void> {
    const opened = await done(async () => {
      await lenaInTeams.says('case new Labels come out blank', SUPPORT, { mentionBot: true });
      await alice.card('CASE-1002', 'Labels come out blank');
    });
    notes['CASE-1002'].counts(opened);
    await becomes('CASE-1002', 'P2', 'P2 Standard');
    await line('take', 'CASE-1002', 'In progress');
  }

  async function waits(ref: Ref): Promise<void> {
    notes[ref].stands(await line('wait', ref, 'Awaiting client'));
  }

  async function goesOn(ref: Ref): Promise<void> {
    notes[ref].counts(await line('resume', ref, 'In progress'));
  }

  async function becomes(ref: Ref, priority: 'P2' | 'P3', label: string): Promise<void> {
    const at = await line(priority.toLowerCase(), ref, label);
    if (priority === 'P2') notes[ref].change(ISLAND, 1100, at);
    else notes[ref].change(DESK_HOURS, 1000, at);
  }

  async function givesMoreTime(): Promise<void> {
    await lena.types('target CASE-1001 resolution 2200h');
    await lena.sees('Resolution of CASE-1001 is promised within 2200 h 00 min now');
    notes['CASE-1001'].targetMinutes = 2200 * 60;
  }

  async function look(): Promise<void> {
    for (const ref of REFS) {
      const at = now();
      const why = await answers(`why ${ref}`, `Where the time of ${ref} went`);
      const card = await answers(`show ${ref}`, `${ref} · `);
      looks.push({ ref, at, targetMinutes: notes[ref].targetMinutes, why, card });
    }
  }

  /** What Lena is told in private on both platforms when she asks now. */
  async function answers(asked: string, words: string): Promise<Answers> {
    const slack = () => lena.messages(words, 'C0SUPPORT');
    const teams = () => lenaInTeams.messages(words, SUPPORT);
    const before = [slack().length, teams().length] as const;
    await lena.types(asked);
    await lenaInTeams.says(`case ${asked}`, SUPPORT, { mentionBot: true });
    return eventually(product, `answers to ${asked}`, () => {
      const [here, there] = [slack(), teams()];
      const [inSlack, inTeams] = [here.at(-1), there.at(-1)];
      if (inSlack === undefined || inTeams === undefined) return null;
      return here.length > before[0] && there.length > before[1] && { slack: wordsOn(inSlack), teams: textOf(inTeams) };
    });
  }

  const csvLines = (words: string, ref: Ref): readonly string[] =>
    words.split(/\r?\n/).filter((one) => one.startsWith(`${ref},`));

  /** All pages of it in Slack, by its button; Teams has the same on its first one. */
  async function wholeCsv(ref: Ref): Promise<readonly string[]> {
    const first = await answers(`why ${ref} csv`, `The ledger of ${ref} (1–24 of `);
    const total = Number(/\(1–24 of (\d+)\)/.exec(first.slack)?.[1]);
    expect(csvLines(first.teams, ref)).toEqual(csvLines(first.slack, ref));
    const lines = [...csvLines(first.slack, ref)];
    while (lines.length < total) {
      const page = await lena.sees(`The ledger of ${ref} (${lines.length - 23}–${lines.length} of`);
      await lena.presses('Next', page);
      const next = await lena.sees(`The ledger of ${ref} (${lines.length + 1}–`);
      lines.push(...csvLines(wordsOn(next), ref));
    }
    expect(lines).toHaveLength(total);
    return lines;
  }
});
