import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isNativeError } from 'node:util/types';
import { pathWords } from './deskChecks';
import type { DeskSource } from './deskFile';
import type { DeskWords } from './deskSchema';
import type { CalendarWords } from './deskTimes';
import { type Issue, type Path, readYaml } from './deskYaml';
import { feedAddress, feedName, isAddress } from './feedAddress';
import { type ReadHolidays, readHolidays } from './holidayFile';

/** A public holiday calendar of ten years takes about 60 KB. */
export const ICAL_BYTES_MAX = 1024 * 1024;

interface WithHolidays {
  readonly words: DeskWords;
  readonly issues: readonly Issue[];
}

/** The words with every `{ical: …}` replaced by the dates of that file or feed. */
export function withHolidayFiles(words: DeskWords, source: DeskSource): WithHolidays {
  const issues: Issue[] = [];
  const written = <Words extends CalendarWords>(calendar: Words, path: Path): Words => {
    const holidays = calendar.holidays.flatMap((holiday, at) => {
      if (holiday.ical === undefined) return [holiday];
      const [name, read] = isAddress(holiday.ical)
        ? [feedName(holiday.ical), feedOfHolidays(holiday.ical, source)]
        : [holiday.ical, fileOfHolidays(fileNamed(holiday.ical, source))];
      if ('holidays' in read) return read.holidays.map((it) => ({ ...it }));
      issues.push({ path: [...path, 'holidays', at], message: `${name} ${read.problem}` });
      return [];
    });
    return { ...calendar, holidays };
  };
  const desk = written(words.desk, ['desk']);
  const named = Object.entries(words.calendars).map(([name, it]) => [name, written(it, ['calendars', name])] as const);
  return { words: { ...words, desk, calendars: Object.fromEntries(named) }, issues };
}

/** A feed and where the desk file names it, as in `desk.yaml:7: desk.holidays[0]`. */
export interface NamedFeed {
  readonly address: string;
  readonly where: string;
}

export interface HolidaySources {
  /** Paths of files, whole. */
  readonly files: readonly string[];
  readonly feeds: readonly NamedFeed[];
}

/** What a desk file names behind `ical:`, be the rest of it right or wrong. */
export function holidaySources(text: string, source: DeskSource): HolidaySources {
  const yaml = readYaml(text);
  if ('problem' in yaml) return { files: [], feeds: [] };
  const named = icalsIn(yaml.data, []);
  const feeds = named.filter(({ ical }) => isAddress(ical) && 'url' in feedAddress(ical));
  return {
    files: named.filter(({ ical }) => !isAddress(ical)).map(({ ical }) => fileNamed(ical, source)),
    feeds: feeds.map(({ ical, path }) => ({
      address: ical,
      where: `${source.path}:${yaml.lineOf(path)}: ${pathWords(path)}`,
    })),
  };
}

function icalsIn(data: unknown, path: Path): readonly { readonly ical: string; readonly path: Path }[] {
  if (Array.isArray(data)) return data.flatMap((item, at) => icalsIn(item, [...path, at]));
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) =>
    key === 'ical' && typeof value === 'string' ? [{ ical: value, path }] : icalsIn(value, [...path, key]),
  );
}

const fileNamed = (written: string, { path, baseDir }: DeskSource): string =>
  resolve(baseDir ?? dirname(path), written);

function feedOfHolidays(written: string, { feeds }: DeskSource): ReadHolidays {
  const address = feedAddress(written);
  if ('problem' in address) return address;
  return feeds?.(written) ?? { holidays: [] };
}

function fileOfHolidays(path: string): ReadHolidays {
  try {
    const found = statSync(path);
    // A pipe or a device has no end.
    if (!found.isFile()) return { problem: 'is not a file' };
    if (found.size > ICAL_BYTES_MAX) return { problem: `is larger than ${ICAL_BYTES_MAX / 1024 / 1024} MB` };
    return readHolidays(readFileSync(path, 'utf8'), new Date().getUTCFullYear());
  } catch (error) {
    const code = isNativeError(error) && 'code' in error ? String(error.code) : 'unreadable';
    return {
      problem:
        code === 'ENOENT' ? 'is not there; paths count from the folder of the desk file' : `cannot be read (${code})`,
    };
  }
}
