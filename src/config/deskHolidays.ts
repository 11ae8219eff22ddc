import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isNativeError } from 'node:util/types';
import type { DeskWords } from './deskSchema';
import type { CalendarWords } from './deskTimes';
import type { Issue, Path } from './deskYaml';
import { type ReadHolidays, readHolidays } from './holidayFile';

/** A public holiday calendar of ten years takes about 60 KB. */
const BYTES_MAX = 2 * 1024 * 1024;

export interface WithHolidays {
  readonly words: DeskWords;
  readonly issues: readonly Issue[];
}

/** The words with every `{ical: file}` replaced by the dates of that file, relative to `baseDir`. */
export function withHolidayFiles(words: DeskWords, baseDir: string): WithHolidays {
  const issues: Issue[] = [];
  const written = <Words extends CalendarWords>(calendar: Words, path: Path): Words => {
    const holidays = calendar.holidays.flatMap((holiday, at) => {
      if (holiday.ical === undefined) return [holiday];
      const read = fileOfHolidays(resolve(baseDir, holiday.ical), holiday.ical);
      if ('holidays' in read) return read.holidays.map((it) => ({ ...it }));
      issues.push({ path: [...path, 'holidays', at], message: `${holiday.ical} ${read.problem}` });
      return [];
    });
    return { ...calendar, holidays };
  };
  const desk = written(words.desk, ['desk']);
  const named = Object.entries(words.calendars).map(([name, it]) => [name, written(it, ['calendars', name])] as const);
  return { words: { ...words, desk, calendars: Object.fromEntries(named) }, issues };
}

function fileOfHolidays(path: string, asWritten: string): ReadHolidays {
  if (/^\w+:\/\//.test(asWritten)) return { problem: 'is an address; save the calendar as a file and name that' };
  try {
    if (statSync(path).size > BYTES_MAX) return { problem: `is larger than ${BYTES_MAX / 1024 / 1024} MB` };
    return readHolidays(readFileSync(path, 'utf8'), new Date().getUTCFullYear());
  } catch (error) {
    const code = isNativeError(error) && 'code' in error ? String(error.code) : 'unreadable';
    return {
      problem:
        code === 'ENOENT' ? 'is not there; paths count from the folder of the desk file' : `cannot be read (${code})`,
    };
  }
}
