import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SurfaceFailure } from '../../src/app/ports';
import type { Answer, Form, Verb, View } from '../../src/app/view';
import { cardOf, inBrief, type Message, messageOf } from './cards';
import type { JsonObject } from './connector';
import { carried, formCard, refilled, valuesOf } from './forms';
import { cardAnswer, closed, dialogAnswer, type InvokeAnswer, lastWords, noticeAnswer, titleOf } from './invoke';
import type { Envelope, Pressed } from './payloads';
import { PLATFORM } from './settings';
import { plainWords } from './text';
import type { Turn } from './turn';

/** Answers a person without anybody else seeing it: in the conversation, or in their private chat. Does not wait for it. */
export function answerPrivately(turn: Turn, answer: Answer): void {
  const message = messageFor(turn, answer);
  if (message !== null) whisper(turn, message);
}

/** What a person is told when Baton itself failed. */
export const SORRY = 'That did not work just now, and the fault is mine. Try again in a moment.';
const SLOW_DOWN_MAX_MS = 30_000;

export function whisper(turn: Turn, message: Message): void {
  const { teams, spot, user, activity } = turn;
  const to = { kind: 'whisper', platform: PLATFORM, channel: spot.conversation, thread: spot.root, user } as const;
  // Shows the slash command above its answer.
  const isSlash = activity.recipient?.isTargeted === true;
  const more = isSlash ? { entities: [{ type: 'targetedMessageInfo', messageId: activity.id }] } : {};
  teams.background.run(`answer to ${activity.type}`, async () => {
    try {
      await teams.voice.post(to, message, more);
    } catch (error) {
      if (!(error instanceof SurfaceFailure) || error.kind !== 'slow-down') throw error;
      await pause(Math.min(error.retryAfterMs ?? 1_000, SLOW_DOWN_MAX_MS));
      await teams.voice.post(to, message, more);
    }
  });
}

function messageFor(turn: Turn, answer: Answer): Message | null {
  switch (answer.kind) {
    case 'said':
      return messageOf(answer.view, turn.teams.accountOf);
    case 'form':
      return { card: openedForm(answer.form, 'message'), summary: answer.form.title };
    case 'errors':
      return messageOf(plainView(sentences(answer.fields)), turn.teams.accountOf);
    case 'done':
      return null;
  }
}

/** A few words as a view. */
export function plainView(words: string): View {
  const lines = [[{ kind: 'text', text: words } as const]];
  return {
    summary: words,
    title: null,
    tone: 'plain',
    facts: [],
    sections: [{ kind: 'lines', lines }],
    buttons: [],
    footer: null,
  };
}

const sentences = (fields: Readonly<Record<string, string>>): string => plainWords(Object.values(fields).join(' '));

/** Dialogs cannot be opened by a message: there the form itself is the card. */
function openedForm(form: Form, where: 'dialog' | 'message'): JsonObject {
  return formCard({ verb: form.verb, data: form.data, nonce: randomUUID(), form: carried(form), where, errors: {} });
}

/** The same form with what was typed and what is wrong with it. A new nonce: what is sent next is a new submission. */
function complainingForm(
  pressed: Pressed,
  where: 'dialog' | 'message',
  errors: Readonly<Record<string, string>>,
): JsonObject | null {
  const { verb, data, form } = pressed.envelope;
  if (form === undefined) return null;
  return formCard({ verb, data, nonce: randomUUID(), form: refilled(form, valuesOf(pressed)), where, errors });
}

const DIALOG_HEIGHT_MAX = 720;
const FIELD_HEIGHT = 110;

/** What a dialog shows next. `pressed`: the form that was sent, when one was. */
export function dialogNext(turn: Turn, answer: Answer, pressed: Pressed | null): InvokeAnswer {
  switch (answer.kind) {
    case 'form':
      return dialogAnswer(answer.form.title, openedForm(answer.form, 'dialog'), heightFor(answer.form.fields.length));
    case 'said': {
      const brief = inBrief(answer.view);
      if (brief !== null) return lastWords(brief);
      return dialogAnswer(titleOf(answer.view), cardOf(answer.view, turn.teams.accountOf), 'medium');
    }
    case 'errors': {
      const card = pressed === null ? null : complainingForm(pressed, 'dialog', answer.fields);
      const form = pressed?.envelope.form;
      if (card === null || form === undefined)
        return lastWords(`${sentences(answer.fields)} Open the form again, please.`);
      return dialogAnswer(form.title, card, heightFor(form.fields.length + 1));
    }
    case 'done':
      return closed;
  }
}

const heightFor = (fields: number): number => Math.min(DIALOG_HEIGHT_MAX, 200 + fields * FIELD_HEIGHT);

/** Buttons whose answer takes the place of what was pressed: pages of a private list. */
const REPLACING: readonly Verb[] = ['page', 'home'];
const SENT = 'I have sent you the answer: nobody else can see it.';

/** What follows a press of Action.Execute: words over the card, the next page in its place, or more in private. */
export function cardNext(turn: Turn, answer: Answer, pressed: Pressed): InvokeAnswer {
  const isForm = pressed.envelope.nonce !== undefined;
  switch (answer.kind) {
    case 'form':
      return cardAnswer(openedForm(answer.form, 'message'));
    case 'said':
      return isForm || REPLACING.includes(pressed.envelope.verb)
        ? cardAnswer(cardOf(answer.view, turn.teams.accountOf))
        : saidOverCard(turn, answer.view);
    case 'errors': {
      const card = isForm ? complainingForm(pressed, 'message', answer.fields) : null;
      return card === null ? noticeAnswer(sentences(answer.fields)) : cardAnswer(card);
    }
    case 'done':
      return isForm ? cardAnswer(cardOf(plainView('Done.'), turn.teams.accountOf)) : noticeAnswer('Done.');
  }
}

/** The card that was pressed belongs to everybody: a long answer must not take its place. */
function saidOverCard(turn: Turn, view: View): InvokeAnswer {
  const brief = inBrief(view);
  if (brief !== null) return noticeAnswer(brief);
  whisper(turn, messageOf(view, turn.teams.accountOf));
  return noticeAnswer(SENT);
}

/** A natural name of one sending of a form, for it may come again under a new activity id (botbuilder-dotnet #5005). */
export const nonceKeys = ({ nonce, verb }: Envelope, user: string): string[] =>
  nonce === undefined ? [] : [`teams:form:${user}:${verb}:${nonce}`];
