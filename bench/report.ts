import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { rounded } from './numbers';

/** One measured figure. `beside` is what it is compared with in the same run; `ratio` is value to beside. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly beside?: { readonly what: string; readonly value: number };
  readonly ratio?: number;
  /** How it was measured: samples, spread, what was left out. */
  readonly how: string;
}

/** A figure beside another one of the same unit, with their ratio. */
export function compared(
  row: Omit<Row, 'beside' | 'ratio'>,
  beside: { readonly what: string; readonly value: number },
): Row {
  return { ...row, beside, ratio: row.value / beside.value };
}

/** The same measured at several sizes: one row each, beside the first, the smallest. */
export function besideFirst(
  { what, unit }: Pick<Row, 'what' | 'unit'>,
  measured: readonly { readonly size: string; readonly value: number; readonly how: string }[],
): readonly Row[] {
  const [first, ...others] = measured;
  if (first === undefined) return [];
  const rowOf = ({ size, value, how }: typeof first): Row => ({ what: `${what}, ${size}`, value, unit, how });
  return others.length === 0
    ? [rowOf(first)]
    : others.map((one) => compared(rowOf(one), { what: first.size, value: first.value }));
}

/** Something that could not be measured here, and why. */
export interface Skipped {
  readonly what: string;
  readonly why: string;
}

export const machine = () => ({
  cores: availableParallelism(),
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  memoryGb: rounded(totalmem() / 1024 ** 3),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  /** Over the last minute: above the number of cores somebody else was at work, and times mean little. */
  load: rounded(loadavg()[0] ?? 0),
});

const HEAD = ['what', 'value', 'beside', 'ratio', 'how'] as const;

/** The rows as a table for people, each column as wide as it needs to be. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ what, value, unit, beside, ratio, how }) => [
    what,
    `${rounded(value)} ${unit}`,
    beside === undefined ? '' : `${rounded(beside.value)} ${unit} (${beside.what})`,
    ratio === undefined ? '' : `x ${rounded(ratio)}`,
    how,
  ]);
  const lines = [[...HEAD], ...cells];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
