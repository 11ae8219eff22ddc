import type { AckFn, SlackViewMiddlewareArgs, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Answer } from '../../../src/app/view';
import { ask, sayTo, sentence, wordsOf } from '../answers';
import { isOurs } from '../api';
import { ACTION_PREFIX, isVerb } from '../buttons';
import { errorsOf, modalOf, type Origin, readMetadata, readValues, windowOf } from '../forms';
import { showHome } from '../home';
import { reasonOf } from '../log';
import { callerOf, type Parts, penOf } from '../parts';
import { type SubmittedView, ViewSubmission } from '../payloads';
import { placeOf, submissionKeys } from '../refs';
import { retyped } from '../retyped';
import { DONE, foreigner, ONE_MOMENT, OUT_OF_DATE } from '../sentences';

type Ack = AckFn<ViewResponseAction>;

/** Every form that was sent. */
export const views =
  (parts: Parts) =>
  async ({ body, ack }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const { view, user, team, enterprise } = ViewSubmission.parse(body);
    const verb = view.callback_id.slice(ACTION_PREFIX.length);
    const metadata = readMetadata(view.private_metadata);
    const ours = isOurs(parts.me, user.team_id ?? team?.id, team?.enterprise_id ?? enterprise?.id);
    if (metadata === null || !isVerb(verb) || !ours)
      return showErrors(parts, view, ack, { '': ours ? OUT_OF_DATE : foreigner(parts.me.team) });
    const { data, origin } = metadata;
    const place = origin.channel === null ? null : placeOf(origin.channel, origin.message, origin.thread);
    const keys = submissionKeys(view, parts.tries.of(view.id));
    const told = {
      user: user.id,
      name: user.name ?? user.username ?? null,
      place,
      what: `slack:view ${verb} ${view.id}`,
    };
    const caller = await callerOf(parts, { ...told, keys });
    const values = readValues(view.state.values);
    const timely = await ask(parts, told.what, () => parts.doors.submit(verb, data, values, caller));
    const sent = { user: user.id, view, origin };
    if (timely.late) await answerLate(parts, sent, ack, timely.coming);
    else await answerNow(parts, sent, ack, timely.answer);
    if (origin.channel === null) await showHome(parts, { user: user.id, caller, page: {}, hash: null });
  };

interface Sent {
  readonly user: string;
  readonly view: SubmittedView;
  readonly origin: Origin;
}

async function answerNow(parts: Parts, { user, view, origin }: Sent, ack: Ack, answer: Answer): Promise<void> {
  if (answer.kind === 'errors') return showErrors(parts, view, ack, answer.fields);
  if (answer.kind === 'form') {
    const next = modalOf(answer.form, origin, penOf(parts.desk(), parts.me));
    return ack({ response_action: 'update', view: next });
  }
  await ack({ response_action: 'clear' });
  const words = wordsOf(answer);
  if (words) await sayTo(parts, user, origin, words);
}

/** The form stays open with what was typed. A form without inputs has no place for a sentence, so it becomes one. */
async function showErrors(
  parts: Parts,
  view: SubmittedView,
  ack: Ack,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  parts.tries.again(view.id);
  const inputs = view.blocks.flatMap((block) => (block.type === 'input' && block.block_id ? [block.block_id] : []));
  const errors = errorsOf(fields, inputs);
  if (errors) return ack({ response_action: 'errors', errors });
  const window = windowOf(sentence(Object.values(fields).join(' ')), penOf(parts.desk(), parts.me));
  return ack({ response_action: 'update', view: window });
}

/** Slack would give up: the form makes room for a word of patience, and comes back with what was typed if it must. */
async function answerLate(parts: Parts, sent: Sent, ack: Ack, coming: Promise<Answer>): Promise<void> {
  const pen = penOf(parts.desk(), parts.me);
  await ack({ response_action: 'update', view: windowOf(sentence(ONE_MOMENT), pen) });
  const answer = await coming;
  const words = answer.kind === 'form' ? null : wordsOf(answer);
  let next: ModalView = windowOf(words ?? sentence(DONE), pen);
  if (answer.kind === 'form') next = modalOf(answer.form, sent.origin, pen);
  if (answer.kind === 'errors') {
    parts.tries.again(sent.view.id);
    next = retyped(sent.view, Object.values(answer.fields));
  }
  try {
    await parts.api.views.update({ view_id: sent.view.id, view: next });
  } catch (error) {
    parts.log.debug({ problem: reasonOf(error) }, 'the form was closed before its answer came');
    if (words) await sayTo(parts, sent.user, sent.origin, words);
  }
}
