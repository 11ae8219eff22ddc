import type { Answer } from '../../../src/app/view';
import { nonceKeys } from '../answers';
import { valuesOf } from '../forms';
import type { Pressed } from '../payloads';
import { callerOf, pressedPlace, type Turn } from '../turn';

/** A press, or a form when it carries a nonce, to the app. Verb and data only route: the engine asks who may. */
export function carry(turn: Turn, pressed: Pressed): Promise<Answer> {
  const { envelope } = pressed;
  const { doors } = turn.teams;
  const caller = callerOf(turn, { place: pressedPlace(turn), keys: nonceKeys(envelope, turn.user) });
  if (envelope.nonce === undefined) return doors.press(envelope.verb, envelope.data, caller);
  return doors.submit(envelope.verb, envelope.data, valuesOf(pressed), caller);
}
