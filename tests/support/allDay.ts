/** The example desk round the clock, so that the hour of a test does not matter, with room for five cases each. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const EXAMPLE = readFileSync(join(__dirname, '..', '..', 'desk.yaml'), 'utf8');

/** Where the desk file stands. */
export function allDayDesk(): string {
  const hours = EXAMPLE.replace(/ {2}hours:[^\n]*\n(?: {4}\w+: [^\n]*\n)+/, '  hours: 24x7\n');
  const free = hours.replace(/ {2}holidays:[^\n]*\n(?: {4}- [^\n]*\n)+/, '');
  const roomy = free.replace(/role: (agent|lead) \}/g, 'role: $1, max_open: 5 }');
  const path = join(mkdtempSync(join(tmpdir(), 'baton-')), 'desk.yaml');
  writeFileSync(path, roomy);
  return path;
}
