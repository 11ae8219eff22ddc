import { instant } from '../../src/domain/ids';
import { nth, sure } from '../../src/domain/sla/sure';
import { knownZone, regimeAt, regimeFinder } from '../../src/domain/sla/zone';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (iso: string) => instant(Date.parse(iso));
/** The instant at which the regime of `day` ends, and the offset in hours on either side of it. */
const changeAfter = (zone: string, day: string) => {
  const { to, offsetMs } = regimeAt(zone, at(day));
  return [
    new Date(to).toISOString(),
    offsetMs / HOUR,
    regimeAt(zone, to).offsetMs / HOUR,
    regimeAt(zone, to).from - to,
  ];
};

test.each([
  ['Europe/London', '2024-03-30T12:00Z', ['2024-03-31T01:00:00.000Z', 0, 1, 0]],
  ['Australia/Lord_Howe', '2024-04-06T12:00Z', ['2024-04-06T15:00:00.000Z', 11, 10.5, 0]],
  ['Antarctica/Troll', '2024-03-30T12:00Z', ['2024-03-31T01:00:00.000Z', 0, 2, 0]],
  ['Pacific/Apia', '2011-12-29T12:00Z', ['2011-12-30T10:00:00.000Z', -10, 14, 0]],
  ['Africa/Casablanca', '2024-03-09T12:00Z', ['2024-03-10T02:00:00.000Z', 1, 0, 0]],
  ['America/St_Johns', '2006-04-01T12:00Z', ['2006-04-02T03:31:00.000Z', -3.5, -2.5, 0]],
] as const)('%s changes its clocks to the second after %s', (zone, day, expected) => {
  expect(changeAfter(zone, day)).toEqual(expected);
});

test('a zone is known by its IANA name; one that is not is a bug', () => {
  expect(['Europe/London', 'Etc/UTC', 'Mars/Base', ''].map(knownZone)).toEqual([true, true, false, false]);
  expect(() => regimeAt('Mars/Base', 0)).toThrow('unknown time zone Mars/Base');
});

test('UTC is one regime for ever', () => {
  expect(regimeAt('Etc/UTC', at('2024-06-10T00:00Z'))).toEqual({
    from: Number.NEGATIVE_INFINITY,
    to: Number.POSITIVE_INFINITY,
    offsetMs: 0,
  });
});

/** An invented zone that moves its clocks by an hour at each of these instants, and how often it was asked for. */
function invented(...changes: readonly number[]) {
  const asked: string[] = [];
  const offsets = (zone: string) => {
    asked.push(zone);
    return (moment: number) => changes.filter((change) => change <= moment).length * HOUR;
  };
  return { asked, offsets };
}

test('every change is found, also at the first and the last second that is looked at', () => {
  const edge = 400 * DAY;
  for (const change of [1000, DAY, DAY + 1000, 5 * DAY - 1000, edge - 1000, edge, edge + 1000]) {
    const find = regimeFinder(invented(change).offsets, 10);
    expect([find('A', change - 1).offsetMs, find('A', change).offsetMs]).toEqual([0, HOUR]);
    expect(find('A', change - 1).to).toBe(change);
    expect(find('A', change).from).toBe(change);
  }
});

test('regimes follow each other without gaps', () => {
  const find = regimeFinder(invented(3 * DAY, 9 * DAY + 61_000, 500 * DAY).offsets, 10);
  const seen = [];
  for (let moment = 0; moment < 800 * DAY; ) {
    const { from, to, offsetMs } = find('A', moment);
    expect(from).toBe(moment);
    seen.push([from / 1000, offsetMs / HOUR]);
    moment = to;
  }
  expect(seen).toEqual([
    [0, 0],
    [(3 * DAY) / 1000, 1],
    [(9 * DAY + 61_000) / 1000, 2],
    [(400 * DAY) / 1000, 2],
    [(500 * DAY) / 1000, 3],
  ]);
});

test('what was learnt is kept until there is too much of it, and then learnt again', () => {
  const { asked, offsets } = invented(5 * DAY);
  const find = regimeFinder(offsets, 3);
  const first = find('A', 0);
  for (const [zone, day] of [
    ['A', 1],
    ['A', 399],
    ['A', -1],
    ['B', 1],
    ['A', 5],
    ['B', 7],
    ['A', -400],
  ] as const)
    find(zone, day * DAY);
  expect(asked).toEqual(['A', 'A', 'B']);
  find('C', 0);
  expect(find('A', 0)).toEqual(first);
  find('A', DAY);
  expect(asked).toEqual(['A', 'A', 'B', 'C', 'A']);
  find('B', 0);
  find('C', 0);
  expect(asked).toEqual(['A', 'A', 'B', 'C', 'A', 'B']);
});

test('what must be there is given, and its lack is a bug', () => {
  expect([sure(0), sure(''), nth(['a', 'b'], 1)]).toEqual([0, '', 'b']);
  expect(() => nth(['a'], 1)).toThrow(new RangeError('nothing there'));
});
