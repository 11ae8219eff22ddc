import type { AckFn, RespondArguments, RespondFn, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { Answer, View } from '../../../src/app/view';
import { personBy } from '../../../src/domain/desk/desk';
import { ask, drawn, openForm, privately, sentence, type Timely, whole, wordsOf } from '../answers';
import { isOurs } from '../api';
import type { Origin } from '../forms';
import { reasonOf } from '../log';
import { callerOf, type Parts } from '../parts';
import { SlashCommand } from '../payloads';
import { PLATFORM, placeOf, triggerKeys } from '../refs';
import { foreigner, ONE_MOMENT } from '../sentences';
import { plainWords } from '../words';

/** `/case …`. Mentions become the desk's own names for people, so that `assign` knows them. */
export const command =
  (parts: Parts) =>
  async ({ body, ack, respond }: SlackCommandMiddlewareArgs): Promise<void> => {
    const given = SlashCommand.parse(body);
    const { channel_id: channel, user_id: user, trigger_id: trigger } = given;
    if (!isOurs(parts.me, given.team_id, given.enterprise_id))
      return ack(privately(drawn(parts, sentence(foreigner(parts.me.team)))));
    const words = plainWords(given.text, (id, label) => personBy(parts.desk(), PLATFORM, id)?.id ?? label ?? id);
    const told = { user, name: given.user_name, place: placeOf(channel, ''), what: `slack:command ${trigger}` };
    const caller = await callerOf(parts, { ...told, keys: triggerKeys(trigger) });
    const timely = await ask(parts, given.command, () => parts.doors.line(words, caller));
    const origin = { channel, message: '', thread: null };
    return answerCommand(parts, timely, { ack, respond, trigger, origin });
  };

interface Asked {
  readonly ack: AckFn<string | RespondArguments>;
  readonly respond: RespondFn;
  readonly trigger: string;
  readonly origin: Origin;
}

async function answerCommand(parts: Parts, timely: Timely, asked: Asked): Promise<void> {
  if (!timely.late && timely.answer.kind !== 'form') {
    const words = wordsOf(timely.answer);
    return asked.ack(words ? privately(drawn(parts, words)) : undefined);
  }
  await asked.ack(timely.late ? privately(drawn(parts, sentence(ONE_MOMENT))) : undefined);
  const words = await shown(parts, await whole(timely), asked);
  if (words === null) return;
  await asked.respond(privately(drawn(parts, words))).catch((error: unknown) => {
    parts.log.warn({ problem: reasonOf(error) }, 'a late answer could not be given');
  });
}

/** Opens the form if that is the answer; what remains to be said otherwise. */
async function shown(parts: Parts, answer: Answer, { trigger, origin }: Asked): Promise<View | null> {
  return answer.kind === 'form' ? openForm(parts, answer.form, { trigger, origin, push: false }) : wordsOf(answer);
}
