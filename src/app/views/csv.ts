/**
 * Cells as CSV that a spreadsheet shows and does not run: what a spreadsheet would take for a formula gets a `'` before it,
 * also after a delimiter, a quote or a line break inside the cell.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(cell).join(',')).join('\r\n');
}

/** Between two signs, so that one that both precedes and is precarious (a line break) is seen in either part. */
const FORMULA = /(?<=^|[\r\n,;"])(?=[=+\-@\t\r＝＋－＠])/gu;

function cell(words: string): string {
  const harmless = words.replace(FORMULA, "'");
  return /[",;\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
