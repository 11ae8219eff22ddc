import type { Case } from '../../domain/case/case';
import type { Recorded } from '../../domain/case/events';
import type { Desk } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import type { View } from '../view';
import { caseCard } from './caseCard';
import { describedNow, historyOf } from './history';

const ENTRIES_MAX = 25;
const DESCRIPTION_MAX = 2500;

/** Everything about a case, for one person: the card and its history. */
export function detailsView(it: Case, journal: readonly Recorded[], desk: Desk, at: Instant): View {
  const card = caseCard(it, desk, at);
  const described = describedNow(it, journal).slice(0, DESCRIPTION_MAX);
  const sections = card.sections.filter((section) => !(section.kind === 'quote' && section.label === null));
  return {
    ...card,
    sections: [
      ...(described === '' ? [] : [{ kind: 'quote' as const, label: 'What happened', text: described }]),
      ...sections,
      { kind: 'heading', text: 'History' },
      ...historyOf(journal, desk, ENTRIES_MAX),
    ],
  };
}
