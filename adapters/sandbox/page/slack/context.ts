import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { SlackSnapshot, SlackUser } from '../../slack/protocol';

/** Where the person at the keyboard is in Slack. `app` is the direct message with the app and its Home tab. */
export type SlackSpot = { kind: 'channel'; id: string } | { kind: 'app'; tab: 'home' | 'messages' };

/** What every part of the Slack window needs. */
export type SlackScene = {
  slack: SlackSnapshot;
  me: SlackUser;
  now: () => number;
  openThread: (channel: string, ts: string) => void;
};

const Scene = createContext<SlackScene | null>(null);
export const SlackProvider = Scene.Provider;

export function useSlack(): SlackScene {
  const scene = useContext(Scene);
  if (scene === null) throw new Error('used outside of the Slack window');
  return scene;
}

/** The direct message of this person with the app, if it has been opened yet. */
export function appChannel(slack: SlackSnapshot, userId: string): string | null {
  const bot = slack.app.bot_user_id;
  const im = slack.channels.find(
    (one) => one.kind === 'im' && one.members.includes(userId) && one.members.includes(bot),
  );
  return im?.id ?? null;
}
