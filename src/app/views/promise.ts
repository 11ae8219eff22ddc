import type { Case, CasePromise } from '../../domain/case/case';
import { type Desk, personOf } from '../../domain/desk/desk';
import { type Instant, instant } from '../../domain/ids';
import { leftWords } from '../../domain/sla/ledger';
import { inWords, shorten } from '../../domain/words';
import type { Drawing } from '../ports';
import { type Fact, type Line, text, type View } from '../view';
import { button, fact, hour, plainView, time, timeText } from './parts';

const WORDS_MAX = 160;

/** "You told the client …": for the writer alone. Nothing is promised before the tap. Null once the case is done. */
export function promiseOfferView(it: Case, args: Drawing['args']): View | null {
  if (it.status === 'Resolved' || it.status === 'Closed') return null;
  const due = instant(Number(args['due']));
  const when = timeText(due, String(args['zone']));
  const words = shorten(String(args['words']), WORDS_MAX);
  const data = { case: it.id, offer: Number(args['version']) };
  return {
    ...plainView(`You told the client on ${it.ref}: “${words}”. Make it a promise for ${when}?`),
    sections: [
      {
        kind: 'lines',
        lines: [
          [
            text(`You told the client on ${it.ref}: “${words}”. Make it a promise for `),
            { kind: 'time', at: due, text: when },
            text('? Baton reminds whoever owns the case in time, and a public word before then keeps it.'),
          ],
        ],
      },
    ],
    buttons: [button('promise', 'Make it a promise', data, { style: 'primary' }), button('dismiss', 'Not now', data)],
  };
}

/** The promise that the client waits for, and how earlier ones came out; nothing where none was ever made. */
export function promiseFacts(it: Case, desk: Desk, at: Instant): readonly Fact[] {
  const promise = it.promise ?? null;
  const count = it.promises ?? { made: 0, kept: 0, broken: 0 };
  const record = [count.kept === 0 ? '' : `${count.kept} kept`, count.broken === 0 ? '' : `${count.broken} broken`]
    .filter((words) => words !== '')
    .join(', ');
  if (promise !== null)
    return [fact('Promise', [...promiseLine(promise, desk, at), text(record === '' ? '' : ` (so far ${record})`)])];
  return record === '' ? [] : [fact('Promises', record)];
}

function promiseLine({ by, words, dueAt, broken }: CasePromise, desk: Desk, at: Instant): Line {
  const name = personOf(desk, by)?.name ?? by;
  const left = dueAt - at;
  const stands = broken || left < 0 ? `broken, ${inWords(left)} over` : leftWords(left);
  return [
    text(`“${shorten(words, WORDS_MAX)}” (${name}) · ${broken ? 'was due ' : 'due '}`),
    time(dueAt, desk),
    text(` · ${stands} as of `),
    hour(at, desk),
  ];
}
