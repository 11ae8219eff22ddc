import { dialogNext } from '../answers';
import { type InvokeAnswer, lastWords } from '../invoke';
import { readPressed, taskValue } from '../payloads';
import type { Turn } from '../turn';
import { carry } from './carry';

const NOT_OURS = 'This button is from another version of Baton. Ask for a new card with "case show".';

/** task/fetch (a button that opens a form) and task/submit (the form, or a button in a dialog). */
export async function dialogAsked(turn: Turn): Promise<InvokeAnswer> {
  const value = taskValue.safeParse(turn.activity.value);
  const pressed = value.success ? readPressed(value.data.data) : null;
  if (pressed === null) return lastWords(NOT_OURS);
  return dialogNext(turn, await carry(turn, pressed), pressed);
}
