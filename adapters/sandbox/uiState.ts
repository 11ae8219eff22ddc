import type { SlackAct, SlackActResult, SlackLogEntry, SlackSnapshot } from './slack/protocol';
import type { TeamsAct, TeamsActResult, TeamsCall, TeamsSnapshot } from './teams/protocol';

/** What the sandbox's server tells its page, as plain JSON. */

/** Somebody a visitor can be: one person with an account on both platforms. */
export type Person = {
  key: string;
  name: string;
  /** What this person does, in words: `Agent`, `Reporter (not of the desk)`. */
  role: string;
  /** Slack user id. */
  slack: string;
  /** Teams user id (`29:…`). */
  teams: string;
};

/** Where the page begins, and where the tour sends people. Ids of channels. */
export type Room = 'support' | 'triage' | 'leads';
export type Rooms = { [room in Room]: { slack: string; teams: string } };

export type Setup = { people: Person[]; rooms: Rooms; hasNextWarning: boolean };

/** Milliseconds since the epoch, and how far people have pushed the clock ahead of real time. */
export type ClockState = { now: number; offsetMs: number };

export type TourStepId = 'capture' | 'triage' | 'take' | 'warn' | 'escalate' | 'accept' | 'resolve';
/** Steps that have happened since the start, on either platform. */
export type TourState = { done: TourStepId[] };

/** One message of the state stream. */
export type UiEvent =
  | { part: 'setup'; value: Setup }
  | { part: 'slack'; value: SlackSnapshot }
  | { part: 'teams'; value: TeamsSnapshot }
  | { part: 'clock'; value: ClockState }
  | { part: 'tour'; value: TourState };

export type Calls = { slack: SlackLogEntry[]; teams: TeamsCall[] };

/** What the page's server needs of the emulated Slack. */
export interface SlackSide {
  snapshot(): SlackSnapshot;
  act(act: SlackAct): Promise<SlackActResult>;
  onChange(heard: () => void): () => void;
  readonly calls: readonly SlackLogEntry[];
}

/** What the page's server needs of the emulated Teams. */
export interface TeamsSide {
  snapshot(): TeamsSnapshot;
  act(act: TeamsAct): Promise<TeamsActResult>;
  onChange(heard: () => void): () => void;
  readonly calls: readonly TeamsCall[];
}
