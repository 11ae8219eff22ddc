import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../common/Icon';
import { visible } from './ChannelPane';
import { Composer } from './Composer';
import { useSlack } from './context';
import { MessageList } from './MessageList';
import { channelName } from './Mrkdwn';

/** The thread beside the channel (over it where there is no room for both). */
export function ThreadPane({ channel, ts, onClose }: { channel: string; ts: string; onClose: () => void }) {
  const { slack, me } = useSlack();
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  const messages = slack.messages.filter(
    (one) => one.channel === channel && (one.ts === ts || one.thread_ts === ts) && visible(one.ephemeral_to, me.id),
  );
  return (
    <aside
      class="s-pane s-thread"
      aria-label="Thread"
      data-testid="slack-thread"
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <header class="s-head">
        <h2>Thread</h2>
        <span class="s-topic">{threadPlace(channelName(slack, channel), channel)}</span>
        <button ref={close} type="button" class="icon-button" aria-label="Close the thread" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <MessageList messages={messages} label="Messages of the thread" inThread empty="No replies yet." />
      <Composer channel={channel} threadTs={ts} placeholder="Reply…" />
    </aside>
  );
}

function threadPlace(name: string | null, channel: string): string {
  return name === null || name === channel ? 'Direct message' : `#${name}`;
}
