import type { TeamsSnapshot } from '../../teams/protocol';
import type { Offer } from '../common/useSuggestMenu';

export type Scope = 'personal' | 'team';

/** One line of the composer's menu: a text to go on with, or a dialog of the app. */
export type Suggestion =
  | { key: string; title: string; hint: string; text: string }
  | { key: string; title: string; hint: string; extension: string };

export type Suggestions = Offer<Suggestion>;

const NONE: Suggestions = { items: [], eager: false, label: '' };

/** What the composer offers: `/` the slash commands, `@` the bot and people, after the bot's name its commands. */
export function suggest(teams: TeamsSnapshot, scope: Scope, text: string): Suggestions {
  const bot = `@${teams.bot.name} `;
  if (text.startsWith('/')) return slashes(teams, scope, text.slice(1));
  if (scope === 'team' && text.startsWith(bot))
    return commands(teams, scope, { before: bot, typed: text.slice(bot.length) });
  const person = /(^|\s)@([\p{L} ]{0,30})$/u.exec(text);
  if (person) return mentions(teams, text, person[2] ?? '');
  if (scope === 'personal' && text !== '') return commands(teams, scope, { before: '', typed: text });
  return NONE;
}

function starts(title: string, typed: string): boolean {
  return title.toLowerCase().startsWith(typed.toLowerCase()) && title.toLowerCase() !== typed.trim().toLowerCase();
}

function slashes(teams: TeamsSnapshot, scope: Scope, typed: string): Suggestions {
  const ofBot = teams.commands
    .filter((one) => one.triggers.includes('slash') && one.scopes.includes(scope) && starts(one.title, typed))
    .map((one) => ({ key: one.title, title: one.title, hint: one.description, text: `/${one.title} ` }));
  const dialogs = teams.extensionCommands
    .filter((one) => one.slash && one.contexts.some((context) => context !== 'message') && starts(one.title, typed))
    .map((one) => ({ key: one.id, title: one.title, hint: one.description, extension: one.id }));
  return { items: [...ofBot, ...dialogs], eager: true, label: 'Slash commands' };
}

function commands(teams: TeamsSnapshot, scope: Scope, given: { before: string; typed: string }): Suggestions {
  const items = teams.commands
    .filter((one) => one.triggers.includes('mention') && one.scopes.includes(scope) && starts(one.title, given.typed))
    .map((one) => ({ key: one.title, title: one.title, hint: one.description, text: `${given.before}${one.title} ` }));
  return { items, eager: false, label: `What ${teams.bot.name} can do` };
}

function mentions(teams: TeamsSnapshot, text: string, typed: string): Suggestions {
  const before = text.slice(0, text.length - typed.length);
  const people = [{ id: teams.bot.id, name: teams.bot.name, title: 'App' }, ...teams.users];
  const items = people
    .filter((one) => starts(one.name, typed))
    .slice(0, 8)
    .map((one) => ({ key: one.id, title: one.name, hint: one.title, text: `${before}${one.name} ` }));
  return { items, eager: true, label: 'Mention' };
}

/** Whether this is a slash command of the bot, and then its words without the stroke. */
export function slashWords(teams: TeamsSnapshot, text: string): string | null {
  if (!text.startsWith('/')) return null;
  const words = text.slice(1);
  const known = teams.commands.some(
    (one) => one.triggers.includes('slash') && words.toLowerCase().startsWith(one.title.toLowerCase()),
  );
  return known ? words : null;
}
