import { createContext } from 'preact';
import { useContext, useEffect, useMemo, useReducer, useState } from 'preact/hooks';
import type { SlackAct, SlackActResult, SlackSnapshot } from '../slack/protocol';
import type { TeamsAct, TeamsActResult, TeamsSnapshot } from '../teams/protocol';
import type { ClockState, Person, Room, Setup, TourState, UiEvent } from '../uiState';

/** Everything the server has told this page. Null until the first word of each part. */
export type World = {
  setup: Setup | null;
  slack: SlackSnapshot | null;
  teams: TeamsSnapshot | null;
  clock: (ClockState & { heardAt: number }) | null;
  tour: TourState;
  live: boolean;
};

const NOTHING: World = { setup: null, slack: null, teams: null, clock: null, tour: { done: [] }, live: true };

type Heard = UiEvent | { part: 'live'; value: boolean };

function reduce(world: World, heard: Heard): World {
  if (heard.part === 'clock') return { ...world, clock: { ...heard.value, heardAt: Date.now() } };
  return { ...world, [heard.part]: heard.value };
}

/** Listens to the state stream for as long as the page is open; the browser reconnects by itself. */
export function useWorld(): World {
  const [world, hear] = useReducer(reduce, NOTHING);
  useEffect(() => {
    const source = new EventSource('/ui/state');
    source.onmessage = (message: MessageEvent<string>) => {
      hear({ part: 'live', value: true });
      hear(JSON.parse(message.data) as UiEvent);
    };
    source.onerror = () => hear({ part: 'live', value: false });
    return () => source.close();
  }, []);
  return world;
}

async function post<Answer>(path: string, body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as Answer;
}

const AWAY = 'The sandbox does not answer. Is it still running?';

/** Without `user` in each, since it is always the person at the keyboard. */
type Mine<Act> = Act extends { user: string } ? Omit<Act, 'user'> : never;

/** What any part of the page may use: who is at the keyboard, what happens, and how to act. */
export type Sandbox = {
  setup: Setup;
  me: Person;
  now: () => number;
  slack: (act: Mine<SlackAct>) => Promise<SlackActResult>;
  teams: (act: Mine<TeamsAct>) => Promise<TeamsActResult>;
  pushClock: (push: { push: number } | { to: 'next-warning' }) => Promise<void>;
  /** A sentence at the foot of the page for a few seconds. */
  tell: (words: string) => void;
  goTo: (room: Room) => void;
};

const Current = createContext<Sandbox | null>(null);
export const SandboxProvider = Current.Provider;

export function useSandbox(): Sandbox {
  const current = useContext(Current);
  if (current === null) throw new Error('used outside of the sandbox page');
  return current;
}

type Deps = {
  setup: Setup;
  me: Person;
  clock: World['clock'];
  tell: (words: string) => void;
  goTo: (room: Room) => void;
};

export function useSandboxValue({ setup, me, clock, tell, goTo }: Deps): Sandbox {
  return useMemo(
    () => ({
      setup,
      me,
      tell,
      goTo,
      now: () => (clock ? clock.now + Date.now() - clock.heardAt : Date.now()),
      slack: async (act) => {
        const away: SlackActResult = { ok: false, error: 'away', words: AWAY };
        const result = await post<SlackActResult>('/ui/act/slack', { ...act, user: me.slack }).catch(() => away);
        if (!result.ok) tell(result.words || result.error);
        return result;
      },
      teams: async (act) => {
        const away: TeamsActResult = { ok: false, error: AWAY };
        const result = await post<TeamsActResult>('/ui/act/teams', { ...act, user: me.teams }).catch(() => away);
        if (!result.ok) tell(result.error ?? 'That did not work.');
        // A dialog that is still open shows the words itself.
        if (result.message !== undefined && result.dialog !== true) tell(result.message);
        return result;
      },
      pushClock: async (push) => {
        const away = { ok: false, words: AWAY };
        const result = await post<{ ok: boolean; words?: string }>('/ui/clock', push).catch(() => away);
        if (!result.ok) tell(result.words ?? 'The clock did not move.');
      },
    }),
    [setup, me, clock, tell, goTo],
  );
}

/** A sentence that goes away by itself; a new one takes its place. */
export function useToast(): [{ words: string; id: number } | null, (words: string) => void, () => void] {
  const [toast, setToast] = useState<{ words: string; id: number } | null>(null);
  useEffect(() => {
    if (toast === null) return;
    const timer = setTimeout(() => setToast(null), 2000 + 60 * toast.words.length);
    return () => clearTimeout(timer);
  }, [toast]);
  const tell = useMemo(() => (words: string) => setToast((old) => ({ words, id: (old?.id ?? 0) + 1 })), []);
  const dismiss = useMemo(() => () => setToast(null), []);
  return [toast, tell, dismiss];
}
