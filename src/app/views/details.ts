import type { Case } from '../../domain/case/case';
import type { CaseEvent, Recorded } from '../../domain/case/events';
import type { Desk } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import type { View } from '../view';
import { caseCard } from './caseCard';
import { historyOf } from './history';

const ENTRIES_MAX = 25;
const DESCRIPTION_MAX = 2500;

export interface Reading {
  readonly desk: Desk;
  readonly at: Instant;
  /** Whether the reader is of the desk; notes, hand-overs and what is said in the desk's own threads are not for others. */
  readonly ofDesk: boolean;
}

/** Everything about a case that one person may know: the card and its history. */
export function detailsView(it: Case, journal: readonly Recorded[], { desk, at, ofDesk }: Reading): View {
  const card = caseCard(ofDesk ? it : asReporterMayKnow(it), desk, at);
  const described = it.description.slice(0, DESCRIPTION_MAX);
  const sections = card.sections.filter((section) => !(section.kind === 'quote' && section.label === null));
  const told = ofDesk ? journal : journal.filter(({ event }) => isForReporter(event));
  return {
    ...card,
    sections: [
      ...(described === '' ? [] : [{ kind: 'quote' as const, label: 'What happened', text: described }]),
      ...sections,
      { kind: 'heading', text: 'History' },
      ...historyOf(told, desk, ENTRIES_MAX),
    ],
    // Buttons that would only refuse help nobody.
    buttons: ofDesk ? card.buttons : [],
  };
}

const asReporterMayKnow = (it: Case): Case => ({ ...it, handover: null, triage: { ...it.triage, dispute: null } });

function isForReporter(event: CaseEvent): boolean {
  switch (event.type) {
    case 'NoteAdded':
    case 'PriorityDisputed':
    case 'HandoverProposed':
    case 'HandoverMovedOn':
    case 'HandoverDeclined':
    case 'HandoverWithdrawn':
    case 'SlaWarned':
    case 'SlaBreached':
      return false;
    case 'MessageHeard':
      return event.audience === 'public';
    default:
      return true;
  }
}
