/** Words about messages of which nobody knows whether they arrived. */
import { type Case, type Place, partyName } from '../../domain/case/case';
import type { Recorded } from '../../domain/case/events';
import type { Desk } from '../../domain/desk/desk';
import type { Delivery, Tended } from '../ports';
import { type Button, type Line, type Section, text, type View } from '../view';
import { button, place, plainView, quoted, timeText } from './parts';

const REPEATED = 'Baton could not tell whether this had arrived, so it may be here twice.';
const WORDS_MAX = 1500;

/** The same, saying that it may be a repetition. */
export const mayRepeat = (view: View): View => ({
  ...view,
  summary: `${view.summary} ${REPEATED}`,
  sections: [...view.sections, { kind: 'lines', lines: [[text(REPEATED)]] }],
});

export interface Unsure {
  readonly it: Case;
  readonly delivery: Delivery;
  readonly recorded: Recorded | null;
}

/** Asks whoever owns the case, in private; once answered it says how and by whom. */
export function unsureView({ it, delivery, recorded }: Unsure, desk: Desk): View {
  const words = wordsOf(recorded);
  const quote: readonly Section[] =
    words === '' ? [] : [{ kind: 'quote', label: 'What was to be said', text: quoted(words, WORDS_MAX) }];
  if (delivery.state !== 'ambiguous') {
    const say = `${it.ref}: ${tendedText(delivery.tended, desk)}`;
    return { ...plainView(say), sections: [{ kind: 'lines', lines: [[text(say)]] }, ...quote] };
  }
  const title = `Did this reach the client of ${it.ref}?`;
  const say = `${platformName(delivery)} did not confirm it and cannot be asked. Look at the conversation, then choose.`;
  return {
    ...plainView(`${title} ${say}`),
    title: [text(title)],
    tone: 'warning',
    sections: [{ kind: 'lines', lines: [[text(say), ...conversation(it.source)]] }, ...quote],
    buttons: tendButtons(delivery),
  };
}

const conversation = (source: Place | null): Line =>
  source === null ? [] : [text(' '), place(source, 'Open the conversation')];

function wordsOf(recorded: Recorded | null): string {
  if (recorded?.event.type === 'ReplySent') return recorded.event.text;
  return recorded?.event.type === 'CaseResolved' ? recorded.event.how : '';
}

export const platformName = ({ to }: Pick<Delivery, 'to'>): string =>
  to.platform.charAt(0).toUpperCase() + to.platform.slice(1);

/** `Alice Anderson sent it again (Mon 23 Nov, 10:00).` */
export function tendedText(tended: Tended | null, desk: Desk): string {
  if (tended === null) return 'this is settled.';
  const what = tended.how === 'again' ? 'sent it again' : 'says that it arrived';
  return `${partyName(tended.by)} ${what} (${timeText(tended.at, desk.zone)}).`;
}

/** What can be done about a message that has come to rest. */
export function tendButtons({ id, state }: Pick<Delivery, 'id' | 'state'>): readonly Button[] {
  const again = button('resend', 'Send again', { posting: id }, { style: 'primary' });
  return state === 'ambiguous' ? [again, button('arrived', 'It arrived', { posting: id })] : [again];
}
