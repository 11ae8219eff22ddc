import type { Case } from '../../domain/case/case';
import type { Desk, Person } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import { shorten } from '../../domain/words';
import { type Field, type Form, type Inline, type Line, type Section, strong, text, type View } from '../view';
import { dueLine } from './clockText';
import { moreRows, SHOWN_MAX, titleOf, WORDS_MAX } from './pack';
import { button, caseData, plainView, timeText } from './parts';

/** As many lines as a person fills in at one go, and as fit a form on both platforms. */
export const STEPS_AT_ONCE_MAX = 10;
/** One line: what does not fit belongs into a note. */
export const STEP_MAX = 200;
const LABEL_MAX = 60;

/** A case that cannot wait until its owner is back, and what they said is next. */
export interface Moving {
  readonly case: Case;
  readonly step: string | null;
}

export interface Leaving {
  readonly person: Person;
  readonly leaves: Instant;
  readonly back: Instant | null;
  readonly moving: readonly Moving[];
  /** How many can wait. */
  readonly staying: number;
}

/** To the owner, ahead of the end of their shift: what will be offered to others, and a next step asked for each. */
export function leavingView(leaving: Leaving, desk: Desk, at: Instant): View {
  const { person, leaves, back, moving, staying } = leaving;
  const zone = person.zone ?? desk.zone;
  const until = back === null ? '' : `, and you are back ${timeText(back, zone, at)}`;
  const count = moving.length === 1 ? 'One case cannot wait' : `${moving.length} cases cannot wait`;
  const say = `Your shift ends ${timeText(leaves, zone, at)}${until}. ${count} that long and will be offered to those who are there.`;
  const missing = moving.filter(({ step }) => step === null).length;
  const ask = asksFor(missing, moving.length);
  const others = staying === 1 ? 'One other stays' : `${staying} others stay`;
  const stay = staying === 0 ? [] : [[text(`${others} yours: nothing on it is due before.`)]];
  const atOnce = Math.min(missing, STEPS_AT_ONCE_MAX);
  return {
    ...plainView(`${say} ${lineWords(ask)}`),
    title: [text('Your shift is about to end')],
    tone: missing === 0 ? 'good' : 'warning',
    sections: [
      { kind: 'lines', lines: [ask, [text(say)], ...stay] },
      ...moving.slice(0, SHOWN_MAX).map((one) => rowOf(one, desk, at)),
      ...moreRows(moving.length - SHOWN_MAX, 'in `list mine`.'),
    ],
    buttons:
      missing > 1
        ? [button('steps', `Write ${atOnce} next steps at once`, {}, { style: 'primary', opensForm: true })]
        : [],
  };
}

const lineWords = (line: Line): string => line.map((one: Inline) => ('text' in one ? one.text : '')).join('');

function asksFor(missing: number, all: number): Line {
  if (missing === 0) return [strong('Every one has its next step'), text(': nothing more to do.')];
  const which =
    missing === all ? (all === 1 ? 'it' : 'each') : missing === 1 ? 'the one without' : `the ${missing} without`;
  return [
    strong(`Say in one line what is next on ${which}`),
    text('. Whoever takes it over begins there; the leads hear where nothing was said.'),
  ];
}

function rowOf({ case: it, step }: Moving, desk: Desk, at: Instant): Section {
  const next = step === null ? strong('No next step yet') : text(`Next: ${shorten(step, WORDS_MAX)}`);
  return {
    kind: 'row',
    title: titleOf(it),
    detail: [...dueLine(it, desk, at), text(' · '), next],
    buttons: [
      button('steps', step === null ? 'Next step' : 'Change', { case: it.id }, { opensForm: true }),
      button('details', 'Details', caseData(it)),
    ],
  };
}

/** A line for each of at most ten cases. `data` says which line is about which case. */
export function stepsForm(moving: readonly Moving[]): Form {
  const asked = moving.slice(0, STEPS_AT_ONCE_MAX);
  const rest = moving.length - asked.length;
  const again = rest > 0 ? ` ${rest} more can be written after these.` : '';
  return {
    verb: 'steps',
    title: asked.length === 1 ? 'Next step' : 'Next steps',
    submit: 'Leave',
    cancel: 'Cancel',
    intro: [
      { kind: 'lines', lines: [[text(`What should whoever takes over do first? Only the desk reads this.${again}`)]] },
    ],
    fields: asked.map(fieldOf),
    data: {
      ...Object.fromEntries(asked.map(({ case: it }, index) => [stepField(index), it.id])),
      ...(asked[0] !== undefined && asked.length === 1 && { case: asked[0].case.id }),
    },
  };
}

export const stepField = (index: number): string => `step${index}`;

const fieldOf = ({ case: it, step }: Moving, index: number): Field => ({
  kind: 'line',
  name: stepField(index),
  label: shorten(`${it.ref} ${it.title}`, LABEL_MAX),
  value: step ?? '',
  required: true,
  hint: null,
  maxLength: STEP_MAX,
  placeholder: 'Ask them for the serial number',
});
