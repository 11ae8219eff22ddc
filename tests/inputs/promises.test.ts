import { type Instant, instant } from '../../src/domain/ids';
import { readMoment, readPromise } from '../../src/inputs/promises';

const LONDON = 'Europe/London';
/** Monday 23 November 2026, 10:00 in London. */
const TEN = instant(Date.UTC(2026, 10, 23, 10));

/** `Mon 15:00` in the zone, or null: the promise as its writer would say it. */
function due(
  words: string,
  { at = TEN, zone = LONDON }: { readonly at?: Instant; readonly zone?: string } = {},
): string | null {
  const promise = readPromise(words, { at, zone });
  if (promise === null) return null;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return format.format(promise.dueAt);
}

describe('A promise in somebody’s words', () => {
  it.each([
    ["I'll get back to you by 15:00", 'Mon 15:00'],
    ['I’ll get back to you by 3pm.', 'Mon 15:00'],
    ['We will call you tomorrow noon', 'Tue 12:00'],
    ['I will come back to you in two hours', 'Mon 12:00'],
    ['You will hear from us within 30 minutes', 'Mon 10:30'],
    ['Let me check and get back to you by noon', 'Mon 12:00'],
    ["I'm going to send it on Friday at 17:00", 'Fri 17:00'],
    ['We shall have an answer tomorrow at 9:30', 'Tue 09:30'],
    ["I'll phone in half an hour", 'Mon 10:30'],
    ['Thanks for the pictures! I’ll look and be back to you at 16:00. Have a good day.', 'Mon 16:00'],
  ])('“%s” is one for %s', (words, when) => {
    expect(due(words)).toBe(when);
  });

  it('quotes the sentence and not the whole message', () => {
    const words = 'We found the cause. I’ll get back to you by 15:00. Until then please leave it off.';
    expect(readPromise(words, { at: TEN, zone: LONDON })?.words).toBe('I’ll get back to you by 15:00.');
  });

  it.each([
    ['names no clear time', "I'll get back to you tomorrow"],
    ['names no time at all', "I'll get back to you soon"],
    ['leaves the half of the day open and the hour passed', "I'll get back to you by 9:30"],
    ['lies in the past', "I'll get back to you by 8:00"],
    ['is vague', "I'll be back to you in a few minutes"],
    ['is half understood', "I'll reply in an hour and a half"],
    ['gives a choice', "I'll call in an hour or two"],
    ['has two times', "I'll call between 14:00 and 15:00"],
    ['has a time that does not exist', "I'll get back to you by 25:00"],
    ['is a question', 'Will you be there when I’ll call at 15:00?'],
    ['is taken back', "I won't be able to get back to you by 15:00"],
    ['is a wish', 'I hope I will be back to you by 15:00'],
    ['is about somebody else', 'The server went down at 15:00'],
    ['is years away', "I'll get back to you on 1 March 2031 at 10:00"],
    ['counts things', "We'll send 2 people in 3 vans"],
    ['is nothing', ''],
  ])('none is offered for what %s: “%s”', (_, words) => {
    expect(due(words)).toBeNull();
  });

  it('is read by the clock on the writer’s wall', () => {
    const inTokyo = readPromise("I'll get back to you by 20:00", { at: TEN, zone: 'Asia/Tokyo' });
    expect(inTokyo?.dueAt).toBe(Date.UTC(2026, 10, 23, 11));
    const named = readPromise("I'll get back to you by 15:00 CET", { at: TEN, zone: LONDON });
    expect(named?.dueAt).toBe(Date.UTC(2026, 10, 23, 14));
  });

  it('keeps to the wall over a night in which the clocks change, and to the hours that pass when it counts them', () => {
    const evening = instant(Date.UTC(2026, 9, 24, 20));
    const noon = readPromise('We will call you tomorrow at noon', { at: evening, zone: LONDON });
    expect(noon?.dueAt).toBe(Date.UTC(2026, 9, 25, 12));
    const counted = readPromise('We will call you in 10 hours', { at: evening, zone: LONDON });
    expect(counted?.dueAt).toBe(Date.UTC(2026, 9, 25, 6));
  });
});

describe('a time that is written into a field', () => {
  const at = (words: string): string | undefined => {
    const read = readMoment(words, { at: TEN, zone: LONDON });
    return read === undefined ? undefined : new Date(read).toISOString().slice(0, 16);
  };
  it.each([
    ['today 17:00', '2026-11-23T17:00'],
    ['17:00', '2026-11-23T17:00'],
    ['at 9:00 today', '2026-11-23T09:00'],
    ['tomorrow 9:30', '2026-11-24T09:30'],
    ['Friday 14:00', '2026-11-27T14:00'],
    // As the form itself fills it in.
    ['Mon 23 Nov, 14:30', '2026-11-23T14:30'],
    ['in 2 hours', '2026-11-23T12:00'],
  ])('%s', (words, expected) => expect(at(words)).toBe(expected));

  it.each(['soon', 'tomorrow', 'between 9:00 and 10:00', '9:00 or 10:00', ''])('“%s” names no one time', (words) => {
    expect(at(words)).toBeUndefined();
  });

  it('is read by the clock on the writer’s wall', () => {
    expect(readMoment('today 20:00', { at: TEN, zone: 'Asia/Tokyo' })).toBe(Date.UTC(2026, 10, 23, 11));
  });
});
