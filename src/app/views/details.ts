import type { Case } from '../../domain/case/case';
import type { CaseEvent, Recorded } from '../../domain/case/events';
import type { Desk } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import type { OpenForm } from '../ports';
import type { Fact, View } from '../view';
import { caseCard } from './caseCard';
import { filesBlock } from './files';
import { historyOf } from './history';
import { writingNow } from './openForms';
import { fact } from './parts';

const ENTRIES_MAX = 25;
const DESCRIPTION_MAX = 2500;

export interface Reading {
  readonly desk: Desk;
  readonly at: Instant;
  /** Whether the reader is of the desk; notes, hand-overs and what is said in the desk's own threads are not for others. */
  readonly ofDesk: boolean;
  /** Who else is writing at this moment; for the desk only. */
  readonly forms?: readonly OpenForm[];
}

/** Everything about a case that one person may know: the card and its history. */
export function detailsView(it: Case, journal: readonly Recorded[], { desk, at, ofDesk, forms = [] }: Reading): View {
  // The files stand together further down.
  const card = caseCard({ ...(ofDesk ? it : asReporterMayKnow(it)), files: [] }, desk, at);
  const described = it.description.slice(0, DESCRIPTION_MAX);
  const sections = card.sections.filter((section) => !(section.kind === 'quote' && section.label === null));
  const told = ofDesk ? journal : journal.filter(({ event }) => isForReporter(event));
  return {
    ...card,
    facts: [...card.facts, ...(ofDesk ? whyThey(it) : [])],
    sections: [
      ...(described === '' ? [] : [{ kind: 'quote' as const, label: 'What happened', text: described }]),
      ...sections,
      ...(ofDesk ? writingNow(forms, { desk, at }) : []),
      ...filesBlock(told, desk),
      { kind: 'heading', text: 'History' },
      ...historyOf(told, desk, ENTRIES_MAX),
    ],
    // Buttons that would only refuse help nobody.
    buttons: ofDesk ? card.buttons : [],
  };
}

/** Why it is whose turn it is, as it was when they were chosen. */
const whyThey = ({ holder }: Case): readonly Fact[] =>
  holder.kind === 'turn' && holder.reason !== undefined ? [fact('Whose turn, and why', holder.reason)] : [];

const asReporterMayKnow = (it: Case): Case => ({ ...it, handover: null, triage: { ...it.triage, dispute: null } });

function isForReporter(event: CaseEvent): boolean {
  switch (event.type) {
    case 'NoteAdded':
    case 'PriorityDisputed':
    case 'HandoverProposed':
    case 'HandoverMovedOn':
    case 'HandoverReminded':
    case 'HandoverExpired':
    case 'AdviceGiven':
    case 'OwnerAsked':
    case 'UntouchedTold':
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
