import type { JsonObject, SlackActResult, SlackSnapshot } from '../../../slack/protocol';
import { asList, asObject, asString, has, wordsOf } from '../../common/json';

/** One choice of a select; `group` is the heading it stands under. */
export type Option = { value: string; label: string; description?: string; group?: string };

function readOption(option: JsonObject, group?: string): Option {
  const described = has(option['description']) ? { description: wordsOf(option['description']) } : {};
  return {
    value: asString(option['value']),
    label: wordsOf(option['text']),
    ...described,
    ...(group === undefined ? {} : { group }),
  };
}

/** The choices that are known without asking the app. */
export function knownOptions(slack: SlackSnapshot, element: JsonObject): Option[] {
  const type = asString(element['type']);
  if (type.includes('users')) {
    return slack.users
      .filter((one) => !one.is_bot)
      .map((one) => ({ value: one.id, label: one.real_name, description: one.title }));
  }
  if (type.includes('channels') || type.includes('conversations')) {
    return slack.channels.filter((one) => one.kind !== 'im').map((one) => ({ value: one.id, label: `#${one.name}` }));
  }
  const groups = asList(element['option_groups']);
  const grouped = groups.flatMap((group) =>
    asList(group['options']).map((option) => readOption(option, wordsOf(group['label']))),
  );
  return [...asList(element['options']).map((option) => readOption(option)), ...grouped];
}

/** Choices that the element began with: their words must be known even when the list is the app's. */
export function initialOptions(element: JsonObject): Option[] {
  const one = has(element['initial_option']) ? [asObject(element['initial_option'])] : [];
  return [...one, ...asList(element['initial_options'])].map((option) => readOption(option));
}

export function answeredOptions(result: SlackActResult): Option[] {
  if (!result.ok) return [];
  const plain = (result.options ?? []).map((one) => ({
    value: one.value,
    label: one.text.text,
    ...describe(one.description?.text),
  }));
  const grouped = (result.option_groups ?? []).flatMap((group) =>
    group.options.map((one) => ({
      value: one.value,
      label: one.text.text,
      group: group.label.text,
      ...describe(one.description?.text),
    })),
  );
  return [...plain, ...grouped];
}

function describe(words: string | undefined): { description?: string } {
  return words === undefined ? {} : { description: words };
}
