import { useState } from 'preact/hooks';
import type { SlackMessage } from '../../slack/protocol';
import { Avatar } from '../common/Avatar';
import { Files } from '../common/Files';
import { fullTime, timeOfDay, tsToMs } from '../common/time';
import { useSandbox } from '../sandbox';
import { Blocks } from './blocks/Blocks';
import { useEntries } from './blocks/entries';
import { useSlack } from './context';
import { EditBox } from './EditBox';
import { MessageTools } from './MessageTools';
import { Mrkdwn } from './Mrkdwn';
import { Reactions } from './Reactions';
import { replies } from './words';

/** `stop`: the Tab key stops at it; one message of a list does, and arrow keys lead to the others. */
type Props = { message: SlackMessage; compact: boolean; inThread: boolean; stop: boolean };

/** One message with its author, words or blocks, reactions, thread bar and toolbar. */
export function Message({ message, compact, inThread, stop }: Props) {
  const { slack, me } = useSlack();
  const [editing, setEditing] = useState(false);
  const author = slack.users.find((one) => one.id === message.user);
  const at = tsToMs(message.ts);
  const name = author?.real_name ?? slack.app.name;
  if (message.deleted) return <p class="s-message s-deleted">This message was deleted.</p>;
  const mentionsMe = message.mentions.includes(me.id);
  const kind = `${compact ? 'compact' : ''} ${message.ephemeral_to !== undefined ? 'private' : ''} ${mentionsMe ? 'mentions-me' : ''}`;
  return (
    <article
      tabIndex={stop ? 0 : -1}
      class={`s-message ${kind}`}
      aria-label={`${name}, ${timeOfDay(at)}`}
      data-testid="slack-message"
      data-id={message.ts}
    >
      <div class="s-gutter">
        {compact ? (
          <time class="s-small-time">{timeOfDay(at)}</time>
        ) : (
          <Avatar
            initials={author?.initials ?? ''}
            colour={author?.colour ?? '#666'}
            app={message.bot_id !== undefined}
          />
        )}
      </div>
      <div class="s-content">
        {message.ephemeral_to !== undefined && <p class="s-only-you">Only visible to you</p>}
        {!compact && (
          <p class="s-by">
            <b>{name}</b>
            {message.bot_id !== undefined && <span class="s-app-tag">APP</span>}
            <time title={fullTime(at)}>{timeOfDay(at)}</time>
          </p>
        )}
        {editing ? <EditBox message={message} onDone={() => setEditing(false)} /> : <Body message={message} />}
        <Files names={(message.files ?? []).map((file) => file.name)} />
        <Reactions message={message} />
        {!inThread && message.reply_count > 0 && <ThreadBar message={message} />}
        {message.ephemeral_to !== undefined && <Dismiss message={message} />}
      </div>
      {!editing && message.ephemeral_to === undefined && (
        <MessageTools message={message} inThread={inThread} onEdit={() => setEditing(true)} />
      )}
    </article>
  );
}

function Body({ message }: { message: SlackMessage }) {
  const entries = useEntries();
  const edited = message.edited && <span class="s-edited"> (edited)</span>;
  // A person's own words say all; the rich_text that Slack adds to them would lose the marks that were typed.
  if (message.bot_id === undefined || message.blocks.length === 0) {
    return (
      <div class="s-text">
        <Mrkdwn text={message.text} />
        {edited}
      </div>
    );
  }
  return (
    <div class="s-text">
      <Blocks blocks={message.blocks} place={{ channel: message.channel, ts: message.ts }} entries={entries} />
      {edited}
    </div>
  );
}

function ThreadBar({ message }: { message: SlackMessage }) {
  const { slack, openThread } = useSlack();
  const people = message.reply_users.slice(0, 4).map((id) => slack.users.find((one) => one.id === id));
  return (
    <button
      type="button"
      class="s-thread-bar"
      data-testid="slack-open-thread"
      onClick={() => openThread(message.channel, message.ts)}
    >
      {people.map((user, index) => (
        <Avatar
          key={user?.id ?? index}
          size={20}
          initials={user?.initials ?? ''}
          colour={user?.colour ?? '#666'}
          app={user?.is_bot}
        />
      ))}
      <b>{replies(message.reply_count)}</b>
      {message.latest_reply !== undefined && <small>Last at {timeOfDay(tsToMs(message.latest_reply))}</small>}
    </button>
  );
}

function Dismiss({ message }: { message: SlackMessage }) {
  const { slack } = useSandbox();
  return (
    <button
      type="button"
      class="s-dismiss"
      onClick={() => void slack({ act: 'dismiss', channel: message.channel, ts: message.ts })}
    >
      Dismiss
    </button>
  );
}
