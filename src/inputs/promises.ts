import { GB, type ParsedResult } from 'chrono-node/en';
import { instantOn, localDay } from '../domain/desk/localDay';
import { DAY_MS, type Instant, instant, MINUTE_MS } from '../domain/ids';
import { dayNumber } from '../domain/sla/localTime';
import { regimeAt } from '../domain/sla/zone';

/** What somebody told the client: the sentence, and the instant that it names. */
export interface SpokenPromise {
  readonly words: string;
  readonly dueAt: Instant;
}

/** When it was said, and the zone in which the writer reads the clock on their wall. */
export interface Spoken {
  readonly at: Instant;
  readonly zone: string;
}

/** Who commits themselves, and that they do: "I'll", "we will", "I am going to", "you will hear from us". */
const COMMITS =
  /\b(?:(?:i|we)\s*(?:['’]ll|\s+will|\s+shall|\s+can|['’]m\s+going\s+to|\s+am\s+going\s+to|['’]re\s+going\s+to|\s+are\s+going\s+to|\s+promise)|you(?:['’]ll|\s+will)\s+(?:hear|have|get)|let\s+me\s+(?:get|come|check|look|call)|(?:get|be|come)(?:ting)?\s+back\s+to\s+you|(?:expect|will\s+follow))\b/iu;
const TAKES_BACK = /\b(?:not|never|unable|unless|if|maybe|perhaps|might|may|hope|try)\b|n['’]t\b/iu;
const VAGUE = /\b(?:few|couple|some|several|about|around|roughly|approximately)\b/iu;
/** "in an hour and a half" is read as "in an hour": what follows says that more was meant. */
const GOES_ON = /^\s*(?:and\s+a\s+half|and\s+\w+\s+(?:minutes?|hours?)|or\b|to\b|[-–]\s*\d)/iu;
const RELATIVE = /\b(?:in|within|from\s+now|later|next)\b/iu;
const ABOUT_BEFORE = /\b(?:about|around|roughly|since|until|till|before\s+last|from)\s*$/iu;
/** Nobody waits for longer than this by a word in a chat; a date so far off is most likely about something else. */
const AHEAD_MAX_MS = 60 * DAY_MS;
const WORDS_MAX = 2000;
/** Reading a time costs a millisecond a line; nobody promises in a sentence of this length. */
const SENTENCE_MAX = 400;

/**
 * The promise in somebody's words ("I'll get back to you by 15:00"), or null. Only a clear time that lies ahead counts:
 * "tomorrow", "soon" and "by three" name none, and what is half understood is not offered. Of several the first counts.
 */
export function readPromise(text: string, spoken: Spoken): SpokenPromise | null {
  for (const sentence of sentencesOf(text.slice(0, WORDS_MAX))) {
    const dueAt = dueIn(sentence, spoken);
    if (dueAt !== null) return { words: sentence.trim(), dueAt };
  }
  return null;
}

/** Cut at ends of sentences only: `3 p.m.`, `15.30` and `Mr. Smith` hold no end. */
const SENTENCE_END = /(?<=[!?…]|(?<!\b(?:[ap]\.m|[Mm]rs?|[Mm]s|[Dd]r|[Nn]o|e\.g|i\.e))\.)\s+(?=\p{Lu})|\n+/u;
const sentencesOf = (text: string): readonly string[] => text.split(SENTENCE_END);

function dueIn(sentence: string, spoken: Spoken): Instant | null {
  if (sentence.length > SENTENCE_MAX) return null;
  const isQuestion = /\?\s*$/u.test(sentence);
  if (isQuestion || !COMMITS.test(sentence) || TAKES_BACK.test(sentence)) return null;
  const offsetMinutes = regimeAt(spoken.zone, spoken.at).offsetMs / MINUTE_MS;
  const found = GB.parse(sentence, { instant: new Date(spoken.at), timezone: offsetMinutes }, { forwardDate: true });
  const [result] = found;
  if (result === undefined || found.length > 1 || !isClear(result, sentence)) return null;
  const dueAt = instantFrom(result, spoken);
  return dueAt !== null && dueAt > spoken.at && dueAt - spoken.at <= AHEAD_MAX_MS ? dueAt : null;
}

/** A time that somebody wrote into a field for one: `today 17:00`, `Mon 23 Nov, 14:30`. Undefined: it names no one time. */
export function readMoment(words: string, spoken: Spoken): Instant | undefined {
  const offsetMinutes = regimeAt(spoken.zone, spoken.at).offsetMs / MINUTE_MS;
  const reference = { instant: new Date(spoken.at), timezone: offsetMinutes };
  const nearest = GB.parse(words, reference);
  // "Friday" is the one that comes; a date may have passed, and the next person must know.
  const isDayOfWeek = nearest.some(({ start }) => start.isCertain('weekday') && !start.isCertain('day'));
  const found = isDayOfWeek ? GB.parse(words, reference, { forwardDate: true }) : nearest;
  const [result] = found;
  if (result === undefined || found.length > 1 || result.end || !result.start.isCertain('hour')) return undefined;
  return instantFrom(result, spoken, 'any day') ?? undefined;
}

function isClear({ text, index, end, start }: ParsedResult, sentence: string): boolean {
  const after = sentence.slice(index + text.length);
  if (end || VAGUE.test(text) || GOES_ON.test(after) || ABOUT_BEFORE.test(sentence.slice(0, index))) return false;
  return start.isCertain('hour') && (!isRelative(start) || RELATIVE.test(text));
}

type Start = ParsedResult['start'];
const isRelative = (start: Start): boolean => start.tags().has('result/relativeDateAndTime');

/** A time by itself means today; chrono would move one that has passed to tomorrow. */
function instantFrom({ start }: ParsedResult, { at, zone }: Spoken, days?: 'any day'): Instant | null {
  if (isRelative(start) || start.isCertain('timezoneOffset')) return instant(start.date().getTime());
  const [year, month, date] = [start.get('year'), start.get('month'), start.get('day')];
  const day = dayNumber(`${year}-${twoFigures(month)}-${twoFigures(date)}`);
  if (day === null) return null;
  const namesDay = start.isCertain('day') || start.isCertain('weekday');
  if (days === undefined && !namesDay && day !== localDay(zone, at)) return null;
  return instantOn(zone, day, (start.get('hour') ?? 0) * 60 + (start.get('minute') ?? 0));
}

const twoFigures = (value: number | null): string => String(value ?? 0).padStart(2, '0');
