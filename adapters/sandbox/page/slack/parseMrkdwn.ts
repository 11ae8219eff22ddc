/**
 * Slack's mrkdwn as a tree. Nothing here makes HTML: the tree is drawn as elements, so that no text can become markup.
 * Rules as Slack's: a mark counts only at a word's edge, with no blank inside it; `&amp; &lt; &gt;` are the only escapes.
 */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; inside: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'emoji'; name: string }
  | { kind: 'link'; url: string; label: string }
  | { kind: 'user' | 'channel'; id: string; label: string }
  | { kind: 'broadcast'; name: string }
  | { kind: 'date'; seconds: number; format: string; fallback: string };

export type Part =
  | { kind: 'words'; inside: Inline[] }
  | { kind: 'quote'; inside: Inline[] }
  | { kind: 'pre'; text: string };

const TOKEN = /<([^<>\n]+)>|`([^`\n]+)`|:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):|\*([^*\n]+)\*|_([^_\n]+)_|~([^~\n]+)~/g;
const QUOTE = /^(?:&gt;|>) ?/;
const WORD = /[\p{L}\p{N}]/u;

export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

export function parseMrkdwn(text: string): Part[] {
  const parts: Part[] = [];
  // Odd pieces stood between two fences; a fence that is never closed is plain words.
  for (const [index, piece] of text.split(/```([\s\S]*?)```/).entries()) {
    if (index % 2 === 1) parts.push({ kind: 'pre', text: unescaped(piece.replace(/^\n|\n$/g, '')) });
    if (index % 2 === 0) parts.push(...parseLines(index > 0 ? piece.replace(/^\n/, '') : piece));
  }
  return parts;
}

function parseLines(text: string): Part[] {
  if (text === '') return [];
  const parts: { quoted: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quoted = QUOTE.test(line);
    const last = parts.at(-1);
    const clean = quoted ? line.replace(QUOTE, '') : line;
    if (last && last.quoted === quoted) last.lines.push(clean);
    if (!last || last.quoted !== quoted) parts.push({ quoted, lines: [clean] });
  }
  return parts.map(({ quoted, lines }) => ({
    kind: quoted ? 'quote' : 'words',
    inside: parseInline(lines.join('\n')),
  }));
}

export function parseInline(text: string): Inline[] {
  const found: Inline[] = [];
  const say = (words: string) => {
    const last = found.at(-1);
    if (words === '') return;
    if (last?.kind === 'text') last.text += unescaped(words);
    if (last?.kind !== 'text') found.push({ kind: 'text', text: unescaped(words) });
  };
  let at = 0;
  const token = new RegExp(TOKEN);
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const inline = read(match, text);
    if (inline === null) {
      token.lastIndex = match.index + 1;
      continue;
    }
    say(text.slice(at, match.index));
    found.push(inline);
    at = match.index + match[0].length;
  }
  say(text.slice(at));
  return found;
}

function read(match: RegExpExecArray, text: string): Inline | null {
  const [all, entity, code, emoji, bold, italic, strike] = match;
  if (entity !== undefined) return readEntity(entity);
  if (emoji !== undefined) return { kind: 'emoji', name: emoji };
  if (!atWordEdges(text, match.index, match.index + all.length)) return null;
  if (code !== undefined) return { kind: 'code', text: unescaped(code) };
  const inside = bold ?? italic ?? strike ?? '';
  if (inside !== inside.trim()) return null;
  return {
    kind: bold !== undefined ? 'bold' : italic !== undefined ? 'italic' : 'strike',
    inside: parseInline(inside),
  };
}

function atWordEdges(text: string, from: number, to: number): boolean {
  return !(WORD.test(text[from - 1] ?? ' ') || WORD.test(text[to] ?? ' '));
}

function readEntity(entity: string): Inline {
  const [body = '', ...rest] = entity.split('|');
  const label = unescaped(rest.join('|'));
  if (body.startsWith('@')) return { kind: 'user', id: body.slice(1), label };
  if (body.startsWith('#')) return { kind: 'channel', id: body.slice(1), label };
  const date = /^!date\^(-?\d+)\^([^^]+)/.exec(body);
  if (date) return { kind: 'date', seconds: Number(date[1]), format: date[2] ?? '', fallback: label };
  if (body.startsWith('!')) return { kind: 'broadcast', name: body.slice(1).split('^')[0] ?? '' };
  return { kind: 'link', url: unescaped(body), label };
}
