import type { Case } from '../../domain/case/case';
import type { Recorded } from '../../domain/case/events';
import type { Desk } from '../../domain/desk/desk';
import { type Instant, MINUTE_MS } from '../../domain/ids';
import { type ClockLedger, ledgersOf } from '../../domain/sla/caseLedger';
import { type LedgerRow, usedOfText, wholeMinutes } from '../../domain/sla/ledger';
import { regimeAt } from '../../domain/sla/zone';
import { exactly } from '../../domain/words';
import { type Button, type Line, type Section, strong, text, type View } from '../view';
import { clockName } from './clockText';
import { csvOf } from './csv';
import { plainView, timeText } from './parts';
import { type LedgerForm, ledgerButton, momentText } from './why';

/** Rows in one message: Slack takes about 2,900 characters of text in a block. */
const ROWS_MAX = 24;

interface Told {
  readonly desk: Desk;
  readonly at: Instant;
  /** The first row that is shown. */
  readonly offset: number;
}

/** Every stretch of every clock, each with from, to and the minutes that counted; a page at a time. */
export function ledgerView(it: Case, journal: readonly Recorded[], { desk, at, offset }: Told): View {
  const all = ledgersOf(it, journal, desk, at).flatMap((one) => linesOf(one, desk, at));
  const { shown, title, buttons } = paged(it, all, 'rows', offset);
  return {
    ...plainView(title),
    title: [text(title)],
    sections: inSections(shown),
    buttons: [...buttons, ledgerButton('As CSV', it, 'csv'), ledgerButton('Short', it, 'short')],
    footer: [text(`Times in ${desk.zone}. The minutes of each clock add up to what its card says is left.`)],
  };
}

/** The same as text for a spreadsheet; nothing in it can be taken for a formula. */
export function ledgerCsvView(it: Case, journal: readonly Recorded[], { desk, at, offset }: Told): View {
  const { shown, title, buttons } = paged(it, csvRows(it, journal, desk, at).slice(1), 'csv', offset);
  return {
    ...plainView(title),
    title: [text(title)],
    sections: [{ kind: 'code', text: csvOf(offset === 0 ? [CSV_HEAD, ...shown] : shown) }],
    buttons: [...buttons, ledgerButton('Short', it, 'short')],
  };
}

function paged<Row>(it: Case, all: readonly Row[], as: LedgerForm, offset: number) {
  const from = offset < all.length ? offset : 0;
  const shown = all.slice(from, from + ROWS_MAX);
  const part = all.length > ROWS_MAX ? ` (${from + 1}–${from + shown.length} of ${all.length})` : '';
  const buttons: readonly Button[] = [
    ...(from > 0 ? [ledgerButton('Previous', it, as, Math.max(0, from - ROWS_MAX))] : []),
    ...(from + ROWS_MAX < all.length ? [ledgerButton('Next', it, as, from + ROWS_MAX)] : []),
  ];
  return { shown, title: `The ledger of ${it.ref}${part}`, buttons };
}

/** One line of the ledger, with the clock that it belongs to. */
interface LedgerLine {
  readonly clock: string;
  readonly line: Line;
}

function linesOf({ clock, ledger }: ClockLedger, desk: Desk, at: Instant): readonly LedgerLine[] {
  const minutes = wholeMinutes(ledger.rows);
  const rows = ledger.rows.map((row, index): Line => [text(rowText(row, minutes[index] ?? 0, { desk, at }))]);
  return [...rows, [strong(usedOfText(ledger))]].map((line) => ({ clock: clockName(clock.name), line }));
}

function rowText(row: LedgerRow, minutes: number, { desk, at }: Pick<Told, 'desk' | 'at'>): string {
  if (row.from === row.to) return momentText(row, desk, at);
  const stretch = `${timeText(row.from, desk.zone, at)} → ${timeText(row.to, desk.zone, at)}`;
  return `${stretch} · ${exactly(minutes * MINUTE_MS)} · ${row.why}`;
}

/** Lines below the name of their clock, which a new page repeats. */
function inSections(shown: readonly LedgerLine[]): readonly Section[] {
  const clocks = [...new Set(shown.map((one) => one.clock))];
  return clocks.flatMap((clock): readonly Section[] => [
    { kind: 'heading', text: clock },
    { kind: 'lines', lines: shown.filter((one) => one.clock === clock).map((one) => one.line) },
  ]);
}

const CSV_HEAD = ['case', 'clock', 'cycle', 'from', 'to', 'open minutes', 'what'] as const;

/** Head, then every row, and for each clock its sum. Times are ISO 8601 in the desk's zone, with the offset. */
export function csvRows(
  it: Case,
  journal: readonly Recorded[],
  desk: Desk,
  at: Instant,
): readonly (readonly string[])[] {
  const rows = ledgersOf(it, journal, desk, at).flatMap(({ clock, ledger }) => {
    const name = clockName(clock.name);
    const minutes = wholeMinutes(ledger.rows);
    const each = ledger.rows.map((row, index) => {
      const times = [isoIn(desk.zone, row.from), isoIn(desk.zone, row.to)];
      return [it.ref, name, String(row.cycle), ...times, String(minutes[index] ?? 0), row.why];
    });
    const used = String(Math.floor(ledger.usedMs / MINUTE_MS));
    return [...each, [it.ref, name, String(clock.cycle), '', '', used, usedOfText(ledger)]];
  });
  return [CSV_HEAD, ...rows];
}

/** `2026-11-23T10:00:00+01:00` */
function isoIn(zone: string, at: Instant): string {
  const { offsetMs } = regimeAt(zone, at);
  const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS);
  const offset = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return `${new Date(at + offsetMs).toISOString().slice(0, 19)}${offsetMs < 0 ? '-' : '+'}${offset}`;
}
