import { MINUTE_MS } from './ids';

/** A stretch of time as people say it: `under a minute`, `40 min`, `2 h 5 min`, `3 days 4 h`. Its sign is dropped. */
export function inWords(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / MINUTE_MS);
  if (minutes < 1) return 'under a minute';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return join(`${hours} h`, minutes % 60, 'min');
  return join(`${Math.floor(hours / 24)} days`, hours % 24, 'h');
}

/** `HH:MM` exact to the minute, for sums that must add up: 125 min reads `2 h 05 min`. */
export function exactly(ms: number): string {
  const sign = ms < 0 ? '−' : '';
  const minutes = Math.floor(Math.abs(ms) / MINUTE_MS);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${sign}${minutes} min`;
  return `${sign}${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
}

function join(whole: string, rest: number, unit: string): string {
  return rest === 0 ? whole : `${whole} ${rest} ${unit}`;
}

/** How long ago, as people say it. */
export function ago(sinceMs: number): string {
  if (sinceMs < MINUTE_MS) return 'just now';
  return `${inWords(sinceMs)} ago`;
}

/** `text` shortened at a word to at most `most` characters, ending in `…` where something was left out. */
export function shorten(text: string, most: number): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most - 1);
  const space = cut.lastIndexOf(' ');
  const kept = space > most / 2 ? cut.slice(0, space) : cut;
  return `${kept.replace(/[\s,;:.–-]+$/u, '').replace(/[\uD800-\uDBFF]$/u, '')}…`;
}

/** `a`, `a and b`, `a, b and c`; `nobody` for an empty list. */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return 'nobody';
  if (names.length === 1) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`;
}
