import { type Case, partyKey } from '../../domain/case/case';
import type { CaseEvent, Recorded } from '../../domain/case/events';
import type { Engine } from '../perform';
import type { Answer, Form, Verb } from '../view';
import { replyForm, resolveForm } from '../views/forms';
import { historyOf } from '../views/history';
import { seenOf } from './find';
import { formToEscalate } from './proposing';
import type { Submitted } from './submit';
import type { Caller } from './types';

/** What somebody who writes about the case should know before it goes out. A priority or a warning changes no words. */
const NEWS: readonly CaseEvent['type'][] = [
  'MessageHeard',
  'ReplySent',
  'NoteAdded',
  'CaseTaken',
  'CaseAssigned',
  'HandoverProposed',
  'HandoverAccepted',
  'HandoverDeclined',
  'AdviceGiven',
  'ClientAwaited',
  'CaseResumed',
  'CaseResolved',
  'CaseReopened',
];
/** Forms whose words depend on what has been said and done. A note stands by itself. */
const WRITTEN: readonly Verb[] = ['reply', 'resolve', 'escalate'];
const SHOWN_MAX = 8;

export const asksOnceMore = (verb: Verb): boolean => WRITTEN.includes(verb);

/**
 * Somebody else did something on the case after the form was opened: it comes back with what changed, who did it and when,
 * and with everything that was typed, to be applied all the same or dropped. Null when nothing did, or nothing that matters.
 */
export async function outdated(engine: Engine, it: Case, sent: Submitted, caller: Caller): Promise<Answer | null> {
  const seen = seenOf(sent.data);
  if (seen === null || seen >= it.version || !asksOnceMore(sent.verb)) return null;
  const me = partyKey(caller.party);
  const news = (await engine.store.journalOf(it.id)).filter(
    ({ version, event, by }) =>
      version > seen && NEWS.includes(event.type) && by.kind !== 'system' && partyKey(by) !== me,
  );
  if (news.length === 0) return null;
  return { kind: 'form', form: again(engine, it, { sent, news }, caller) };
}

interface Meanwhile {
  readonly sent: Submitted;
  readonly news: readonly Recorded[];
}

/** The same form on the case as it stands now, holding what was typed. */
function again(engine: Engine, it: Case, { sent, news }: Meanwhile, caller: Caller): Form {
  const form = formOf(engine, it, sent.verb, caller);
  return {
    ...form,
    submit: 'Apply anyway',
    cancel: 'Drop',
    intro: [
      {
        kind: 'lines',
        lines: [[{ kind: 'strong', text: `${it.ref} has moved on while you were writing. Nothing was sent yet:` }]],
      },
      ...historyOf(news, engine.desk(), SHOWN_MAX),
      {
        kind: 'lines',
        lines: [[{ kind: 'text', text: 'What you wrote is below. Change it, apply it anyway, or drop it.' }]],
      },
    ],
    data: { ...sent.data, ...form.data },
    fields: form.fields.map((field) => {
      const typed = sent.values[field.name];
      return typed === undefined || field.kind === 'client' ? field : { ...field, value: typed };
    }),
  };
}

function formOf(engine: Engine, it: Case, verb: Verb, caller: Caller): Form {
  if (verb === 'escalate') return formToEscalate(engine, it, caller);
  if (verb === 'resolve') return resolveForm(it);
  return replyForm(it);
}
