/**
 * What people are shown, in no platform's language. Each adapter draws these as its platform does (Block Kit, Adaptive
 * Cards) and owns nothing of the wording. All text is plain text as people wrote it; escaping is the adapter's job.
 */
import type { Party, Place } from '../domain/case/case';
import type { CaseFile } from '../domain/case/file';
import type { Instant, PersonId } from '../domain/ids';

/** A piece of a line of text. A `person` is named, and pinged only where `ping` says so. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'person'; readonly person: PersonId; readonly name: string; readonly ping: boolean }
  | { readonly kind: 'party'; readonly party: Party; readonly ping: boolean }
  /** An instant (or `only` its hour and minute) in the reader's own zone where the platform can; `text` says it in the desk's. */
  | { readonly kind: 'time'; readonly at: Instant; readonly text: string; readonly only?: 'hour' }
  | { readonly kind: 'place'; readonly place: Place; readonly label: string }
  /** `📎` and its name, leading to where the platform shows it. */
  | { readonly kind: 'file'; readonly file: CaseFile };

export type Line = readonly Inline[];

export type Tone = 'plain' | 'urgent' | 'warning' | 'good' | 'muted';

export interface Fact {
  readonly label: string;
  readonly value: Line;
}

/** A stretch of a card: a paragraph, words quoted from a person, a heading, dated entries of a history, or a rule. */
export type Section =
  | { readonly kind: 'lines'; readonly lines: readonly Line[] }
  | { readonly kind: 'quote'; readonly label: string | null; readonly text: string }
  /** Lines as they are, every letter as wide as the others, to be copied. */
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | {
      readonly kind: 'history';
      readonly entries: readonly { readonly at: Instant; readonly when: string; readonly line: Line }[];
    }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  /** One case in a list: what it is, and its own buttons. */
  | { readonly kind: 'row'; readonly title: Line; readonly detail: Line; readonly buttons: readonly Button[] }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly kind: 'rule' };

/**
 * A button. `verb` and `data` come back with the press; they route, they never authorise (the engine asks again).
 * `data` is small and flat: the case's id, the version that was seen, a hand-over's id, a page number.
 */
export interface Button {
  readonly verb: Verb;
  readonly label: string;
  readonly style: 'primary' | 'danger' | 'plain';
  readonly data: ButtonData;
  /** Opens a form: Teams must fetch a dialog for these (task/fetch), Slack opens a modal from the press. */
  readonly opensForm: boolean;
  /** Asks once more before it is carried out. */
  readonly confirm: { readonly title: string; readonly text: string; readonly yes: string; readonly no: string } | null;
  /** May go into a menu where there is no room; buttons without it stay in sight. */
  readonly inMenu: boolean;
}

export type ButtonData = Readonly<Record<string, string | number>>;

/** Presses and forms about one case, whose data name it. */
export type CaseVerb =
  | 'take'
  | 'escalate'
  | 'wait'
  | 'resume'
  | 'resolve'
  | 'reopen'
  | 'details'
  | 'note'
  | 'reply'
  | 'assign'
  | 'priority'
  | 'keep'
  | 'lower'
  | 'nudge'
  | 'kept'
  | 'drop'
  | 'accept'
  | 'decline'
  | 'advise'
  | 'withdraw'
  | 'handback'
  | 'give';

/** Every press and every form that exists. */
export type Verb =
  | CaseVerb
  | 'criteria'
  | 'promise'
  | 'open'
  | 'open-from'
  | 'dismiss'
  | 'page'
  | 'home'
  | 'whatif'
  | 'resend'
  | 'arrived'
  | 'swap'
  | 'swap-yes'
  | 'swap-no'
  | 'accept-all'
  | 'board'
  | 'deal'
  | 'steps';

/** A card, a message, a private answer, a row of a list: everything that is posted is one of these. */
export interface View {
  /** What a screen reader says and a notification shows: everything essential in one sentence or two. */
  readonly summary: string;
  readonly title: Line | null;
  readonly tone: Tone;
  readonly facts: readonly Fact[];
  readonly sections: readonly Section[];
  readonly buttons: readonly Button[];
  readonly footer: Line | null;
}

export type Field =
  | {
      readonly kind: 'line';
      readonly name: string;
      readonly label: string;
      readonly value: string;
      readonly required: boolean;
      readonly hint: string | null;
      readonly maxLength: number;
      readonly placeholder: string | null;
    }
  | {
      readonly kind: 'text';
      readonly name: string;
      readonly label: string;
      readonly value: string;
      readonly required: boolean;
      readonly hint: string | null;
      readonly maxLength: number;
      readonly placeholder: string | null;
    }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: string;
      readonly value: string | null;
      readonly required: boolean;
      readonly hint: string | null;
      readonly options: readonly {
        readonly value: string;
        readonly label: string;
        readonly description: string | null;
      }[];
    }
  /** Typeahead over known clients; typing a new name and choosing "Create …" makes a new one. Value: `id:<client id>` or `new:<name>`. */
  | {
      readonly kind: 'client';
      readonly name: string;
      readonly label: string;
      readonly value: { readonly value: string; readonly label: string } | null;
      readonly required: boolean;
      readonly hint: string | null;
      readonly known: readonly { readonly value: string; readonly label: string }[];
    };

/** A form: a Slack modal, a Teams dialog. `data` comes back with the submission, like a button's. */
export interface Form {
  readonly verb: Verb;
  readonly title: string;
  readonly submit: string;
  readonly cancel: string;
  /** Shown above the fields: what the person should know while they write. */
  readonly intro: readonly Section[];
  readonly fields: readonly Field[];
  readonly data: ButtonData;
}

/** What a person gets back for what they did, privately. */
export type Answer =
  | { readonly kind: 'said'; readonly view: View }
  | { readonly kind: 'form'; readonly form: Form }
  /** The form stays open and shows these sentences under its fields (`''` = the form as a whole). What was typed stays. */
  | { readonly kind: 'errors'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'done' };

/** What a file reads as, linked or not. */
export const fileText = ({ name }: CaseFile): string => `📎 ${name}`;

export const text = (words: string): Inline => ({ kind: 'text', text: words });
export const strong = (words: string): Inline => ({ kind: 'strong', text: words });

/** Sentences put commands between backticks, as people type them: a line in which these are pieces of code. */
export function spoken(line: Line): Line {
  return line.flatMap((inline): Line => {
    if (inline.kind !== 'text') return [inline];
    return inline.text
      .split(/(`[^`\n]+`)/)
      .filter((piece) => piece !== '')
      .map((piece) => (/^`[^`]+`$/.test(piece) ? { kind: 'code', text: piece.slice(1, -1) } : text(piece)));
  });
}
