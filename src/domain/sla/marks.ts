import type { WarningMark } from '../desk/desk';
import { inWords } from '../words';

/** `75 %` or `30 min before`: the mark as a warning names it, and the key by which it is given once. */
export function markText(mark: WarningMark): string {
  return mark.kind === 'share' ? `${Math.round(mark.share * 1000) / 10} %` : `${inWords(mark.ms)} before`;
}
