import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  visit,
} from 'yaml';

/** A path into the file: keys and positions from 0. */
export type Path = readonly (string | number)[];

/** Something wrong at a place of the file. */
export interface Issue {
  readonly path: Path;
  readonly message: string;
}

export interface YamlFile {
  /** Plain data. Every value is a string: the desk file has no numbers, and `+1` or `100` are emoji. */
  readonly data: unknown;
  /** The line (from 1) of the key or item at `path`, or of the nearest thing around it. */
  readonly lineOf: (path: Path) => number;
}

export type ReadYaml = YamlFile | { readonly line: number; readonly problem: string };

/** A desk of a thousand people takes about 150 KB. */
const BYTES_MAX = 512 * 1024;
const ALIASES_MAX = 100;
const DEPTH_MAX = 20;
/** Generous, because brackets in quoted words are counted too. */
const BRACKETS_MAX = 100;

const TOO_DEEP = 'is nested too deeply to be a desk file';

const IN_PLAIN_WORDS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab in the indentation; use spaces',
  MULTIPLE_DOCS: 'a second document begins here (---); a desk file has one',
  RESOURCE_EXHAUSTION: TOO_DEEP,
};

/** Reads YAML without trusting it: size, depth and aliases are bounded, and nothing is executed or merged. */
export function readYaml(text: string): ReadYaml {
  if (Buffer.byteLength(text) > BYTES_MAX) {
    return { line: 1, problem: `is larger than ${BYTES_MAX / 1024} KB; that is no desk file` };
  }
  if (nestsTooDeep(text)) return { line: 1, problem: TOO_DEEP };
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    schema: 'failsafe',
    logLevel: 'error',
    uniqueKeys: false,
  });
  const error = document.errors[0];
  if (error !== undefined) {
    const said = IN_PLAIN_WORDS[error.code] ?? `is not YAML here: ${firstLine(error.message)}`;
    return { line: lines.linePos(error.pos[0]).line, problem: said };
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === '')) {
    return { line: 1, problem: 'is empty; delete it to use the built-in desk, or begin with "desk:"' };
  }
  const twice = keyWrittenTwice(document);
  if (twice !== null) {
    const line = lines.linePos(twice.range?.[0] ?? 0).line;
    return { line, problem: `"${String(twice.value)}" is written twice in the same block; keep one` };
  }
  return plainData(document, lines);
}

/** Our own check: the parser compares every key with every other, 24 s for 40,000 keys. */
function keyWrittenTwice(document: Document.Parsed): Scalar | null {
  let twice: Scalar | null = null;
  visit(document, {
    Map(_position, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          twice = key;
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return twice;
}

function plainData(document: Document.Parsed, lines: LineCounter): ReadYaml {
  try {
    const data = withoutBlanks(document.toJS({ maxAliasCount: ALIASES_MAX }));
    return { data, lineOf: (path) => lines.linePos(nodeAt(document, path).range?.[0] ?? 0).line };
  } catch (error) {
    if (error instanceof RangeError) return { line: 1, problem: TOO_DEEP };
    if (!(error instanceof ReferenceError)) throw error;
    return { line: 1, problem: `has anchors and aliases that cannot be followed: ${firstLine(error.message)}` };
  }
}

/**
 * Looks at brackets, indentation and `- - -` before the parser does: yaml 2.9 recurses on them, and half a megabyte of `[`
 * ended the process (V8 ran out of memory in a regular expression) instead of failing.
 */
function nestsTooDeep(text: string): boolean {
  let open = 0;
  for (const letter of text) {
    if (letter === '[' || letter === '{') open += 1;
    if ((letter === ']' || letter === '}') && open > 0) open -= 1;
    if (open > BRACKETS_MAX) return true;
  }
  return /^ {200}|([-?:][ \t]+){40}/m.test(text);
}

/** Empty values count as absent: `holidays:` with nothing behind it is how a list looks before its first entry. */
function withoutBlanks(data: unknown, depth = 0): unknown {
  if (depth > DEPTH_MAX) throw new RangeError('too deep');
  if (Array.isArray(data)) return data.map((item) => withoutBlanks(item, depth + 1));
  if (typeof data !== 'object' || data === null) return data;
  const [first, ...others] = Object.entries(data);
  // YAML reads the `:eyes:` of a list as a key `:eyes` without a value.
  if (first !== undefined && others.length === 0 && /^:[^:]+$/.test(first[0]) && first[1] === '') return `${first[0]}:`;
  const kept = Object.entries(data).filter(([, value]) => value !== '' && value !== '~' && value !== 'null');
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutBlanks(value, depth + 1)]));
}

/** The node of the last key or item of `path` that is really there. */
function nodeAt(document: Document.Parsed, path: Path): Node {
  let place: Node = document.contents as Node;
  let value: unknown = document.contents;
  for (const step of path) {
    const inside: unknown = isAlias(value) ? value.resolve(document) : value;
    if (isSeq(inside) && typeof step === 'number') {
      value = inside.items[step];
      if (!isNode(value)) return place;
      place = value;
      continue;
    }
    const pair = isMap(inside)
      ? inside.items.find(({ key }) => isScalar(key) && key.value === String(step))
      : undefined;
    if (pair === undefined || !isNode(pair.key)) return place;
    place = pair.key;
    value = pair.value;
  }
  return place;
}

const firstLine = (text: string): string => text.split('\n')[0] ?? text;
