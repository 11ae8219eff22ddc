import { useEffect, useMemo, useState } from 'preact/hooks';
import type { SlackSnapshot } from '../../slack/protocol';
import type { Room } from '../../uiState';
import { useSandbox } from '../sandbox';
import { AppPane } from './AppPane';
import { ChannelPane } from './ChannelPane';
import { appChannel, SlackProvider, type SlackSpot } from './context';
import { ModalStack } from './ModalStack';
import { Sidebar } from './Sidebar';
import { ThreadPane } from './ThreadPane';

type Going = { room: Room; turn: number } | null;
type Thread = { channel: string; ts: string };

/** The whole emulated Slack client of the person at the keyboard. */
export function SlackWindow({ slack, going }: { slack: SlackSnapshot; going: Going }) {
  const sandbox = useSandbox();
  const [wanted, setWanted] = useState<SlackSpot>({ kind: 'channel', id: sandbox.setup.rooms.support.slack });
  const [thread, setThread] = useState<Thread | null>(null);
  const [drawer, setDrawer] = useState(false);
  const me = slack.users.find((one) => one.id === sandbox.me.slack);
  const go = (spot: SlackSpot) => {
    setWanted(spot);
    setThread(null);
    setDrawer(false);
  };
  useEffect(() => {
    if (going) go({ kind: 'channel', id: sandbox.setup.rooms[going.room].slack });
  }, [going]);
  const scene = useMemo(() => {
    const openThread = (channel: string, ts: string) => setThread({ channel, ts });
    return me ? { slack, me, now: sandbox.now, openThread } : null;
  }, [slack, me, sandbox.now]);
  const spot = me ? reachable(slack, me.id, wanted) : wanted;
  useRead(slack, sandbox.me.slack, spot);
  if (scene === null || me === undefined)
    return <section class="window slack">Nobody by that name in this workspace.</section>;
  const modals = slack.modals[me.id] ?? [];
  const shownThread =
    thread && slack.messages.some((one) => one.channel === thread.channel && one.ts === thread.ts) ? thread : null;
  return (
    <SlackProvider value={scene}>
      <section class="window slack" aria-label="Slack" data-testid="slack">
        <div
          class={`slack-body ${drawer ? 'drawer-open' : ''} ${shownThread ? 'with-thread' : ''}`}
          inert={modals.length > 0}
        >
          <Sidebar spot={spot} onGo={go} />
          <button
            type="button"
            class="drawer-shade"
            aria-label="Close the sidebar"
            tabIndex={-1}
            onClick={() => setDrawer(false)}
          />
          {spot.kind === 'app' ? (
            <AppPane tab={spot.tab} onTab={(tab) => go({ kind: 'app', tab })} onDrawer={() => setDrawer(true)} />
          ) : (
            <ChannelPane key={`${me.id} ${spot.id}`} channelId={spot.id} onDrawer={() => setDrawer(true)} />
          )}
          {shownThread && <ThreadPane key={shownThread.ts} {...shownThread} onClose={() => setThread(null)} />}
        </div>
        <ModalStack views={modals} />
      </section>
    </SlackProvider>
  );
}

/** The wanted place, or the first channel that this person may see. */
function reachable(slack: SlackSnapshot, user: string, wanted: SlackSpot): SlackSpot {
  if (wanted.kind === 'app') return wanted;
  const mine = slack.channels.filter((one) => one.kind !== 'im' && one.members.includes(user));
  const channel = mine.find((one) => one.id === wanted.id) ?? mine[0];
  return channel ? { kind: 'channel', id: channel.id } : { kind: 'app', tab: 'messages' };
}

/** What is on the screen counts as read. */
function useRead(slack: SlackSnapshot, user: string, spot: SlackSpot): void {
  const sandbox = useSandbox();
  const channel = spot.kind === 'channel' ? spot.id : spot.tab === 'messages' ? appChannel(slack, user) : null;
  const unread = channel === null ? 0 : (slack.unread[user]?.[channel]?.count ?? 0);
  useEffect(() => {
    if (channel !== null && unread > 0) void sandbox.slack({ act: 'markRead', channel });
  }, [channel, unread, user]);
}
