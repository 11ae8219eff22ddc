import type { JsonObject } from '../protocol';
import { LIMITS } from './numbers';
import {
  anyText,
  type Check,
  complain,
  type Fields,
  flag,
  integer,
  list,
  matching,
  may,
  need,
  object,
  plain,
  type Surface,
  string,
  typed,
  word,
} from './shape';

const colour = may(word('primary', 'danger'));
const url = string(LIMITS.button.url);

const confirm = object({
  title: may(plain(LIMITS.confirm.title)),
  text: need(anyText(LIMITS.confirm.text)),
  confirm: may(plain(LIMITS.confirm.button)),
  deny: may(plain(LIMITS.confirm.button)),
  style: colour,
});

const optionFields: Fields = {
  value: need(string(LIMITS.option.value)),
  description: may(anyText(LIMITS.option.description)),
  url: may(url),
};
const plainOption = object({ text: need(plain(LIMITS.option.text)), ...optionFields });
const anyOption = object({ text: need(anyText(LIMITS.option.text)), ...optionFields });
export const optionGroup = object({
  label: need(plain(LIMITS.option.text)),
  options: need(list(1, LIMITS.options.select, plainOption)),
});
export const optionList = list(0, LIMITS.options.select, plainOption);

const action: Fields = { action_id: may(string(LIMITS.ids.actionId)), confirm: may(confirm) };
const focus: Fields = { focus_on_load: may(flag) };
const placeholder: Fields = { placeholder: may(plain(LIMITS.placeholder)) };
const dispatch: Fields = {
  dispatch_action_config: may(
    object({ trigger_actions_on: may(list(1, 2, word('on_enter_pressed', 'on_character_entered'))) }),
  ),
};
const picker: Fields = { ...action, ...focus, ...placeholder };
const many: Fields = { max_selected_items: may(integer(1, 100)) };
const id = string(255);
const ids = list(0, 100, id);
const day = matching(/^\d{4}-\d{2}-\d{2}$/, 'a date as YYYY-MM-DD');
const time = matching(/^\d{2}:\d{2}$/, 'a time as HH:mm');

const eitherOptions: Check = (value, spot) => {
  const given = value as JsonObject;
  if ((given.options === undefined) === (given.option_groups === undefined))
    complain(spot, 'required', 'must provide exactly one of options or option_groups');
};
const staticChoice: Fields = {
  options: may(list(1, LIMITS.options.select, plainOption)),
  option_groups: may(list(1, LIMITS.options.groups, optionGroup)),
};
const filter = object({
  include: may(list(1, 4, word('im', 'mpim', 'private', 'public'))),
  exclude_external_shared_channels: may(flag),
  exclude_bot_users: may(flag),
});
const conversations: Fields = { filter: may(filter), default_to_current_conversation: may(flag) };
const answerable: Fields = { response_url_enabled: may(flag) };
const fewOptions = need(list(1, LIMITS.options.few, anyOption));
const minQuery: Fields = { min_query_length: may(integer(0, 100)) };

const feedback = object({
  text: need(plain(LIMITS.button.text)),
  accessibility_label: may(string(LIMITS.button.accessibilityLabel)),
  value: need(string(LIMITS.button.value)),
});
const buttonFields: Fields = {
  ...action,
  text: need(plain(LIMITS.button.text)),
  accessibility_label: may(string(LIMITS.button.accessibilityLabel)),
  style: colour,
};

export const image = typed(
  'image',
  {
    image_url: may(string(LIMITS.image.url)),
    slack_file: may(object({ id: may(id), url: may(url) })),
    alt_text: need(string(LIMITS.image.alt, 0)),
  },
  (value, spot) => {
    const given = value as JsonObject;
    if ((given.image_url === undefined) === (given.slack_file === undefined))
      complain(spot, 'required', 'must provide exactly one of image_url or slack_file');
  },
);

/** Every interactive element by type, whatever block it stands in. */
export const ELEMENTS: { [type: string]: Check } = {
  button: typed('button', {
    ...buttonFields,
    value: may(string(LIMITS.button.value, 0)),
    url: may(url),
  }),
  workflow_button: typed('workflow_button', { ...buttonFields, workflow: need(() => undefined) }),
  icon_button: typed('icon_button', {
    ...action,
    icon: need(word('trash')),
    text: need(plain(LIMITS.button.text)),
    accessibility_label: may(string(LIMITS.button.accessibilityLabel)),
    value: may(string(LIMITS.button.value)),
    visible_to_user_ids: may(ids),
  }),
  feedback_buttons: typed('feedback_buttons', {
    action_id: may(id),
    positive_button: need(feedback),
    negative_button: need(feedback),
  }),
  image,
  overflow: typed('overflow', { ...action, options: need(list(1, LIMITS.options.overflow, plainOption)) }),
  checkboxes: typed('checkboxes', {
    ...action,
    ...focus,
    options: fewOptions,
    initial_options: may(list(1, LIMITS.options.few, anyOption)),
  }),
  radio_buttons: typed('radio_buttons', {
    ...action,
    ...focus,
    options: fewOptions,
    initial_option: may(anyOption),
  }),
  static_select: typed(
    'static_select',
    { ...picker, ...staticChoice, initial_option: may(plainOption) },
    eitherOptions,
  ),
  multi_static_select: typed(
    'multi_static_select',
    { ...picker, ...many, ...staticChoice, initial_options: may(list(1, 100, plainOption)) },
    eitherOptions,
  ),
  external_select: typed('external_select', { ...picker, ...minQuery, initial_option: may(plainOption) }),
  multi_external_select: typed('multi_external_select', {
    ...picker,
    ...many,
    ...minQuery,
    initial_options: may(list(1, 100, plainOption)),
  }),
  users_select: typed('users_select', { ...picker, initial_user: may(id) }),
  multi_users_select: typed('multi_users_select', { ...picker, ...many, initial_users: may(ids) }),
  conversations_select: typed('conversations_select', {
    ...picker,
    ...conversations,
    ...answerable,
    initial_conversation: may(id),
  }),
  multi_conversations_select: typed('multi_conversations_select', {
    ...picker,
    ...many,
    ...conversations,
    initial_conversations: may(ids),
  }),
  channels_select: typed('channels_select', { ...picker, ...answerable, initial_channel: may(id) }),
  multi_channels_select: typed('multi_channels_select', { ...picker, ...many, initial_channels: may(ids) }),
  datepicker: typed('datepicker', { ...picker, initial_date: may(day) }),
  timepicker: typed('timepicker', { ...picker, initial_time: may(time), timezone: may(id) }),
  datetimepicker: typed('datetimepicker', {
    ...action,
    ...focus,
    initial_date_time: may(integer(1_000_000_000, 9_999_999_999)),
  }),
  plain_text_input: typed('plain_text_input', {
    action_id: may(id),
    ...focus,
    ...placeholder,
    ...dispatch,
    initial_value: may(string(LIMITS.plainTextInput, 0)),
    multiline: may(flag),
    min_length: may(integer(0, LIMITS.plainTextInput)),
    max_length: may(integer(1, LIMITS.plainTextInput)),
  }),
  email_text_input: typed('email_text_input', {
    action_id: may(id),
    ...focus,
    ...placeholder,
    ...dispatch,
    initial_value: may(string(LIMITS.plainTextInput, 0)),
  }),
  url_text_input: typed('url_text_input', {
    action_id: may(id),
    ...focus,
    ...placeholder,
    ...dispatch,
    initial_value: may(string(LIMITS.plainTextInput, 0)),
  }),
  number_input: typed('number_input', {
    action_id: may(id),
    ...focus,
    ...placeholder,
    ...dispatch,
    is_decimal_allowed: need(flag),
    initial_value: may(id),
    min_value: may(id),
    max_value: may(id),
  }),
  rich_text_input: typed('rich_text_input', {
    action_id: may(id),
    ...focus,
    ...placeholder,
    ...dispatch,
    initial_value: may(() => undefined),
    min_lines: may(integer(1, 100)),
    max_lines: may(integer(1, 100)),
  }),
  file_input: typed('file_input', {
    action_id: may(id),
    filetypes: may(list(1, 100, id)),
    max_files: may(integer(1, 10)),
  }),
};

/** Elements that Slack offers on some surfaces only; those that are not named here stand everywhere. */
export const ELEMENT_SURFACES: { [type: string]: Surface[] } = {
  file_input: ['modal'],
  email_text_input: ['modal'],
  number_input: ['modal'],
  url_text_input: ['modal'],
  rich_text_input: ['modal', 'home'],
  datetimepicker: ['message', 'modal'],
  workflow_button: ['message'],
};
