import { IANAZone } from 'luxon';
import { DAY_MS, MINUTE_MS } from '../ids';
import { sure } from './sure';

/** A stretch of time during which a zone keeps one offset from UTC; `to` is exclusive. It may end although the offset goes on. */
export interface Regime {
  readonly from: number;
  readonly to: number;
  readonly offsetMs: number;
}

/** Whether this machine knows the IANA zone. */
export const knownZone = (zone: string): boolean => IANAZone.isValidZone(zone);

// Offsets are learnt in chunks of 400 days by looking once a day: the shortest regime on record since 1900 is of days
// (Tucumán 2004: twelve), so none is missed. About 1 ms a chunk, once.
const CHUNK_MS = 400 * DAY_MS;
const CHUNKS_MAX = 2000;
const UTC: Regime = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, offsetMs: 0 };

/** Offset from UTC in ms at an instant (ms since epoch). */
type OffsetAt = (at: number) => number;

/** How a zone keeps its clocks, asked of luxon. Throws on a zone that is not known. */
function offsetsOf(name: string): OffsetAt {
  if (!knownZone(name)) throw new RangeError(`unknown time zone ${name}`);
  const zone = IANAZone.create(name);
  return (at) => Math.round(zone.offset(at) * MINUTE_MS);
}

/** Finds regimes and keeps what it has learnt: at most `chunksMax` chunks of all zones together, then it begins anew. */
export function regimeFinder(
  offsets: (zone: string) => OffsetAt,
  chunksMax: number,
): (zone: string, at: number) => Regime {
  const learnt = new Map<string, Map<number, readonly Regime[]>>();
  let chunks = 0;

  function learn(zone: string, index: number): readonly Regime[] {
    if (chunks >= chunksMax) {
      learnt.clear();
      chunks = 0;
    }
    const regimes = regimesBetween(offsets(zone), index * CHUNK_MS, (index + 1) * CHUNK_MS);
    const known = learnt.get(zone) ?? new Map<number, readonly Regime[]>();
    learnt.set(zone, known.set(index, regimes));
    chunks += 1;
    return regimes;
  }

  return (zone, at) => {
    if (zone === 'Etc/UTC') return UTC;
    const index = Math.floor(at / CHUNK_MS);
    const regimes = learnt.get(zone)?.get(index) ?? learn(zone, index);
    return sure(regimes.find((it) => at < it.to));
  };
}

/** The regime of `zone` at `at` (ms since epoch). Throws on a zone that is not known. */
export const regimeAt = regimeFinder(offsetsOf, CHUNKS_MAX);

function regimesBetween(offsetAt: OffsetAt, from: number, to: number): readonly Regime[] {
  const regimes: Regime[] = [];
  let start = from;
  let offsetMs = offsetAt(from);
  for (let day = from; day < to; day += DAY_MS) {
    const next = offsetAt(day + DAY_MS);
    if (next === offsetMs) continue;
    const changesAt = firstSecond(day, day + DAY_MS, (at) => offsetAt(at) === next);
    if (changesAt >= to) break;
    regimes.push({ from: start, to: changesAt, offsetMs });
    start = changesAt;
    offsetMs = next;
  }
  regimes.push({ from: start, to, offsetMs });
  return regimes;
}

/** The first whole second in (from, to] at which `holds`, given that it does at `to` and not at `from`. */
function firstSecond(from: number, to: number, holds: (at: number) => boolean): number {
  let before = from / 1000;
  let after = to / 1000;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holds(middle * 1000)) after = middle;
    else before = middle;
  }
  return after * 1000;
}
