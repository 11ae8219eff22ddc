/**
 * Who has do-not-disturb on (`dnd.teamInfo`) or an away status (`users.info`). Slack’s limits are those of the app, whatever
 * the number of processes: tier 2 (20 a minute) for the first, 50 people a call; tier 4 (100 a minute) for the second.
 */
import type { WebClient } from '@slack/web-api';
import type { Clock, Surface } from '../../src/app/ports';
import type { Busy } from '../../src/domain/desk/busy';
import type { Person } from '../../src/domain/desk/desk';
import { type Instant, instant, later, MINUTE_MS, type PersonId, SECOND_MS } from '../../src/domain/ids';
import { errorWord, failureOf } from './failures';
import type { Log } from './log';
import { PLATFORM } from './refs';
import { doingOf } from './statuses';

const PEOPLE_PER_CALL = 50;
/** Statuses asked at one look, those asked longest ago first: three processes that look every minute stay below the tier. */
const STATUSES_PER_LOOK = 20;
/** What Slack has not confirmed for this long is no longer believed. */
const BELIEVED_MS = 15 * MINUTE_MS;

type Told = Omit<Busy, 'person'>;
/** By Slack’s id of the person: what was told (null: nothing that counts), and when. */
type Answers = Map<string, { readonly at: Instant; readonly told: Told | null }>;

interface Sources {
  readonly api: WebClient;
  readonly clock: Clock;
  readonly log: Log;
}

/** Remembers what it was told; the function never rejects. */
export function createBusy(sources: Sources): NonNullable<Surface['busy']> {
  const { clock } = sources;
  const quiet: Answers = new Map();
  const statuses: Answers = new Map();
  const askQuiet = asking('do-not-disturb', sources, (users) => learnQuiet(users, quiet, sources));
  const askStatuses = asking('statuses', sources, (users) => learnStatuses(users, statuses, sources));
  return async (people) => {
    const accounts = new Map(people.flatMap(accountOf));
    await Promise.all([askQuiet([...accounts.keys()]), askStatuses(longestAgo([...accounts.keys()], statuses))]);
    const since = later(clock.now(), -BELIEVED_MS);
    return [...accounts].flatMap(([user, person]) =>
      [quiet.get(user), statuses.get(user)].flatMap((answer) =>
        answer === undefined || answer.told === null || answer.at < since ? [] : [{ person, ...answer.told }],
      ),
    );
  };
}

const accountOf = ({ id, accounts }: Person): readonly (readonly [string, PersonId])[] => {
  const user = accounts[PLATFORM];
  return user === undefined ? [] : [[user, id]];
};

const longestAgo = (users: readonly string[], known: Answers): readonly string[] =>
  users.toSorted((a, b) => (known.get(a)?.at ?? 0) - (known.get(b)?.at ?? 0)).slice(0, STATUSES_PER_LOOK);

/** Asks no more once Slack has said that the app may not, nor while it asks for patience; one line in the log for each trouble. */
function asking(what: string, { clock, log }: Sources, learn: (users: readonly string[]) => Promise<void>) {
  let mayAsk = true;
  let notBefore = clock.now();
  let troubled = false;
  return async (users: readonly string[]): Promise<void> => {
    if (!mayAsk || users.length === 0 || clock.now() < notBefore) return;
    try {
      await learn(users);
      troubled = false;
    } catch (error) {
      mayAsk = errorWord(error) !== 'missing_scope';
      if (!mayAsk)
        return log.info({ what }, 'the Slack app may not see this of people; it is left out until a restart');
      const { problem, retryAfterMs } = failureOf(error);
      notBefore = later(clock.now(), retryAfterMs ?? 0);
      if (!troubled)
        log.warn({ what, problem }, 'Slack does not tell this of people; what was told last counts for now');
      troubled = true;
    }
  };
}

async function learnQuiet(users: readonly string[], answers: Answers, { api, clock }: Sources): Promise<void> {
  for (let from = 0; from < users.length; from += PEOPLE_PER_CALL) {
    const asked = users.slice(from, from + PEOPLE_PER_CALL);
    const told = (await api.dnd.teamInfo({ users: asked.join(',') })).users ?? {};
    for (const user of asked) answers.set(user, { at: clock.now(), told: quietOf(told[user] ?? {}) });
  }
}

interface Quiet {
  readonly dnd_enabled?: boolean;
  readonly next_dnd_start_ts?: number;
  readonly next_dnd_end_ts?: number;
}

/** The stretch that goes on or comes next, in seconds; without one Slack says 1 for both. */
function quietOf({ dnd_enabled: on, next_dnd_start_ts: from = 0, next_dnd_end_ts: to = 0 }: Quiet): Told | null {
  if (on !== true || to <= from) return null;
  return { doing: 'do not disturb', from: instant(from * SECOND_MS), until: instant(to * SECOND_MS) };
}

async function learnStatuses(users: readonly string[], answers: Answers, { api, clock }: Sources): Promise<void> {
  const all = await Promise.allSettled(
    users.map(async (user) => {
      const told = await statusOf(api, user, clock.now());
      answers.set(user, { at: clock.now(), told });
    }),
  );
  const failed = all.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function statusOf(api: WebClient, user: string, at: Instant): Promise<Told | null> {
  try {
    const profile = (await api.users.info({ user })).user?.profile ?? {};
    // What Slack suggests is kept in English beside the words in the language of the person.
    const text = profile.status_text_canonical || profile.status_text || '';
    const doing = doingOf({ text, emoji: profile.status_emoji ?? '' });
    const { status_expiration: ends = 0 } = profile;
    return doing === null ? null : { doing, from: at, until: ends === 0 ? null : instant(ends * SECOND_MS) };
  } catch (error) {
    // Whom the desk file names wrongly the doctor finds; the others are asked all the same.
    if (errorWord(error) === 'user_not_found') return null;
    throw error;
  }
}
