/** Answers of the engine, shown to the one person who asked: privately, in time, and where they are looking. */
import type { RespondArguments } from '@slack/bolt';
import type { Answer, Form, View } from '../../src/app/view';
import { cardOf, type Drawn } from './cards';
import { errorWord } from './failures';
import { buttonTo, modalOf, type Origin } from './forms';
import { reasonOf } from './log';
import { type Parts, penOf } from './parts';
import { PLATFORM } from './refs';
import { BROKEN } from './sentences';

/** Slack waits three seconds; half a second may go by for a name, and the answer needs some of them for its way. */
const ANSWER_WITHIN_MS = 2_200;

export type Timely =
  | { readonly late: false; readonly answer: Answer }
  | { readonly late: true; readonly coming: Promise<Answer> };

/** Asks the engine. A failure becomes an answer too, so that the person is told. Says when the answer will be late. */
export async function ask(parts: Parts, what: string, work: () => Promise<Answer>): Promise<Timely> {
  const coming = Promise.resolve()
    .then(work)
    .catch((error: unknown): Answer => {
      parts.log.error({ what, problem: reasonOf(error) }, 'a request from Slack failed');
      return { kind: 'errors', fields: { '': BROKEN } };
    });
  let timer: NodeJS.Timeout | undefined;
  const bell = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ANSWER_WITHIN_MS);
  });
  const answer = await Promise.race([coming, bell]);
  clearTimeout(timer);
  return answer === null ? { late: true, coming } : { late: false, answer };
}

export const whole = (timely: Timely): Promise<Answer> =>
  timely.late ? timely.coming : Promise.resolve(timely.answer);

/** A sentence as a view. */
export function sentence(words: string): View {
  const line = [{ kind: 'text' as const, text: words }];
  const sections = [{ kind: 'lines' as const, lines: [line] }];
  return { summary: words, title: null, tone: 'plain', facts: [], sections, buttons: [], footer: null };
}

/** What is left to say when there is no form to show it in. */
export function wordsOf(answer: Exclude<Answer, { kind: 'form' }>): View | null {
  if (answer.kind === 'said') return answer.view;
  if (answer.kind === 'errors') return sentence(Object.values(answer.fields).join(' ') || BROKEN);
  return null;
}

export const drawn = (parts: Parts, view: View): Drawn => cardOf(view, penOf(parts.desk(), parts.me));

/** As Slack takes it for one person: the type of response is always said, and nothing is unfurled. */
export function privately(message: Drawn): RespondArguments & { text: string } {
  return { response_type: 'ephemeral', unfurl_links: false, unfurl_media: false, ...message };
}

interface Opening {
  readonly trigger: string;
  readonly origin: Origin;
  /** On top of the window that the press came from. */
  readonly push: boolean;
}

/** Opens the form. Where Slack will not (the trigger lasts three seconds), the view that is returned has a button to it. */
export async function openForm(parts: Parts, form: Form, { trigger, origin, push }: Opening): Promise<View | null> {
  try {
    const view = modalOf(form, origin, penOf(parts.desk(), parts.me));
    if (push) await parts.api.views.push({ trigger_id: trigger, view });
    else await parts.api.views.open({ trigger_id: trigger, view });
    return null;
  } catch (error) {
    parts.log.warn({ form: form.verb, problem: errorWord(error) ?? reasonOf(error) }, 'a form could not be opened');
    return buttonTo(form);
  }
}

/** Says something to one person where the form was asked for; in a direct message when there is no such place. */
export async function sayTo(parts: Parts, user: string, origin: Origin, view: View): Promise<void> {
  const { channel, thread } = origin;
  const inPerson = channel === null || channel.startsWith('D');
  const to = inPerson
    ? ({ kind: 'person', platform: PLATFORM, user } as const)
    : ({ kind: 'whisper', platform: PLATFORM, channel, thread, user } as const);
  try {
    await parts.surface.post(to, view, { id: '' });
  } catch (error) {
    parts.log.warn({ user, problem: reasonOf(error) }, 'an answer could not be given');
  }
}
