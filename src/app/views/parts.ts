/** Pieces that several views are made of. */
import { type Case, type Party, type Place, partyName } from '../../domain/case/case';
import { type Desk, personOf, priorityOf } from '../../domain/desk/desk';
import { dateOf, localDay } from '../../domain/desk/localDay';
import type { Instant, PersonId, PriorityName } from '../../domain/ids';
import { emojiCharacter } from '../../inputs/reactions';
import { type Button, type ButtonData, type Fact, type Inline, type Line, text, type Verb, type View } from '../view';

/** An empty view to build on. */
export const plainView = (summary: string): View => ({
  summary,
  title: null,
  tone: 'plain',
  facts: [],
  sections: [],
  buttons: [],
  footer: null,
});

/** A view of one sentence. */
export const sentence = (say: string, tone: View['tone'] = 'plain'): View => ({
  ...plainView(say),
  tone,
  sections: [{ kind: 'lines', lines: [[text(say)]] }],
});

export function person(desk: Desk, id: PersonId, ping = false): Inline {
  return { kind: 'person', person: id, name: personOf(desk, id)?.name ?? `${id} (no longer of the desk)`, ping };
}

export const party = (it: Party, ping = false): Inline =>
  it.kind === 'person' ? { kind: 'person', person: it.id, name: it.name, ping } : { kind: 'party', party: it, ping };

const FORMATS = new Map<string, Intl.DateTimeFormat>();
const FORMATS_MAX = 50;

/**
 * `Mon 23 Nov, 14:30` in a zone, and `Fri 1 Jan 2027, 09:00` where `now` is given and stands in another year. Formats are
 * kept, since making one costs more than using it a hundred times.
 */
export function timeText(at: Instant, zone: string, now: Instant = at): string {
  const known = FORMATS.get(zone);
  const format =
    known ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  if (known === undefined && FORMATS.size < FORMATS_MAX) FORMATS.set(zone, format);
  const year = yearOf(at, zone);
  return year === yearOf(now, zone) ? format.format(at) : format.format(at).replace(',', ` ${year},`);
}

const yearOf = (at: Instant, zone: string): string => dateOf(localDay(zone, at)).slice(0, 4);

export const time = (at: Instant, desk: Desk): Inline => ({ kind: 'time', at, text: timeText(at, desk.zone) });
/** `14:30`: what is left changes by the minute, so it says when it was so. */
export const hour = (at: Instant, desk: Desk): Inline => ({
  kind: 'time',
  at,
  text: timeText(at, desk.zone).slice(-5),
  only: 'hour',
});
export const place = (it: Place, label: string): Inline => ({ kind: 'place', place: it, label });

/** `🔴 P1 Urgent`: the emoji, the name and the word, so that colour alone says nothing. */
export function priorityText(desk: Desk, name: PriorityName): string {
  const priority = priorityOf(desk, name);
  if (priority === null) return name;
  const emoji = priority.emoji[0] === undefined ? '' : `${emojiCharacter(priority.emoji[0])} `;
  return `${emoji}${priority.name} ${priority.label}`;
}

/** The shortest that cannot be mistaken: `14:30` today, `Tue 14:30` within six days, `Tue 1 Dec, 14:30` later or before today. */
export function shortTime(at: Instant, now: Instant, zone: string): string {
  const days = localDay(zone, at) - localDay(zone, now);
  const whole = timeText(at, zone, now);
  if (days === 0) return whole.slice(-5);
  return days > 0 && days < 7 ? `${whole.slice(0, 3)} ${whole.slice(-5)}` : whole;
}

/** Whose case it is, or whose turn it is to find an owner. */
export function holderLine(it: Case, desk: Desk): Line {
  const { holder } = it;
  if (holder.kind === 'owner') return [person(desk, holder.person)];
  if (holder.kind === 'turn') return [text('None yet; '), person(desk, holder.person), text('’s turn')];
  return [text('None yet; the desk file names nobody who could take it')];
}

/** What a person wrote, line by line as they wrote it, cut at a word where it is longer than `most` characters. */
export function quoted(words: string, most: number): string {
  const kept = words.trim().replace(/\n{3,}/gu, '\n\n');
  if (kept.length <= most) return kept;
  const cut = kept.slice(0, most - 1);
  const end = Math.max(cut.lastIndexOf(' '), cut.lastIndexOf('\n'));
  return `${(end > most / 2 ? cut.slice(0, end) : cut).trimEnd().replace(/[\uD800-\uDBFF]$/, '')}…`;
}

export const clientText = (it: Case): string => it.client?.name ?? 'No client named';

export function fact(label: string, value: Line | string): Fact {
  return { label, value: typeof value === 'string' ? [text(value)] : value };
}

export interface ButtonLook {
  readonly style?: Button['style'];
  readonly opensForm?: boolean;
  readonly inMenu?: boolean;
  readonly confirm?: Button['confirm'];
}

export function button(verb: Verb, label: string, data: ButtonData, look: ButtonLook = {}): Button {
  return {
    verb,
    label,
    data,
    style: look.style ?? 'plain',
    opensForm: look.opensForm ?? false,
    inMenu: look.inMenu ?? false,
    confirm: look.confirm ?? null,
  };
}

/** What a button on a case carries: which case, and which version of it the person sees. */
export const caseData = (it: Case): ButtonData => ({ case: it.id, seen: it.version });

export const who = (it: Party): string => partyName(it);
