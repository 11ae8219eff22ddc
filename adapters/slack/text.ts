/** Plain text made safe and short enough for Slack. Everything that people wrote goes through here on its way out. */

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** Control characters have no look; a NUL in a form body is cut off by some parsers. Line ends and tabs stay. */
const CONTROL = /[^\P{Cc}\n\t]/gu;
const ELLIPSIS = '…';
/** A word is not cut when its beginning lies within this many characters of the limit. */
const WORD_REACH = 24;

/** Text without halves of surrogate pairs (they make a request body impossible to encode) and without control characters. */
export function clean(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(LONE_SURROGATE, '\ufffd').replace(CONTROL, '');
}

/** `text` in at most `max` UTF-16 units, cut at a word where one is near, ended by "…" when something is missing. */
export function shorten(text: string, max: number): string {
  const whole = clean(text);
  if (whole.length <= max) return whole;
  const cut = whole.slice(0, max - ELLIPSIS.length).replace(/[\ud800-\udbff]$/, '');
  const lastGap = cut.search(/\s\S*$/);
  const atWord = lastGap > 0 && lastGap >= cut.length - WORD_REACH ? cut.slice(0, lastGap) : cut;
  return `${atWord.trimEnd()}${ELLIPSIS}`;
}

/** Slack's three entities: after this no `<!channel>`, `<@U…>` or `<https://…|label>` is left. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Escaped text whose escaped form has at most `max` characters. */
export function escapedWithin(text: string, max: number): string {
  let limit = max;
  let escaped = escapeText(shorten(text, limit));
  while (escaped.length > max) {
    limit -= Math.ceil((escaped.length - max) / 4);
    escaped = escapeText(shorten(text, Math.max(1, limit)));
  }
  return escaped;
}

/**
 * Escaped text for mrkdwn in which `*`, `_`, `~` and backticks mean themselves. A zero-width space beside each keeps
 * Slack from reading a pair of them as formatting; most text holds none and stays as it is.
 */
export function literally(text: string): string {
  return escapeText(text).replace(/[*_~`]/g, (sign) => `\u200b${sign}\u200b`);
}

/** A single line: line ends become spaces. */
export const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ');
