import { cardNext, plainView } from '../answers';
import { EXECUTE_PREFIX } from '../buttons';
import { cardOf } from '../cards';
import { cardAnswer, type InvokeAnswer, noticeAnswer } from '../invoke';
import { cardAction, readPressed } from '../payloads';
import type { Turn } from '../turn';
import { carry } from './carry';

const NOT_OURS = 'This card is from another version of Baton. Ask for a new one with "case show".';

/** adaptiveCard/action: a press of Action.Execute. */
export async function cardPressed(turn: Turn): Promise<InvokeAnswer> {
  const value = cardAction.safeParse(turn.activity.value);
  const pressed = value.success ? readPressed(value.data.action.data) : null;
  const verb = value.success ? value.data.action.verb : '';
  if (pressed === null || verb !== `${EXECUTE_PREFIX}${pressed.envelope.verb}`) return noticeAnswer(NOT_OURS);
  if (pressed.envelope.cancelled === true)
    return cardAnswer(cardOf(plainView('Cancelled: nothing was changed.'), turn.teams.accountOf));
  return cardNext(turn, await carry(turn, pressed), pressed);
}
