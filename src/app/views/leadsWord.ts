/** A word to the leads about one case that does not go on by itself: what is wrong, the trail, and what they can do. */
import type { Case } from '../../domain/case/case';
import type { Recorded } from '../../domain/case/events';
import { type Desk, personOf } from '../../domain/desk/desk';
import type { Instant, PersonId } from '../../domain/ids';
import { ago } from '../../domain/words';
import { type Section, text, type View } from '../view';
import { factsOf } from './caseCard';
import { button, caseData, holderLine, plainView } from './parts';
import { hopText, trailOf } from './trail';

/** Null for anything that is no matter for the leads. */
export function leadsWordView(
  it: Case,
  recorded: Recorded,
  journal: readonly Recorded[],
  { desk, at }: { readonly desk: Desk; readonly at: Instant },
): View | null {
  const say = sayOf(it, recorded, journal, desk);
  if (say === null) return null;
  const data = caseData(it);
  const holder: Section = { kind: 'lines', lines: [[text('With: '), ...holderLine(it, desk)]] };
  return {
    ...plainView(`${it.ref}: ${say} ${it.title}`),
    title: [text(`${it.ref} · ${it.title}`)],
    tone: 'warning',
    sections: [
      { kind: 'lines', lines: [[text(say)]] },
      ...trailOf(
        journal.filter(({ version }) => version <= recorded.version),
        desk,
      ),
      ...(it.status === 'Resolved' || it.status === 'Closed' ? [holder] : []),
      { kind: 'facts', facts: factsOf(it, desk, at) },
    ],
    buttons: [
      button('assign', 'Reassign', data, { opensForm: true, style: 'primary' }),
      button('take', 'Take', data),
      button('nudge', 'Nudge the owner', data),
      button('details', 'Details', data),
    ],
  };
}

function sayOf(it: Case, { event, version, at }: Recorded, journal: readonly Recorded[], desk: Desk): string | null {
  const name = (id: PersonId): string => personOf(desk, id)?.name ?? id;
  switch (event.type) {
    case 'HandoverAccepted':
      return `${it.ref} has been handed on again: the ${hopText(journal, version)}. It is with ${name(event.owner)} now. Is it with the right people?`;
    case 'HandoverExpired':
      return event.turn === null
        ? `Nobody accepted ${it.ref}, and its time is over. It stays where it was: reassign it, or take it.`
        : `Nobody accepted ${it.ref}, and nobody owns it. It is ${name(event.turn)}’s turn to find it an owner.`;
    case 'UntouchedTold':
      return `${name(event.owner)} owns ${it.ref}; it was last touched ${ago(at - event.since)}, ${event.unasked ? 'and they are not there now' : 'and asking them changed nothing'}.`;
    default:
      return null;
  }
}
