import type { Case } from '../../domain/case/case';
import type { Desk } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import { type Button, type ButtonData, type Line, type Section, strong, text, type View } from '../view';
import { dueLine } from './clockText';
import { button, caseData, holderLine, plainView, priorityText } from './parts';

export const PAGE_SIZE = 8;

export interface Shown {
  readonly cases: readonly Case[];
  readonly total: number;
  readonly offset: number;
}

/** A page of cases by urgency, with the words for when there are none. */
export function listView(
  heading: string,
  shown: Shown,
  empty: string,
  more: { readonly desk: Desk; readonly at: Instant; readonly filter: string },
): View {
  if (shown.total === 0) return { ...plainView(empty), sections: [{ kind: 'lines', lines: [[text(empty)]] }] };
  const from = shown.offset + 1;
  const to = shown.offset + shown.cases.length;
  const title =
    shown.total > shown.cases.length ? `${heading} (${from}–${to} of ${shown.total})` : `${heading} (${shown.total})`;
  return {
    ...plainView(`${title}: ${shown.cases.map((it) => `${it.ref} ${it.title}`).join('; ')}`.slice(0, 1000)),
    title: [text(title)],
    sections: rowsOf(shown.cases, more.desk, more.at),
    buttons: pageButtons('page', shown, { filter: more.filter }),
  };
}

export function rowsOf(cases: readonly Case[], desk: Desk, at: Instant): readonly Section[] {
  return cases.map((it) => ({
    kind: 'row',
    title: [strong(it.ref), text(` ${it.title}`)],
    detail: detailOf(it, desk, at),
    buttons: [button('details', 'Details', caseData(it))],
  }));
}

function detailOf(it: Case, desk: Desk, at: Instant): Line {
  const priority = it.priority === null ? 'Not triaged' : priorityText(desk, it.priority);
  return [
    text(`${it.status} · ${priority} · `),
    ...(it.holder.kind === 'owner' ? [] : [text('Owner: ')]),
    ...holderLine(it, desk),
    text(it.client === null ? ' · ' : ` · ${it.client.name} · `),
    ...dueLine(it, desk, at),
  ];
}

/** Earlier and later pages, where there are any. */
export function pageButtons(verb: 'page' | 'home', shown: Shown, data: ButtonData): readonly Button[] {
  const back =
    shown.offset > 0 ? [button(verb, 'Previous', { ...data, offset: Math.max(0, shown.offset - PAGE_SIZE) })] : [];
  const next =
    shown.offset + shown.cases.length < shown.total
      ? [button(verb, 'Next', { ...data, offset: shown.offset + PAGE_SIZE })]
      : [];
  return [...back, ...next];
}
