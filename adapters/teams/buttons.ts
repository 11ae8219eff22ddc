import type { Button } from '../../src/app/view';
import type { JsonObject } from './connector';
import { cut, harmless } from './text';

/** Teams shows six actions; one place is kept for the menu that holds the rest. */
const IN_SIGHT_MAX = 5;
const STYLES = { primary: 'positive', danger: 'destructive', plain: 'default' } as const;

/** A button's verb on the wire. */
export const EXECUTE_PREFIX = 'baton:';

/** Actions in the order given; where there is no room, those that may go into the menu go there. */
export function actions(buttons: readonly Button[]): JsonObject[] {
  const roomy = buttons.length <= IN_SIGHT_MAX + 1;
  let inSight = 0;
  return buttons.map((button) => {
    const hidden = !roomy && (button.inMenu || inSight >= IN_SIGHT_MAX);
    if (!hidden) inSight += 1;
    return { ...action(button), ...(hidden ? { mode: 'secondary' } : {}) };
  });
}

/** A set of actions inside the body; nothing where there are none. */
export function actionSet(buttons: readonly Button[]): JsonObject[] {
  return buttons.length === 0 ? [] : [{ type: 'ActionSet', actions: actions(buttons) }];
}

function action(button: Button): JsonObject {
  if (button.opensForm) return dialogAction(button);
  const pressed = executeAction(button);
  return button.confirm === null ? pressed : askedOnce(button, button.confirm, pressed);
}

/** Dialogs open from Action.Submit only; the bot is asked for the form by a task/fetch invoke. */
function dialogAction({ label, style, verb, data }: Button): JsonObject {
  return {
    type: 'Action.Submit',
    title: title(label),
    style: STYLES[style],
    associatedInputs: 'none',
    data: { msteams: { type: 'task/fetch' }, baton: { verb, data } },
  };
}

function executeAction({ label, style, verb, data }: Button): JsonObject {
  return {
    type: 'Action.Execute',
    title: title(label),
    style: STYLES[style],
    associatedInputs: 'none',
    verb: `${EXECUTE_PREFIX}${verb}`,
    data: { baton: { verb, data } },
  };
}

/** Adaptive Cards know no confirmation: the button unfolds the question, and pressing it again folds it away. */
function askedOnce(button: Button, confirm: NonNullable<Button['confirm']>, pressed: JsonObject): JsonObject {
  const { label, style } = button;
  const inlines = [
    { type: 'TextRun', text: `${harmless(confirm.title)} `, weight: 'Bolder' },
    { type: 'TextRun', text: harmless(confirm.text) },
  ];
  return {
    type: 'Action.ShowCard',
    title: title(label),
    style: STYLES[style],
    card: {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [{ type: 'RichTextBlock', inlines }],
      actions: [{ ...pressed, title: title(confirm.yes) }],
    },
  };
}

const TITLE_MAX = 80;
const title = (label: string): string => cut(harmless(label), TITLE_MAX);
