import type { SlackChannel } from '../../slack/protocol';
import { Icon } from '../common/Icon';
import { appChannel, type SlackSpot, useSlack } from './context';
import { MyStatus } from './MyStatus';

/** The aubergine column: channels, the app, direct messages, and what is unread in each. */
export function Sidebar({ spot, onGo }: { spot: SlackSpot; onGo: (spot: SlackSpot) => void }) {
  const { slack, me } = useSlack();
  const mine = slack.channels.filter((one) => one.kind !== 'im' && one.members.includes(me.id) && !one.is_archived);
  const im = appChannel(slack, me.id);
  return (
    <nav class="s-side" aria-label="Slack channels">
      <div class="s-team">
        <b>{slack.team.name}</b>
        <MyStatus />
      </div>
      <h3>Channels</h3>
      {mine.map((channel) => (
        <ChannelLink
          key={channel.id}
          channel={channel}
          on={spot.kind === 'channel' && spot.id === channel.id}
          onGo={onGo}
        />
      ))}
      {mine.length === 0 && <p class="s-side-empty">You are in no channel.</p>}
      <h3>Apps</h3>
      <button
        type="button"
        class={linkClass(spot.kind === 'app', unreadIn(slack.unread[me.id], im) > 0)}
        aria-current={spot.kind === 'app' ? 'page' : undefined}
        data-testid="slack-app"
        onClick={() => onGo({ kind: 'app', tab: spot.kind === 'app' ? spot.tab : 'messages' })}
      >
        <img src="/ui/icon.svg" alt="" width="18" height="18" />
        <span>{slack.app.name}</span>
        <Badge count={unreadIn(slack.unread[me.id], im)} />
      </button>
      {!slack.app.connected && <p class="s-side-empty">The app is not connected.</p>}
    </nav>
  );
}

type Unread = { [channel: string]: { count: number; mentions: number } } | undefined;

function unreadIn(unread: Unread, channel: string | null): number {
  return channel === null ? 0 : (unread?.[channel]?.count ?? 0);
}

function linkClass(on: boolean, unread: boolean): string {
  return `s-link ${on ? 'on' : ''} ${unread ? 'unread' : ''}`;
}

function ChannelLink({ channel, on, onGo }: { channel: SlackChannel; on: boolean; onGo: (spot: SlackSpot) => void }) {
  const { slack, me } = useSlack();
  const unread = slack.unread[me.id]?.[channel.id];
  return (
    <button
      type="button"
      class={linkClass(on, (unread?.count ?? 0) > 0)}
      aria-current={on ? 'page' : undefined}
      data-testid={`slack-channel-${channel.name}`}
      onClick={() => onGo({ kind: 'channel', id: channel.id })}
    >
      <Icon name="hash" size={15} />
      <span>{channel.name}</span>
      <Badge count={unread?.mentions ?? 0} />
      {(unread?.count ?? 0) > 0 && <span class="sr-only">, unread messages</span>}
    </button>
  );
}

function Badge({ count }: { count: number }) {
  return count > 0 ? <span class="s-badge">{count}</span> : null;
}
