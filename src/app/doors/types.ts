/** The ways in. Adapters translate what their platform sends into these calls and draw the answers; nothing else. */
import type { Party, Place } from '../../domain/case/case';
import type { CaseFile } from '../../domain/case/file';
import type { PlatformName } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import type { Cause } from '../ports';
import type { Answer, ButtonData, Verb, View } from '../view';

/** Who calls, from where, and under which names the platform may send the very same thing again. */
export interface Caller {
  readonly party: Party;
  readonly platform: PlatformName;
  /** Where it was said or pressed: a case is plain from its thread or its card. `message` may be '' for a channel as a whole. */
  readonly place: Place | null;
  readonly cause: Cause;
  /** False where no form can be opened in answer (a typed line in Teams): a case is then opened at once. Default true. */
  readonly forms?: boolean;
  /** True when `place` is a message that others see and can reply to: a case opened by it lives in its thread. Default false. */
  readonly spoken?: boolean;
  /** What came with a line: a case that it opens has it. */
  readonly files?: readonly CaseFile[];
}

export interface Reaction {
  readonly place: Place;
  /** As the platform names it: `red_circle`, `eyes::skin-tone-2`, `1f534_largeredcircle`, `like`. */
  readonly emoji: string;
  readonly added: boolean;
  readonly at: Instant;
}

export interface Heard {
  readonly place: Place;
  /** Plain text: mentions by name, no markup. */
  readonly text: string;
  /** A message without words but with files says as much as any other. */
  readonly files?: readonly CaseFile[];
  readonly at: Instant;
}

export interface Doors {
  /** A line of the `/case` grammar, without the `/case` or `case` in front. */
  line(words: string, caller: Caller): Promise<Answer>;
  /** A button. */
  press(verb: Verb, data: ButtonData, caller: Caller): Promise<Answer>;
  /** A form that was sent. Every value is text; an empty one is ''. `client` fields carry `id:…`, `new:…` or ''. */
  submit(verb: Verb, data: ButtonData, values: Readonly<Record<string, string>>, caller: Caller): Promise<Answer>;
  /** "Open a case" on a message: the form with the message's words filled in, or what case it belongs to already. */
  openFrom(message: Heard & { readonly author: Party }, caller: Caller): Promise<Answer>;
  /** A reaction was put on or taken off. Answers go out by themselves (whispers, cards); nothing comes back. Done = committed. */
  reacted(reaction: Reaction, caller: Caller): Promise<void>;
  /** Somebody wrote a message in a channel or thread that Baton is in. */
  heard(message: Heard, caller: Caller): Promise<void>;
  edited(message: Heard, caller: Caller): Promise<void>;
  deleted(place: Place, at: Instant, caller: Caller): Promise<void>;
  /** The person's own page: my cases, my team's queue, what waits for triage. `page` as the buttons of that view say. */
  home(caller: Caller, page: ButtonData): Promise<View>;
  /** Typeahead: known clients, and the offer to create what was typed. At most 20. */
  clients(typed: string): Promise<readonly { readonly value: string; readonly label: string }[]>;
}
