import type { Case } from '../../domain/case/case';
import type { Recorded } from '../../domain/case/events';
import type { Desk } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import { type ClockLedger, ledgersOf } from '../../domain/sla/caseLedger';
import { type LedgerRow, usedOfText } from '../../domain/sla/ledger';
import { exactly } from '../../domain/words';
import { type Button, type Line, type Section, strong, text, type View } from '../view';
import { clockName } from './clockText';
import { button, plainView, timeText } from './parts';

/** What is said of one clock before the whole ledger is asked for. */
const MOMENTS_MAX = 6;

/** `why`: each clock, the time that did not count, and `used X of Y, Z left`. */
export function whyView(it: Case, journal: readonly Recorded[], desk: Desk, at: Instant): View {
  const told = ledgersOf(it, journal, desk, at);
  const summary = told.map(({ clock, ledger }) => `${clockName(clock.name)}: ${usedOfText(ledger)}`).join('. ');
  const empty: Section = { kind: 'lines', lines: [[text('Nothing is promised on this case, so no clock runs.')]] };
  return {
    ...plainView(`Where the time of ${it.ref} went. ${summary}`),
    title: [text(`Where the time of ${it.ref} went`)],
    sections: told.length === 0 ? [empty] : told.flatMap((one) => clockSections(one, desk, at)),
    buttons: told.length === 0 ? [] : [ledgerButton('Whole ledger', it, 'rows'), ledgerButton('As CSV', it, 'csv')],
  };
}

/** The ways in which the ledger is shown. */
export type LedgerForm = 'short' | 'rows' | 'csv';

/** Takes the place of what is shown, like the page of a list. */
export const ledgerButton = (label: string, it: Case, as: LedgerForm, offset = 0): Button =>
  button('page', label, { ledger: it.id, as, offset });

function clockSections({ clock, ledger }: ClockLedger, desk: Desk, at: Instant): readonly Section[] {
  const moments = ledger.rows.filter((row) => row.from === row.to);
  const shown = moments.slice(-MOMENTS_MAX);
  const left = moments.length - shown.length;
  const lines: readonly Line[] = [
    ...(left > 0 ? [[text(`… ${left} earlier in the whole ledger`)]] : []),
    ...shown.map((row): Line => [text(momentText(row, desk, at))]),
    ...ledger.uncounted.map(({ why, ms }): Line => [text(`Did not count: ${exactly(ms)} ${why}`)]),
    [strong(usedOfText(ledger))],
  ];
  return [
    { kind: 'heading', text: clockName(clock.name) },
    { kind: 'lines', lines },
  ];
}

export const momentText = (row: LedgerRow, desk: Desk, at: Instant): string =>
  `${timeText(row.from, desk.zone, at)}: ${row.why}`;
