import type { ComponentChildren } from 'preact';
import { Icon } from '../common/Icon';
import { Composer } from './Composer';
import { useSlack } from './context';
import { MessageList } from './MessageList';

/** One channel: its head, its messages (replies stand in their threads), the composer. */
export function ChannelPane({ channelId, onDrawer }: { channelId: string; onDrawer: () => void }) {
  const { slack, me } = useSlack();
  const channel = slack.channels.find((one) => one.id === channelId);
  if (!channel) return null;
  const messages = slack.messages.filter(
    (one) =>
      one.channel === channelId &&
      (one.thread_ts === undefined || one.thread_ts === one.ts) &&
      visible(one.ephemeral_to, me.id),
  );
  return (
    <div class="s-pane">
      <PaneHead onDrawer={onDrawer}>
        <h2>
          <Icon name="hash" size={17} />
          {channel.name}
        </h2>
        <span class="s-topic">{channel.topic}</span>
        <span class="s-count" title="Members">
          <Icon name="team" size={15} /> {channel.members.length}
        </span>
      </PaneHead>
      <MessageList
        messages={messages}
        label={`Messages in #${channel.name}`}
        empty={`This is the very beginning of #${channel.name}. Say something below.`}
      />
      <Composer channel={channelId} placeholder={`Message #${channel.name}`} />
    </div>
  );
}

export function visible(ephemeralTo: string | undefined, me: string): boolean {
  return ephemeralTo === undefined || ephemeralTo === me;
}

export function PaneHead({ onDrawer, children }: { onDrawer: () => void; children: ComponentChildren }) {
  return (
    <header class="s-head">
      <button type="button" class="icon-button drawer-button" aria-label="Channels" onClick={onDrawer}>
        <Icon name="menu" />
      </button>
      {children}
    </header>
  );
}
