/**
 * Tests of the rules as sentences: `given(opened(), takes(alice)).when(takes(bob, { seen: 1 })).refused('stale')`.
 * Pure: a case is brought up to date, decided and folded as the app does it, without store or platforms.
 */
import { planOf } from '../../src/app/perform';
import type { Case, Party, Place } from '../../src/domain/case/case';
import type { Command, CommandOf } from '../../src/domain/case/commands';
import type { CaseEvent, Recorded } from '../../src/domain/case/events';
import type { CaseFile } from '../../src/domain/case/file';
import type { Refusal, RefusalCode } from '../../src/domain/case/refusals';
import type { Desk, Person, Priority, Role } from '../../src/domain/desk/desk';
import {
  caseId,
  HOUR_MS,
  type Instant,
  instant,
  later,
  MINUTE_MS,
  type PersonId,
  personId,
  priorityName,
} from '../../src/domain/ids';
import { ALWAYS, type Calendar } from '../../src/domain/sla/calendar';

const OPEN = [{ start: '09:00', end: '17:00' }];
/** Monday to Friday, 09:00–17:00 in London: `1d` is 8 hours. */
export const OFFICE: Calendar = {
  name: 'desk',
  zone: 'Europe/London',
  weekly: { mon: OPEN, tue: OPEN, wed: OPEN, thu: OPEN, fri: OPEN },
  holidays: [{ date: '2026-12-25', name: 'Christmas Day' }],
  overrides: {},
  breaks: [],
};

const someone = (id: string, name: string, role: Role, accounts: Person['accounts']): Person => ({
  id: personId(id),
  name,
  role,
  email: `${id}@acme.test`,
  zone: null,
  accounts,
});

const priority = (name: string, label: string, emoji: readonly string[], more: Partial<Priority>): Priority => ({
  name: priorityName(name),
  label,
  emoji,
  firstResponseMs: HOUR_MS,
  resolutionMs: 4 * HOUR_MS,
  when: `It is ${label.toLowerCase()}`,
  updateEveryMs: null,
  calendar: 'desk',
  ...more,
});

/** Alice is on both platforms, Bob on Slack, Carol on Teams. P1 runs round the clock, P2 and P3 in office hours. */
export const DESK: Desk = {
  name: 'Acme Support',
  prefix: 'CASE',
  zone: 'Europe/London',
  calendars: { desk: OFFICE, '24x7': ALWAYS },
  people: [
    someone('alice', 'Alice Anderson', 'agent', { slack: 'U0ALICE', teams: 'teams-alice' }),
    someone('bob', 'Bob Brown', 'agent', { slack: 'U0BOB' }),
    someone('carol', 'Carol Chen', 'agent', { teams: 'teams-carol' }),
    someone('lena', 'Lena Lead', 'lead', { slack: 'U0LENA', teams: 'teams-lena' }),
    someone('ada', 'Ada Admin', 'admin', { slack: 'U0ADA' }),
    someone('vera', 'Vera Viewer', 'viewer', { slack: 'U0VERA' }),
  ],
  levels: [
    { name: 'L1 Frontline', members: [personId('alice'), personId('bob')], acceptWithinMs: 30 * MINUTE_MS },
    { name: 'L2 Specialists', members: [personId('carol')], acceptWithinMs: 15 * MINUTE_MS },
    { name: 'L3 Management', members: [personId('lena')], acceptWithinMs: 15 * MINUTE_MS },
  ],
  triage: { slack: 'C0TRIAGE', teams: '19:triage' },
  leads: { slack: 'C0LEADS' },
  intake: [
    { platform: 'slack', channel: 'C0SUPPORT', mode: 'ask' },
    { platform: 'slack', channel: 'C0AUTO', mode: 'auto' },
    { platform: 'slack', channel: 'C0QUIET', mode: 'reaction' },
  ],
  priorities: [
    priority('P1', 'Urgent', ['red_circle', 'rotating_light'], { calendar: '24x7', when: 'The client cannot work' }),
    priority('P2', 'Standard', ['large_orange_circle'], { firstResponseMs: 4 * HOUR_MS, resolutionMs: 16 * HOUR_MS }),
    priority('P3', 'Low', ['large_blue_circle'], { firstResponseMs: 8 * HOUR_MS, resolutionMs: 40 * HOUR_MS }),
  ],
  categories: ['Technical', 'Billing'],
  emoji: { open: ['ticket'], take: ['eyes'], wait: ['hourglass_flowing_sand'], resolve: ['white_check_mark'] },
  warnAt: [{ kind: 'share', share: 0.75 }],
  resolutionStarts: 'reported',
  untriaged: priorityName('P2'),
  closeAfterMs: 72 * HOUR_MS,
};

const member = (id: string): Extract<Party, { kind: 'person' }> => {
  const found = DESK.people.find((one) => one.id === id);
  if (found === undefined) throw new Error(`${id} is nobody of the desk`);
  return { kind: 'person', id: found.id, name: found.name };
};
export const alice = member('alice');
export const bob = member('bob');
export const carol = member('carol');
export const lena = member('lena');
export const ada = member('ada');
export const vera = member('vera');
export const ravi: Party = { kind: 'guest', platform: 'slack', user: 'U0RAVI', name: 'Ravi Reporter' };
export const gwen: Party = { kind: 'guest', platform: 'slack', user: 'U0GWEN', name: 'Gwen Guest' };
export const baton: Party = { kind: 'system' };

/** A Monday at 10:00 in London, an hour into the day. */
export const TEN = instant(Date.UTC(2026, 10, 23, 10));
/** Case 1002, so that it is Alice's turn: her place in L1 is 1002 mod 2. */
export const NUMBER = 1002;
export const SOURCE: Place = { platform: 'slack', channel: 'C0SUPPORT', message: '1.000', thread: null };

/** What somebody does, and how long after the step before. */
export interface Step {
  readonly by: Party;
  readonly command: Command;
  readonly afterMs: number;
}

/** Or time that goes by, without anybody looking. */
export interface Passing {
  readonly passes: number;
}

type Moment = { readonly afterMs?: number };
type Press = Moment & { readonly seen?: number | null };
const step = (by: Party, command: Command, { afterMs = MINUTE_MS }: Moment = {}): Step => ({ by, command, afterMs });
const seenOf = ({ seen = null }: Press): number | null => seen;

export const passes = (ms: number): Passing => ({ passes: ms });
export const opened = (by: Party = ravi, said: Partial<CommandOf<'OpenCase'>> = {}): Step =>
  step(
    by,
    {
      kind: 'OpenCase',
      title: 'The printer is on fire',
      description: 'It smokes on the second floor.',
      client: { id: 'globex', name: 'Globex' },
      contact: null,
      category: null,
      priority: null,
      source: SOURCE,
      cameBy: 'reaction',
      reporter: by,
      ...said,
    },
    { afterMs: 0 },
  );
export const triages = (by: Party, name: string, how: Press = {}): Step =>
  step(by, { kind: 'TriageCase', priority: priorityName(name), seen: seenOf(how) }, how);
export const takes = (by: Party, how: Press & { readonly takeOver?: boolean } = {}): Step =>
  step(by, { kind: 'TakeCase', takeOver: how.takeOver ?? true, seen: seenOf(how) }, how);
export const assigns = (by: Party, to: PersonId, how: Press = {}): Step =>
  step(by, { kind: 'AssignCase', to, seen: seenOf(how) }, how);
export const waits = (by: Party, how: Press = {}): Step => step(by, { kind: 'AwaitClient', seen: seenOf(how) }, how);
export const resumes = (by: Party, how: Press = {}): Step => step(by, { kind: 'ResumeCase', seen: seenOf(how) }, how);
export const resolves = (by: Party, how: Press & { readonly how?: string } = {}): Step =>
  step(by, { kind: 'ResolveCase', how: how.how ?? 'We put it out.', seen: seenOf(how) }, how);
export const reopens = (by: Party, how: Press = {}): Step => step(by, { kind: 'ReopenCase', seen: seenOf(how) }, how);
export const escalates = (by: Party, said: Partial<CommandOf<'EscalateCase'>> & Moment = {}): Step => {
  const { afterMs, ...words } = said;
  return step(
    by,
    {
      kind: 'EscalateCase',
      tried: 'Water',
      needed: 'A fire engine',
      told: 'To leave the room',
      level: null,
      seen: null,
      ...words,
    },
    { afterMs },
  );
};
export const accepts = (by: Party, handover = 'h1', how: Moment = {}): Step =>
  step(by, { kind: 'AcceptHandover', handover }, how);
export const declines = (by: Party, reason = 'Not ours', how: Moment & { readonly handover?: string } = {}): Step =>
  step(by, { kind: 'DeclineHandover', handover: how.handover ?? 'h1', reason }, how);
export const advises = (by: Party, advice = 'Pull the plug', how: Moment & { readonly handover?: string } = {}): Step =>
  step(by, { kind: 'GiveAdvice', handover: how.handover ?? 'h1', advice }, how);
export const withdraws = (by: Party, handover = 'h1', how: Moment = {}): Step =>
  step(by, { kind: 'WithdrawHandover', handover }, how);
export const settles = (by: Party, settlement: 'keep' | 'lower', how: Press = {}): Step =>
  step(by, { kind: 'SettlePriority', settlement, seen: seenOf(how) }, how);
export const notes = (by: Party, text = 'Mind the smoke'): Step => step(by, { kind: 'AddNote', text });
export const replies = (by: Party, text = 'We are on it'): Step => step(by, { kind: 'ReplyToReporter', text });
export const wakes = (how: Moment = {}): Step => step(baton, { kind: 'WakeCase' }, { afterMs: how.afterMs ?? 0 });

let messages = 0;
export const says = (by: Party, audience: 'public' | 'desk' = 'public', how: Moment = {}): ((at: Instant) => Step) => {
  messages += 1;
  const place: Place = { ...SOURCE, message: `2.${messages}`, thread: SOURCE.message };
  return (at) => step(by, { kind: 'HearMessage', place, text: 'Is anybody there?', audience, at }, how);
};

export const file = (
  name: string,
  url: string | null = `https://acme.slack.com/files/U0RAVI/F1/${name}`,
): CaseFile => ({
  name,
  url,
});
/** A message in the thread of the source, with what came with it; without words unless there are some. */
export const sends =
  (by: Party, files: readonly CaseFile[], how: { readonly text?: string; readonly message?: string } = {}) =>
  (at: Instant): Step => {
    const place: Place = { ...SOURCE, message: how.message ?? '3.1', thread: SOURCE.message };
    return step(by, { kind: 'HearMessage', place, text: how.text ?? '', files, audience: 'public', at });
  };
export const edits = (
  by: Party,
  message: string,
  said: { readonly text: string; readonly files?: readonly CaseFile[] },
): ((at: Instant) => Step) => {
  const place: Place = { ...SOURCE, message, thread: message === SOURCE.message ? null : SOURCE.message };
  return (at) => step(by, { kind: 'HearEdit', place, ...said, at });
};
export const deletes = (by: Party, message: string): ((at: Instant) => Step) => {
  const place: Place = { ...SOURCE, message, thread: message === SOURCE.message ? null : SOURCE.message };
  return (at) => step(by, { kind: 'HearDeletion', place, at });
};

/** A priority emoji on the source message; `via` is the emoji's place in `red_circle on the card` and the like. */
export const reacts =
  (by: Party, name: string, how: Moment & { readonly via?: string } = {}): ((at: Instant) => Step) =>
  (at) =>
    step(by, { kind: 'ReactPriority', priority: priorityName(name), via: how.via ?? `source|${name}`, at }, how);
export const unreacts =
  (by: Party, name: string, how: Moment & { readonly via?: string } = {}): ((at: Instant) => Step) =>
  (at) =>
    step(by, { kind: 'UnreactPriority', priority: priorityName(name), via: how.via ?? `source|${name}`, at }, how);

export type Doing = Step | Passing | ((at: Instant) => Step);

/** A case with its journal, as it stands at `at`. */
export interface Story {
  readonly desk: Desk;
  readonly at: Instant;
  readonly case: Case | null;
  readonly journal: readonly Recorded[];
}

export type Next =
  | { readonly kind: 'happened'; readonly events: readonly CaseEvent[]; readonly story: Story }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly story: Story };

export const beginning = (desk: Desk = DESK, at: Instant = TEN): Story => ({ desk, at, case: null, journal: [] });

/** One thing more happens. */
export function next(story: Story, doing: Doing): Next {
  if (typeof doing !== 'function' && 'passes' in doing)
    return { kind: 'happened', events: [], story: { ...story, at: later(story.at, doing.passes) } };
  const { afterMs } = typeof doing === 'function' ? doing(story.at) : doing;
  const at = later(story.at, afterMs);
  const { by, command } = typeof doing === 'function' ? doing(at) : doing;
  const id = story.case?.id ?? caseId(`case-${NUMBER}`);
  const plan = planOf(command, story.case, { desk: story.desk, at, by, next: { id, number: NUMBER } });
  if (plan.kind === 'refuse') return { kind: 'refused', refusal: plan.refusal, story: { ...story, at } };
  const first = (story.case?.version ?? 0) + 1;
  const recorded = plan.events.map(({ event, by: whose }, index) => ({
    stream: id,
    version: first + index,
    at,
    by: whose,
    cause: 'a test',
    event,
  }));
  const journal = [...story.journal, ...recorded];
  const events = plan.events.map(({ event }) => event);
  return { kind: 'happened', events, story: { desk: story.desk, at, case: plan.after, journal } };
}

export function told(story: Story, doings: readonly Doing[]): Story {
  return doings.reduce((before, doing) => {
    const after = next(before, doing);
    if (after.kind === 'refused') throw new Error(`a given step was refused: ${after.refusal.say}`);
    return after.story;
  }, story);
}

export function caseOf(story: Story): Case {
  if (story.case === null) throw new Error('no case was opened');
  return story.case;
}

/** Events that say where the clocks and the ladder stand; what happened is told by the others. */
const BOOKKEEPING: readonly string[] = ['ClocksMoved', 'TriageNoted'];

interface Given {
  /** The case as it stands after what was given. */
  readonly case: Case;
  readonly story: Story;
  when(doing: Doing): When;
}

interface When {
  /** Exactly these events, in order, besides the book-keeping of clocks and ladder. Returns the case as they leave it. */
  happens(...types: readonly CaseEvent['type'][]): Case;
  /** Refused with this code; returns the sentence that the person is shown. */
  refused(code: RefusalCode): string;
}

export function given(...doings: readonly Doing[]): Given {
  return givenOn(DESK, ...doings);
}

export function givenOn(desk: Desk, ...doings: readonly Doing[]): Given {
  const story = told(beginning(desk), doings);
  return {
    get case() {
      return caseOf(story);
    },
    story,
    when: (doing) => {
      const after = next(story, doing);
      return {
        happens: (...types) => {
          if (after.kind === 'refused') throw new Error(`refused: ${after.refusal.refused}. ${after.refusal.say}`);
          const happened = after.events.map(({ type }) => type).filter((type) => !BOOKKEEPING.includes(type));
          expect(happened).toEqual(types);
          return caseOf(after.story);
        },
        refused: (code) => {
          if (after.kind === 'happened')
            throw new Error(`not refused, but: ${after.events.map(({ type }) => type).join(', ')}`);
          expect(after.refusal.refused).toBe(code);
          return after.refusal.say;
        },
      };
    },
  };
}
