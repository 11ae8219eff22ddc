/** `1 reply`, `2 replies`. */
export function replies(count: number): string {
  return count === 1 ? '1 reply' : `${count} replies`;
}
