import type { Inline, Line, Section, View } from '../../src/app/view';
import type { PersonId } from '../../src/domain/ids';
import type { JsonObject } from './connector';
import { PLATFORM } from './settings';

/** The Teams account of a person of the desk, or null when they are not in Teams. */
export type AccountOf = (person: PersonId) => string | null;

interface Pinged {
  readonly id: string;
  readonly name: string;
}

/**
 * The people whom a view pings, each once. They stand in a text block of their own: a mention needs a TextBlock, and a
 * TextBlock draws Markdown, so that no words of people may share one with it.
 */
export function pingsIn(view: View, accountOf: AccountOf): readonly Pinged[] {
  const found = linesOf(view)
    .flat()
    .map((inline) => pinged(inline, accountOf));
  const people = new Map<string, Pinged>();
  for (const person of found) {
    if (person !== null) people.set(person.id.toLowerCase(), person);
  }
  return [...people.values()];
}

function pinged(inline: Inline, accountOf: AccountOf): Pinged | null {
  if (inline.kind === 'person' && inline.ping) return account(accountOf(inline.person), inline.name);
  if (inline.kind !== 'party' || !inline.ping || inline.party.kind === 'system') return null;
  const { party } = inline;
  if (party.kind === 'person') return account(accountOf(party.id), party.name);
  return account(party.platform === PLATFORM ? party.user : null, party.name);
}

function account(id: string | null, name: string): Pinged | null {
  return id === null ? null : { id, name: name.replace(/[\\<>*_`[\]]/g, '') };
}

/** The sections without the pings that lines begin with: those names stand above already. */
export function withoutPings(sections: readonly Section[], accountOf: AccountOf): readonly Section[] {
  return sections.map((section) => {
    if (section.kind !== 'lines') return section;
    return { ...section, lines: section.lines.map((line) => withoutPing(line, accountOf)) };
  });
}

function withoutPing(line: Line, accountOf: AccountOf): Line {
  const [first, next, ...rest] = line;
  if (first === undefined || pinged(first, accountOf) === null) return line;
  if (next?.kind !== 'text') return line.slice(1);
  const words = next.text.replace(/^[\s,:]+/, '');
  return words === '' ? rest : [{ kind: 'text', text: words }, ...rest];
}

export function pingBlock(people: readonly Pinged[]): JsonObject[] {
  if (people.length === 0) return [];
  const text = people.map(({ name }) => `<at>${name}</at>`).join(' ');
  return [{ type: 'TextBlock', text, wrap: true, spacing: 'None' }];
}

export function mentionEntities(people: readonly Pinged[]): JsonObject[] {
  return people.map(({ id, name }) => ({ type: 'mention', text: `<at>${name}</at>`, mentioned: { id, name } }));
}

function linesOf(view: View): readonly Line[] {
  const within = view.sections.flatMap(linesIn);
  return [view.title ?? [], ...view.facts.map(({ value }) => value), ...within, view.footer ?? []];
}

function linesIn(section: Section): readonly Line[] {
  switch (section.kind) {
    case 'lines':
      return section.lines;
    case 'history':
      return section.entries.map(({ line }) => line);
    case 'facts':
      return section.facts.map(({ value }) => value);
    case 'row':
      return [section.title, section.detail];
    case 'quote':
    case 'code':
    case 'heading':
    case 'buttons':
    case 'rule':
      return [];
  }
}
