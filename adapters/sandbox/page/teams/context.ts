import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { TeamsSnapshot, TeamsUser } from '../../teams/protocol';
import type { Theme } from '../chrome/theme';

/** Where the person at the keyboard is in Teams: a channel, or the personal chat with the bot. */
export type TeamsSpot = { kind: 'channel'; id: string } | { kind: 'chat' };

/** What every part of the Teams window needs. */
export type TeamsScene = {
  teams: TeamsSnapshot;
  me: TeamsUser;
  theme: Theme;
  now: () => number;
  /** Cards that have been refreshed already, so that each version asks the app once. */
  refreshed: Set<string>;
};

const Scene = createContext<TeamsScene | null>(null);
export const TeamsProvider = Scene.Provider;

export function useTeams(): TeamsScene {
  const scene = useContext(Scene);
  if (scene === null) throw new Error('used outside of the Teams window');
  return scene;
}

export function nameOfPerson(teams: TeamsSnapshot, id: string): string {
  if (id === teams.bot.id) return teams.bot.name;
  return teams.users.find((one) => one.id === id)?.name ?? 'Someone';
}
