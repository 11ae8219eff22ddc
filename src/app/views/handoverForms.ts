/** The forms of the contract: what is proposed, and how it is answered. */
import { type Case, type Handover, ownerOf } from '../../domain/case/case';
import { askableAfter, candidatesOf, kindOf } from '../../domain/case/offered';
import { openPromise } from '../../domain/case/promise';
import { type Desk, personOf } from '../../domain/desk/desk';
import type { PersonId } from '../../domain/ids';
import { type ButtonData, type Field, type Form, type Section, text } from '../view';
import { about, choice, formOn, levelsOf, longText } from './forms';
import { caseData, timeText } from './parts';

/** What is known before anything is typed: an earlier hand-over of the case, whom to ask, and who asks. */
export interface Drafted {
  readonly before?: Pick<Handover, 'tried' | 'needed' | 'told' | 'deadline'>;
  readonly to?: PersonId;
  readonly from: PersonId | null;
  /** In which they read the clock on their wall. */
  readonly zone: string;
}

/** Three fields that the next person cannot do without; whom, as what and until when have sensible answers already. */
export function escalateForm(it: Case, desk: Desk, { from, zone }: Drafted): Form {
  return { ...handoverForm(it, desk, { from, zone }), intro: [about(it), line(asksText(it, desk, from))] };
}

/** To whoever handed it over, with what was said then to go on from. */
export function handBackForm(it: Case, desk: Desk, drafted: Drafted & { readonly to: PersonId }): Form {
  const name = personOf(desk, drafted.to)?.name ?? drafted.to;
  const intro = `This asks ${name} to take it back. What was said when it was handed over stands below: bring it up to date.`;
  return {
    ...handoverForm(it, desk, drafted),
    title: `Hand back ${it.ref}`,
    intro: [about(it), line(intro)],
  };
}

const line = (words: string): Section => ({ kind: 'lines', lines: [[text(words)]] });

function asksText(it: Case, desk: Desk, from: PersonId | null): string {
  const level = askableAfter(desk, it.level, it, from ?? ('' as PersonId));
  return level === null
    ? 'There is no further level with people in it: choose whom to ask.'
    : `This asks ${level.name} unless you choose somebody else. Until somebody accepts, the case stays where it is.`;
}

function handoverForm(it: Case, desk: Desk, { before, to, from, zone }: Drafted): Form {
  const tried = { label: 'What has been tried', placeholder: 'So that nobody tries it twice' };
  const needed = { label: 'What is needed', placeholder: 'What the next person should do' };
  const told = { label: 'What the client has been told', placeholder: 'And what they were promised' };
  return {
    ...formOn(it, 'escalate', `Hand over ${it.ref}`, 'Hand over'),
    fields: [
      longText('tried', { ...tried, value: before?.tried ?? '' }),
      longText('needed', needed),
      longText('told', { ...told, value: before?.told ?? '' }),
      whomField(it, desk, { to, from }),
      kindField,
      deadlineField(it, zone, before?.deadline ?? null),
    ],
  };
}

function whomField(it: Case, desk: Desk, { to, from }: Pick<Drafted, 'to' | 'from'>): Field {
  const me = from ?? ('' as PersonId);
  const levels = desk.levels
    .filter((level) => candidatesOf(desk, level, it, me).length > 0)
    .map(({ name }) => ({ value: `level:${name}`, label: name, description: null }));
  const people = desk.people
    .filter(({ id, role }) => role !== 'viewer' && id !== from && id !== ownerOf(it))
    .map(({ id, name }) => ({ value: `person:${id}`, label: name, description: levelsOf(desk, id) }));
  const next = askableAfter(desk, it.level, it, me);
  const value = to === undefined ? (next === null ? null : `level:${next.name}`) : `person:${to}`;
  return { ...choice('whom', 'Whom to ask', [...levels, ...people]), value };
}

const kindField: Field = {
  ...choice('kind', 'Ask them to', [
    { value: 'hand-over', label: 'Take the case over', description: 'It becomes theirs when they accept' },
    { value: 'advice', label: 'Give advice', description: 'The case stays with its owner' },
  ]),
  value: 'hand-over',
};

function deadlineField(it: Case, zone: string, before: Handover['deadline']): Field {
  const known = openPromise(it)?.dueAt ?? before ?? null;
  return {
    kind: 'line',
    name: 'deadline',
    label: 'Promised to the client by',
    value: known === null ? '' : timeText(known, zone),
    required: false,
    hint: 'Leave it open if no time was promised. “today 17:00” or “Friday 9:30” will do.',
    maxLength: 60,
    placeholder: 'today 17:00',
  };
}

export const declineForm = (it: Case, handover: string): Form => ({
  ...formOn(it, 'decline', `Decline ${it.ref}`, 'Decline'),
  data: answerData(it, handover),
  fields: [longText('text', { label: 'Why?', hint: 'The person who asked is told.' })],
});

/** The question is shown above the answer. */
export function adviseForm(it: Case, id: string): Form {
  const { handover } = it;
  const asked: readonly Section[] =
    handover?.id === id && kindOf(handover) === 'advice'
      ? [
          { kind: 'quote', label: 'What is needed', text: handover.needed },
          { kind: 'quote', label: 'What has been tried', text: handover.tried },
        ]
      : [];
  return {
    ...formOn(it, 'advise', `Advice on ${it.ref}`, 'Send advice'),
    intro: [about(it), ...asked],
    data: answerData(it, id),
    fields: [longText('text', { label: 'Your advice', hint: 'The owner reads it and keeps the case.' })],
  };
}

const answerData = (it: Case, handover: string): ButtonData => ({ ...caseData(it), handover });
