/** The value that `share` (0 to 1) of the samples do not exceed. Throws on no samples: that would be a figure out of nothing. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  const at = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
  const value = sorted[Math.max(0, at)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}

/** The middle of the samples, or the mean of the two in the middle. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return quantile(samples, 0.5);
  return ((sorted[middle - 1] ?? quantile(samples, 0.5)) + (sorted[middle] ?? 0)) / 2;
}

/** Three digits that count, and no more than a machine under load deserves. */
export function rounded(value: number): number {
  if (value === 0) return 0;
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return Number(value.toFixed(Math.min(digits, 3)));
}
