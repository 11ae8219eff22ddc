import type { BlockAction, RespondFn, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Answer, View } from '../../../src/app/view';
import type { Place } from '../../../src/domain/case/case';
import { ask, drawn, openForm, privately, sayTo, sentence, whole, wordsOf } from '../answers';
import { isOurs } from '../api';
import { type Pressed, readPress } from '../buttons';
import { errorWord } from '../failures';
import { type Origin, readMetadata, windowOf } from '../forms';
import { showHome } from '../home';
import { reasonOf } from '../log';
import { callerOf, type Parts, penOf } from '../parts';
import { BlockActions } from '../payloads';
import { placeOf, triggerKeys } from '../refs';
import { DONE, foreigner, OUT_OF_DATE } from '../sentences';

/** Every button and menu, wherever it stands. */
export const actions =
  (parts: Parts) =>
  async ({ body, ack, respond }: SlackActionMiddlewareArgs<BlockAction>): Promise<void> => {
    const given = BlockActions.parse(body);
    const { user, trigger_id: trigger } = given;
    const action = given.actions[0];
    const pressed = action ? readPress(action.action_id, action.selected_option?.value ?? action.value) : null;
    const shown = spotOf(given, respond, pressed);
    const ours = isOurs(parts.me, user.team_id ?? given.team?.id, given.team?.enterprise_id ?? given.enterprise?.id);
    if (pressed === null || !ours) {
      await ack();
      return say(parts, shown, sentence(ours ? OUT_OF_DATE : foreigner(parts.me.team)));
    }
    const told = { user: user.id, name: user.name ?? user.username ?? null, place: shown.place };
    const what = `slack:press ${pressed.verb} ${trigger}`;
    const caller = await callerOf(parts, { ...told, what, keys: triggerKeys(trigger) });
    const home = { user: user.id, caller, hash: null };
    if (shown.kind === 'home' && (pressed.verb === 'page' || pressed.verb === 'home')) {
      await ack();
      return showHome(parts, { ...home, page: pressed.data });
    }
    const timely = await ask(parts, what, () => parts.doors.press(pressed.verb, pressed.data, caller));
    await ack();
    await show(parts, shown, await whole(timely));
    if (shown.kind === 'home') await showHome(parts, { ...home, page: {} });
  };

/** Where the button stands, which decides how an answer can be shown. */
interface Spot {
  readonly kind: 'message' | 'ephemeral' | 'home' | 'modal';
  readonly user: string;
  readonly trigger: string;
  readonly place: Place | null;
  readonly origin: Origin;
  readonly view: string | null;
  readonly respond: RespondFn | null;
  /** Turning a page replaces what is there; any other answer stands beside it. */
  readonly turnsPage: boolean;
}

function spotOf(given: BlockActions, respond: RespondFn, pressed: Pressed | null): Spot {
  const { container, view } = given;
  const common = { user: given.user.id, trigger: given.trigger_id, turnsPage: pressed?.verb === 'page' };
  if (view) {
    const from = readMetadata(view.private_metadata ?? '')?.origin ?? { channel: null, message: '', thread: null };
    const place = from.channel === null ? null : placeOf(from.channel, from.message, from.thread);
    const kind = view.type === 'home' ? 'home' : 'modal';
    return { ...common, kind, place, origin: from, view: view.id, respond: null };
  }
  const { channel_id: channel, message_ts: ts } = container;
  const place = channel && ts ? placeOf(channel, ts, container.thread_ts ?? given.message?.thread_ts) : null;
  const origin = { channel: channel ?? null, message: ts ?? '', thread: place?.thread ?? null };
  const kind = container.is_ephemeral === true ? 'ephemeral' : 'message';
  return { ...common, kind, place, origin, view: null, respond: given.response_url ? respond : null };
}

async function show(parts: Parts, spot: Spot, answer: Answer): Promise<void> {
  if (answer.kind === 'form') {
    const { trigger, origin } = spot;
    const words = await openForm(parts, answer.form, { trigger, origin, push: spot.kind === 'modal' });
    return words ? say(parts, spot, words) : undefined;
  }
  const words = wordsOf(answer);
  if (words) return say(parts, spot, words);
  if (spot.kind === 'ephemeral') await clear(parts, spot);
  if (spot.kind === 'modal') await say(parts, { ...spot, turnsPage: true }, sentence(DONE));
}

async function clear(parts: Parts, spot: Spot): Promise<void> {
  await spot.respond?.({ delete_original: true }).catch((error: unknown) => {
    parts.log.debug({ problem: reasonOf(error) }, 'a private message could not be cleared');
  });
}

async function say(parts: Parts, spot: Spot, view: View): Promise<void> {
  try {
    if (spot.kind === 'modal' || spot.kind === 'home') return await showWindow(parts, spot, view);
    if (spot.respond === null) return await sayTo(parts, spot.user, spot.origin, view);
    const replace = spot.kind === 'ephemeral' && spot.turnsPage;
    const thread = spot.origin.thread === null ? {} : { thread_ts: spot.origin.thread };
    await spot.respond({ ...privately(drawn(parts, view)), ...thread, replace_original: replace });
  } catch (error) {
    parts.log.warn({ problem: errorWord(error) ?? reasonOf(error) }, 'an answer is given another way');
    await sayTo(parts, spot.user, spot.origin, view);
  }
}

async function showWindow(parts: Parts, { kind, view: id, trigger, turnsPage }: Spot, view: View): Promise<void> {
  const window = windowOf(view, penOf(parts.desk(), parts.me));
  if (kind === 'home') await parts.api.views.open({ trigger_id: trigger, view: window });
  else if (turnsPage && id !== null) await parts.api.views.update({ view_id: id, view: window });
  else await parts.api.views.push({ trigger_id: trigger, view: window });
}
