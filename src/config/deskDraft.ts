import { stringify } from 'yaml';
import { type DeskSource, type ReadDesk, readDesk } from './deskFile';
import { readYaml } from './deskYaml';

/**
 * The desk that the file in force would describe with `words` laid over it: blocks are merged key by key, anything else
 * takes the place of what was there. `problem` is one sentence without a line, as there is no file to look it up in.
 * @param current the text of the file in force; null: there is none, and the built-in desk is what is changed.
 */
export function draftDesk(current: string | null, words: string, source: DeskSource): ReadDesk {
  const draft = readYaml(words);
  if ('problem' in draft) return { problem: `Line ${draft.line}: ${draft.problem}` };
  if (!isBlock(draft.data))
    return { problem: 'Write parts of a desk file, such as  priorities: { P2: { first_response: 2h } }' };
  const base = readYaml(current ?? '');
  const merged = laidOver('problem' in base ? {} : base.data, draft.data);
  const read = readDesk(stringify(merged), source);
  return 'problem' in read ? { problem: sentence(read.problem, source.path) } : read;
}

type Block = Readonly<Record<string, unknown>>;
const isBlock = (value: unknown): value is Block =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function laidOver(base: unknown, draft: unknown): unknown {
  if (!isBlock(base) || !isBlock(draft)) return draft;
  const changed = Object.entries(draft).map(([key, value]) => [key, laidOver(base[key], value)]);
  return { ...base, ...Object.fromEntries(changed) };
}

/** The line is one of a text that nobody has seen. */
const sentence = (problem: string, path: string): string =>
  problem.startsWith(`${path}:`) ? problem.slice(path.length + 1).replace(/^\d+:\s*/, '') : problem;
