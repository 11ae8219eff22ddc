export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** `HH:MM` in local time. End `24:00` ends the day, end before start crosses midnight, end equal to start is empty. */
export interface TimeWindow {
  readonly start: string;
  readonly end: string;
}

export interface Holiday {
  /** `YYYY-MM-DD`: the whole local date is closed, the tail of the night before included. */
  readonly date: string;
  readonly name: string | null;
}

/** A window taken out of one date, e.g. a fire drill; end before start crosses midnight. */
export interface Break {
  readonly date: string;
  readonly start: string;
  readonly end: string;
}

/** When time counts. Plain data, kept with the case; treat it as frozen: walks cache what they learn about the object. */
export interface Calendar {
  readonly name: string;
  /** IANA name. */
  readonly zone: string;
  readonly weekly: Partial<Record<Weekday, readonly TimeWindow[]>>;
  readonly holidays: readonly Holiday[];
  /** Replace the weekly windows that start on that date; a holiday beats them. */
  readonly overrides: Readonly<Record<string, readonly TimeWindow[]>>;
  readonly breaks: readonly Break[];
}

const WHOLE_DAY: readonly TimeWindow[] = [{ start: '00:00', end: '24:00' }];

/** Round the clock: every minute of every day counts. */
export const ALWAYS: Calendar = {
  name: '24x7',
  zone: 'Etc/UTC',
  weekly: {
    mon: WHOLE_DAY,
    tue: WHOLE_DAY,
    wed: WHOLE_DAY,
    thu: WHOLE_DAY,
    fri: WHOLE_DAY,
    sat: WHOLE_DAY,
    sun: WHOLE_DAY,
  },
  holidays: [],
  overrides: {},
  breaks: [],
};
