import type { SlackCommand, SlackSnapshot } from '../../slack/protocol';
import type { Offer } from '../common/useSuggestMenu';

/** One line of the composer's menu. `text` is the whole text after choosing it. */
export type Suggestion = { key: string; title: string; hint: string; text: string };

export type Suggestions = Offer<Suggestion>;

const NONE: Suggestions = { items: [], eager: false, label: '' };

/** What the composer offers for the text before the caret: commands, a command's words, people. */
export function suggest(slack: SlackSnapshot, text: string, caret: number): Suggestions {
  const command = slack.commands.find((one) => text.startsWith(`${one.command} `));
  const person = /(^|\s)@([\p{L}\p{N} ._-]{0,30})$/u.exec(text.slice(0, caret));
  if (person) return people(slack, text, caret, person[2] ?? '');
  if (command) return words(command, text);
  if (/^\/\S*$/.test(text)) return commands(slack, text);
  return NONE;
}

function commands(slack: SlackSnapshot, text: string): Suggestions {
  const found = slack.commands.filter((one) => one.command.startsWith(text.toLowerCase()));
  const items = found.map((one) => ({
    key: one.command,
    title: `${one.command} ${one.usage_hint}`.trim(),
    hint: one.description,
    text: `${one.command} `,
  }));
  return { items, eager: !found.some((one) => one.command === text), label: 'Slash commands' };
}

/** A usage hint such as `new [title] | list | show REF` names the command's words: each is offered. */
function words(command: SlackCommand, text: string): Suggestions {
  const typed = text.slice(command.command.length + 1).toLowerCase();
  const items = command.usage_hint
    .split(/\s*[|,·]\s*/)
    .map((usage) => ({ usage, word: usage.split(' ')[0] ?? '' }))
    .filter(({ word }) => /^[a-z]/i.test(word) && word.toLowerCase().startsWith(typed) && word.toLowerCase() !== typed)
    .map(({ usage, word }) => ({
      key: usage,
      title: `${command.command} ${usage}`,
      hint: '',
      text: `${command.command} ${word} `,
    }));
  return { items, eager: false, label: `What ${command.command} can do` };
}

function people(slack: SlackSnapshot, text: string, caret: number, typed: string): Suggestions {
  const wanted = typed.toLowerCase();
  const start = caret - typed.length;
  const items = slack.users
    .filter((one) => one.real_name.toLowerCase().startsWith(wanted) || one.name.startsWith(wanted))
    .filter((one) => one.real_name.toLowerCase() !== wanted.trim())
    .slice(0, 8)
    .map((one) => ({
      key: one.id,
      title: one.real_name,
      hint: one.title,
      text: `${text.slice(0, start)}${one.real_name} ${text.slice(caret)}`,
    }));
  return { items, eager: true, label: 'People' };
}
