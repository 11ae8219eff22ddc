/** `baton whatif` in plain text. Pure. */

import { clockName } from '../app/views/clockText';
import { shareText, VERDICTS } from '../app/views/whatIf';
import type { WhatIfResult } from '../app/whatIf';
import type { CaseId } from '../domain/ids';

interface Told {
  readonly days: number;
  readonly draft: string;
  /** Addresses of the cards, of those cases that have one. */
  readonly links: ReadonlyMap<CaseId, readonly string[]>;
}

/** A table of shares, and every case that would come out differently. */
export function whatIfText({ cases, shares, flips }: WhatIfResult, { days, draft, links }: Told): string {
  if (cases === 0) return `No case was opened in the last ${days} days, so there is nothing to compare.\n`;
  const rows = [
    ['clock', 'priority', 'met now', `met with ${draft}`],
    ...shares.map((one) => [
      clockName(one.clock),
      one.priority ?? 'not triaged',
      shareText(one.now),
      shareText(one.drafted),
    ]),
  ];
  const flipped = flips.flatMap(({ case: id, ref, title, clock, is, becomes }) => {
    const line = `  ${ref}  ${clockName(clock)}: ${VERDICTS[is]} → ${VERDICTS[becomes]}  ${title}`;
    return [line, ...(links.get(id) ?? []).map((link) => `    ${link}`)];
  });
  return [
    `${cases} ${cases === 1 ? 'case' : 'cases'} of the last ${days} days, once on the desk file in force and once on ${draft}.`,
    '',
    ...table(rows),
    '',
    flips.length === 0 ? 'No case would come out differently.' : `${flips.length} would come out differently:`,
    ...flipped,
    'Only compared: nothing has been changed.',
    '',
  ].join('\n');
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
