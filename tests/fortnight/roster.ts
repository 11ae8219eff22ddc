/** The eight people of the desk: in which zone, when they work, what they know. The desk file and the checks are both made from it. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/ids';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

interface Site {
  readonly zone: string;
  /** Hours ahead of UTC. Neither zone changes its clocks within the fortnight. */
  readonly ahead: number;
  /** The working day by the clock on the wall. */
  readonly from: number;
  readonly until: number;
}

/** Together they cover the day, each with an hour of its neighbours: 00–09, 08–17 and 16–01 UTC. */
const SINGAPORE: Site = { zone: 'Asia/Singapore', ahead: 8, from: 8, until: 17 };
const LONDON: Site = { zone: 'Europe/London', ahead: 0, from: 8, until: 17 };
const NEW_YORK: Site = { zone: 'America/New_York', ahead: -5, from: 11, until: 20 };

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly role: 'agent' | 'lead';
  readonly site: Site;
  readonly days: readonly Day[];
  /** Null: all categories. */
  readonly skills: readonly string[] | null;
}

const WEEK = DAYS.slice(0, 5);
const LATE_WEEK: readonly Day[] = ['wed', 'thu', 'fri', 'sat', 'sun'];
const EARLY_WEEK: readonly Day[] = ['sun', 'mon', 'tue', 'wed', 'thu'];
const agent = (id: string, name: string, site: Site, days: readonly Day[]): Member => ({
  id,
  name,
  role: 'agent',
  site,
  days,
  skills: null,
});

export const MEMBERS: readonly Member[] = [
  agent('ann', 'Ann Ang', SINGAPORE, WEEK),
  { ...agent('ben', 'Ben Bo', SINGAPORE, LATE_WEEK), skills: ['Technical', 'Billing'] },
  { ...agent('cem', 'Cem Chua', SINGAPORE, EARLY_WEEK), role: 'lead' },
  agent('dora', 'Dora Dale', LONDON, WEEK),
  agent('eve', 'Eve Eden', LONDON, LATE_WEEK),
  { ...agent('finn', 'Finn Ford', LONDON, EARLY_WEEK), role: 'lead' },
  agent('gus', 'Gus Gray', NEW_YORK, EARLY_WEEK),
  agent('hal', 'Hal Hume', NEW_YORK, LATE_WEEK),
];

export const FRONTLINE = ['ann', 'ben', 'dora', 'eve', 'gus', 'hal'];
export const SPECIALISTS = ['cem', 'finn', 'hal'];
export const CATEGORIES = ['Technical', 'Billing', 'Delivery'];
export const ACCEPT_WITHIN_MIN = 20;

/** The triage rota: half a day each place by UTC, every day of the week, its people a week each in turn. */
export const ROTA = [
  { name: 'Asia', who: ['ann', 'ben'], site: SINGAPORE, from: 8, until: 16 },
  { name: 'Europe', who: ['dora', 'eve'], site: LONDON, from: 8, until: 16 },
  { name: 'America', who: ['gus', 'hal'], site: NEW_YORK, from: 11, until: 19 },
] as const;

export interface Agreed {
  readonly shift: string;
  readonly date: string;
  readonly from: string;
  readonly to: string;
}
export interface Away {
  readonly person: string;
  readonly from: number;
  readonly until: number;
}
/** What people have said beyond the plan, as far as it counts. */
export interface Said {
  readonly away: readonly Away[];
  readonly swaps: readonly Agreed[];
}

/** Days since 1970 and minutes of the day at `at`, by the clock on the wall of a place. */
function local(at: number, { ahead }: Site): { readonly day: number; readonly hour: number } {
  const there = at + ahead * HOUR_MS;
  return { day: Math.floor(there / DAY_MS), hour: (there % DAY_MS) / HOUR_MS };
}

/** 1970-01-01 was a Thursday. */
const weekday = (day: number): Day => DAYS[(day + 3) % 7] as Day;
const week = (day: number): number => Math.floor((day + 3) / 7);

/** Who does the rota's shift that is on at `at`; by the words of the desk file, and none of the product's code. */
export function onRota(at: number, swaps: readonly Agreed[]): readonly string[] {
  return ROTA.flatMap((shift) => {
    const { day, hour } = local(at, shift.site);
    if (hour < shift.from || hour >= shift.until) return [];
    const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
    const planned: string = shift.who[week(day) % shift.who.length] as string;
    return swaps
      .filter((swap) => swap.shift === shift.name && swap.date === date)
      .reduce((who, { from, to }) => (who === from ? to : who), planned);
  });
}

/** Who is there at `at`: in their hours or on the rota, and not away. */
export function onShift(at: number, { away, swaps }: Said): ReadonlySet<string> {
  const duty = onRota(at, swaps);
  const there = MEMBERS.filter(({ id, site, days }) => {
    const { day, hour } = local(at, site);
    const works = days.includes(weekday(day)) && hour >= site.from && hour < site.until;
    const gone = away.some((one) => one.person === id && one.from <= at && at < one.until);
    return !gone && (works || duty.includes(id));
  });
  return new Set(there.map(({ id }) => id));
}

export const minuteOf = (at: number): number => Math.floor(at / MINUTE_MS);
