import type { Place } from '../../domain/case/case';
import type { Desk } from '../../domain/desk/desk';
import type { CaseId } from '../../domain/ids';
import type { Flip, Share, Verdict } from '../../domain/whatif/compare';
import type { Kept } from '../../domain/whatif/retell';
import { type Form, type Line, type Section, strong, text, type View } from '../view';
import type { WhatIfResult } from '../whatIf';
import { clockName } from './clockText';
import { FIELD_MAX } from './forms';
import { button, place, plainView, priorityText } from './parts';

/** The stretches that a lead may choose from, in days. */
const DAYS = [30, 90, 365] as const;
/** How many cases are named in chat; the rest are counted. */
export const FLIPS_NAMED_MAX = 10;

export const whatIfForm = (): Form => ({
  verb: 'whatif',
  title: 'What if…',
  submit: 'Compare',
  cancel: 'Cancel',
  data: {},
  intro: [
    {
      kind: 'lines',
      lines: [
        [
          text(
            'How the cases of the past would have gone on another desk file. Nothing is changed, and nobody else is told.',
          ),
        ],
      ],
    },
  ],
  fields: [
    {
      kind: 'text',
      name: 'text',
      label: 'What would change',
      value: '',
      required: true,
      hint: 'Parts of a desk file. Blocks are laid over those of the desk file in force; a list takes the place of the whole list.',
      maxLength: FIELD_MAX,
      placeholder: 'priorities:\n  P2: { first_response: 2h }',
    },
    {
      kind: 'choice',
      name: 'days',
      label: 'Cases of the last',
      value: '90',
      required: true,
      hint: null,
      options: DAYS.map((days) => ({ value: String(days), label: `${days} days`, description: null })),
    },
  ],
});

/** Where the cards of cases are on the reader's platform. */
type Cards = ReadonlyMap<CaseId, Place>;

/** Shares by clock and priority on both desks, and the cases that would come out differently. */
export function whatIfView(found: WhatIfResult, days: number, desk: Desk, cards: Cards = new Map()): View {
  const { cases, shares, flips, all } = found;
  if (cases === 0) {
    const none = `No case was opened in the last ${days} days, so there is nothing to compare.`;
    return { ...plainView(none), sections: [{ kind: 'lines', lines: [[text(none)]] }] };
  }
  const counted = cases === 1 ? 'One case' : `${cases} cases`;
  const looked = `${all ? counted : `The newest ${counted}`} of the last ${days} days, once on the desk file in force and once on the draft.`;
  const flipped =
    flips.length === 0 ? 'No case would come out differently.' : `${flips.length} would come out differently.`;
  const rest = flips.length - FLIPS_NAMED_MAX;
  return {
    ...plainView(`What if: ${looked} ${flipped}`),
    title: [text('What if…')],
    sections: [
      { kind: 'lines', lines: [[text(looked)], ...shares.map((share) => shareLine(share, desk))] },
      { kind: 'heading', text: flipped },
      ...flips.slice(0, FLIPS_NAMED_MAX).map((flip) => flipRow(flip, cards.get(flip.case) ?? null)),
      ...(rest > 0 ? [lines(`${rest} more; \`npx baton whatif\` lists them all.`)] : []),
    ],
    footer: [text('Only compared: nothing has been changed.')],
  };
}

const lines = (words: string): Section => ({ kind: 'lines', lines: [[text(words)]] });

function shareLine({ clock, priority, now, drafted }: Share, desk: Desk): Line {
  const name = priority === null ? 'not triaged' : priorityText(desk, priority);
  return [strong(`${clockName(clock)}, ${name}: `), text(`met ${shareText(now)} now, ${shareText(drafted)} then`)];
}

/** `92 % (46 of 50)`; a promise that this desk does not make has no share. */
export function shareText({ met, missed }: Kept): string {
  const all = met + missed;
  return all === 0 ? '– (nothing promised)' : `${Math.round((met / all) * 100)} % (${met} of ${all})`;
}

/** As people say it. */
export const VERDICTS: Readonly<Record<Verdict, string>> = { met: 'met', missed: 'missed', open: 'still open' };

function flipRow({ case: id, ref, title, clock, is, becomes }: Flip, card: Place | null): Section {
  return {
    kind: 'row',
    title: [card === null ? strong(ref) : place(card, ref), text(` ${title}`)],
    detail: [text(`${clockName(clock)} would be ${VERDICTS[becomes]} instead of ${VERDICTS[is]}`)],
    buttons: [button('details', 'Details', { case: id })],
  };
}
