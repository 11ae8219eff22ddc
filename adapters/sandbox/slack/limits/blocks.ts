import type { Json, JsonObject } from '../protocol';
import { ELEMENT_SURFACES, ELEMENTS, image } from './elements';
import { LIMITS } from './numbers';
import {
  anyText,
  byType,
  type Check,
  complain,
  type Fields,
  flag,
  integer,
  isObject,
  list,
  may,
  mrkdwn,
  need,
  object,
  type Problem,
  plain,
  type Surface,
  string,
  typed,
  word,
} from './shape';

const SELECTS = ['static', 'external', 'users', 'conversations', 'channels'].map((kind) => `${kind}_select`);
const MULTI_SELECTS = SELECTS.map((kind) => `multi_${kind}`);
const CHOICES = [...SELECTS, ...MULTI_SELECTS, 'checkboxes', 'radio_buttons', 'datepicker', 'timepicker'];
const ACTIONS = [...CHOICES, 'button', 'overflow', 'datetimepicker', 'workflow_button', 'rich_text_input'];
const ACCESSORY = [...CHOICES, 'button', 'overflow', 'image', 'workflow_button'];
const TEXT_INPUTS = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'rich_text_input'];
const INPUTS = [...CHOICES, ...TEXT_INPUTS, 'datetimepicker', 'file_input'];

/** One of these elements, each on the surfaces where Slack has it. */
function element(allowed: string[]): Check {
  const kinds = Object.fromEntries(
    allowed.map((type): [string, Check] => [
      type,
      (value, spot) => {
        const surfaces = ELEMENT_SURFACES[type];
        if (surfaces && !surfaces.includes(spot.surface))
          return complain(spot, 'surface', `unsupported type: ${type} in a ${spot.surface}`);
        ELEMENTS[type]?.(value, spot);
      },
    ]),
  );
  return byType(kinds);
}

function block(type: string, surfaces: Surface[], fields: Fields, also?: Check): Check {
  const shape = typed(type, { block_id: may(string(LIMITS.ids.blockId)), ...fields }, also);
  return (value, spot) => {
    if (!surfaces.includes(spot.surface))
      return complain(spot, 'surface', `unsupported type: ${type} in a ${spot.surface}`);
    shape(value, spot);
  };
}

const EVERYWHERE: Surface[] = ['message', 'modal', 'home'];
const MESSAGE: Surface[] = ['message'];
const anything: Check = () => undefined;
const richText = typed('rich_text', { block_id: may(string(255)), elements: need(list(1, 1_000, anything)) });
const cell = byType({
  rich_text: richText,
  raw_text: typed('raw_text', { text: need(string(3_000, 0)) }),
  raw_number: typed('raw_number', { value: need(anything), text: need(string(3_000, 0)) }),
});

const sectionText: Check = (value, spot) => {
  const given = value as JsonObject;
  if (given.text === undefined && given.fields === undefined) complain(spot, 'required', 'must provide text or fields');
};

const cardFields: Fields = {
  hero_image: may(image),
  icon: may(image),
  title: may(mrkdwn(LIMITS.card.title)),
  subtitle: may(mrkdwn(LIMITS.card.subtitle)),
  body: may(mrkdwn(LIMITS.card.body)),
  actions: may(list(1, LIMITS.card.actions, element(['button']))),
};
const cardContent: Check = (value, spot) => {
  const given = value as JsonObject;
  if (['hero_image', 'title', 'actions', 'body'].every((name) => given[name] === undefined))
    complain(spot, 'required', 'must provide one of hero_image, title, actions, body');
};
const card = block('card', ['message', 'home'], cardFields, cardContent);

const FLAT: { [type: string]: Check } = {
  section: block(
    'section',
    EVERYWHERE,
    {
      text: may(anyText(LIMITS.section.text)),
      fields: may(list(1, LIMITS.section.fields, anyText(LIMITS.section.field))),
      accessory: may(element(ACCESSORY)),
      expand: may(flag),
    },
    sectionText,
  ),
  actions: block('actions', EVERYWHERE, { elements: need(list(1, LIMITS.actions, element(ACTIONS))) }),
  context: block('context', EVERYWHERE, {
    elements: need(list(1, LIMITS.context, byType({ image, plain_text: plain(3_000), mrkdwn: mrkdwn(3_000) }))),
  }),
  header: block('header', EVERYWHERE, { text: need(plain(LIMITS.header)), level: may(integer(1, 6)) }),
  divider: block('divider', EVERYWHERE, {}),
  image: block('image', EVERYWHERE, {
    image_url: may(string(LIMITS.image.url)),
    slack_file: may(object({ id: may(string(255)), url: may(string(3_000)) })),
    alt_text: need(string(LIMITS.image.alt, 0)),
    title: may(plain(LIMITS.image.title)),
  }),
  rich_text: block('rich_text', EVERYWHERE, { elements: need(list(1, 1_000, anything)) }),
  input: block('input', EVERYWHERE, {
    label: need(plain(LIMITS.input.label)),
    hint: may(plain(LIMITS.input.hint)),
    optional: may(flag),
    dispatch_action: may(flag),
    element: need(element(INPUTS)),
  }),
  table: block('table', MESSAGE, {
    rows: need(list(1, LIMITS.table.rows, list(1, LIMITS.table.columns, cell))),
    column_settings: may(list(1, LIMITS.table.columns, anything)),
  }),
  video: block('video', EVERYWHERE, {
    video_url: need(string(3_000)),
    thumbnail_url: need(string(3_000)),
    alt_text: need(string(LIMITS.image.alt)),
    title: need(plain(LIMITS.video)),
    title_url: may(string(3_000)),
    author_name: may(string(50)),
    provider_name: may(string(255)),
    provider_icon_url: may(string(3_000)),
    description: may(plain(LIMITS.video)),
  }),
};

const BLOCKS: { [type: string]: Check } = {
  ...FLAT,
  markdown: block('markdown', MESSAGE, { text: need(string(LIMITS.message.markdownTotal)) }),
  context_actions: block('context_actions', MESSAGE, {
    elements: need(list(1, LIMITS.contextActions, element(['feedback_buttons', 'icon_button']))),
  }),
  alert: block('alert', ['modal'], {
    text: need(anyText(3_000)),
    level: may(word('default', 'info', 'warning', 'error', 'success')),
  }),
  card,
  carousel: block('carousel', ['message', 'home'], {
    elements: need(list(1, LIMITS.carousel, card)),
  }),
  container: block('container', ['message', 'home'], {
    title: may(plain(LIMITS.container.title)),
    rich_text_title: may(richText),
    subtitle: may(anyText(LIMITS.container.title)),
    child_blocks: need(list(1, LIMITS.container.children, byType(FLAT))),
    width: may(word('narrow', 'standard', 'wide', 'full')),
    icon: may(image),
    is_collapsible: may(flag),
    default_collapsed: may(flag),
    has_header_divider: may(flag),
  }),
  data_table: block('data_table', MESSAGE, {
    rows: need(list(2, LIMITS.dataTable.rows, list(1, LIMITS.dataTable.columns, cell))),
    caption: need(string(3_000)),
    page_size: may(integer(1, 100)),
    row_header_column_index: may(integer(0, LIMITS.dataTable.columns - 1)),
  }),
};
const oneBlock = byType(BLOCKS);

/** The elements of a block that carry an action_id. */
export function elementsOf(given: JsonObject): JsonObject[] {
  const nested = Array.isArray(given.elements) ? given.elements : [];
  const children = Array.isArray(given.child_blocks) ? given.child_blocks : [];
  const own = [given.accessory, given.element, ...nested].filter(isObject);
  return [...own.filter((one) => one.type !== 'card'), ...children.filter(isObject).flatMap(elementsOf)];
}

function checkDuplicates(blocks: Json[], pointer: string, found: Problem[]): void {
  const seen = new Set<string>();
  blocks.forEach((given, index) => {
    if (!isObject(given)) return;
    const at = `${pointer}/${index}`;
    if (typeof given.block_id === 'string') {
      if (seen.has(given.block_id))
        found.push({ code: 'duplicate', message: `duplicate block_id: ${given.block_id}`, pointer: `${at}/block_id` });
      seen.add(given.block_id);
    }
    const actions = elementsOf(given).flatMap((one) => (typeof one.action_id === 'string' ? [one.action_id] : []));
    const twice = actions.find((name, place) => actions.indexOf(name) !== place);
    if (twice) found.push({ code: 'duplicate', message: `duplicate action_id: ${twice}`, pointer: at });
  });
}

/** Everything that Slack would refuse about these blocks on this surface; empty when they are well. */
export function checkBlocks(blocks: Json, surface: Surface, pointer = '/blocks'): Problem[] {
  const found: Problem[] = [];
  const max = surface === 'message' ? LIMITS.message.blocks : LIMITS.view.blocks;
  list(0, max, oneBlock)(blocks, { pointer, surface, found });
  if (!Array.isArray(blocks)) return found;
  checkDuplicates(blocks, pointer, found);
  const tables = blocks.filter((given) => isObject(given) && given.type === 'table').length;
  if (tables > 1) found.push({ code: 'max_items', message: 'only one table allowed', pointer });
  return found;
}
