/** No payload of a platform is nested half as deep; code that walks a tree would fall over one that is nested 10,000 deep. */
const DEPTH_MAX = 100;

const QUOTE = '"'.charCodeAt(0);
const BACKSLASH = '\\'.charCodeAt(0);
/** By the code of a sign, as every byte that comes in passes here: one level deeper, one less, or neither. */
const STEPS = Int8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code);
  return Number('{['.includes(sign)) - Number('}]'.includes(sign));
});

/** JSON from outside. Throws a SyntaxError when it is none, or nested deeper than anything that anybody means. */
export function readJson(text: string): unknown {
  if (isTooDeep(text)) throw new SyntaxError('the JSON is nested too deep');
  return JSON.parse(text);
}

/** Before it is parsed, and in one look: what is no JSON at all is for the parser to say. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) at = endOfWords(text, at);
    depth += STEPS[sign] ?? 0;
    if (depth > DEPTH_MAX) return true;
  }
  return false;
}

/** Where the quotation ends that begins at `from`. */
function endOfWords(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) return at;
    if (sign === BACKSLASH) at += 1;
  }
  return text.length;
}
