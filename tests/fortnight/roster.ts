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

/** The triage rota: a third of the day each place, every day of the week, its people a week each in turn. America's is told in London's time and goes past midnight. */
export const ROTA = [
  { name: 'Asia', who: ['ann', 'ben'], site: SINGAPORE, from: 9, until: 16 },
  { name: 'Europe', who: ['dora', 'eve'], site: LONDON, from: 8, until: 17 },
  { name: 'America', who: ['gus', 'hal'], site: LONDON, from: 17, until: 25 },
] as const;

/** Everybody has the day off, by the clocks where they are, and the rota has no shifts but the one that somebody was named for. */
export const HOLIDAY = '2026-12-01';
export const ON_HOLIDAY = { shift: 'Europe', person: 'eve' } as const;

/** Is taken out of the desk file in the second week, in the middle of a shift, with all that they have in hand. */
export const LEAVER = { id: 'ben', at: Date.UTC(2026, 11, 2, 3, 10) } as const;
export const membersAt = (at: number): readonly Member[] =>
  MEMBERS.filter(({ id }) => id !== LEAVER.id || at < LEAVER.at);

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

const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Who does the rota's shift that is on at `at`; by the words of the desk file, and none of the product's code. */
export function onRota(at: number, swaps: readonly Agreed[]): readonly string[] {
  return ROTA.flatMap((shift) => {
    const { day, hour } = local(at, shift.site);
    // After midnight it is still the shift of the day before.
    const dates = [[day, hour] as const, [day - 1, hour + 24] as const];
    const [begun] = dates.filter(([, time]) => time >= shift.from && time < shift.until).map(([date]) => date);
    const planned = begun === undefined ? null : plannedFor(shift, begun, at);
    if (begun === undefined || planned === null) return [];
    const does = swaps
      .filter((swap) => swap.shift === shift.name && swap.date === dateOf(begun))
      .reduce((who, { from, to }) => (who === from ? to : who), planned);
    return membersAt(at).some(({ id }) => id === does) ? [does] : [];
  });
}

function plannedFor({ name, who }: (typeof ROTA)[number], day: number, at: number): string | null {
  if (dateOf(day) === HOLIDAY) return name === ON_HOLIDAY.shift ? ON_HOLIDAY.person : null;
  const able: readonly string[] = who.filter((id) => membersAt(at).some((member) => member.id === id));
  return able[week(day) % able.length] ?? null;
}

/** Who is there at `at`: in their hours or on the rota, and not away. */
export function onShift(at: number, { away, swaps }: Said): ReadonlySet<string> {
  const duty = onRota(at, swaps);
  const there = membersAt(at).filter(({ id, site, days }) => {
    const { day, hour } = local(at, site);
    const works = days.includes(weekday(day)) && hour >= site.from && hour < site.until && dateOf(day) !== HOLIDAY;
    const gone = away.some((one) => one.person === id && one.from <= at && at < one.until);
    return !gone && (works || duty.includes(id));
  });
  return new Set(there.map(({ id }) => id));
}

export const minuteOf = (at: number): number => Math.floor(at / MINUTE_MS);
