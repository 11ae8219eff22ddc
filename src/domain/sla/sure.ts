/** A value that is there by construction. Throws where it is not, which is a bug. */
export function sure<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('nothing there');
  return value;
}

/** The element at `index`, which is one of the list. */
export const nth = <T>(list: readonly T[], index: number): T => sure(list[index]);
