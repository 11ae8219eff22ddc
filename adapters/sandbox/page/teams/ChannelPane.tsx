import { useState } from 'preact/hooks';
import type { TeamsMessage } from '../../teams/protocol';
import { Icon } from '../common/Icon';
import { stepMessages } from '../common/Menu';
import { useEnd } from '../common/useEnd';
import { Composer } from './Composer';
import { useTeams } from './context';
import { Message } from './Message';

/** One channel: posts as cards with their replies, newest last, and the composer. */
export function ChannelPane({ channelId, onDrawer }: { channelId: string; onDrawer: () => void }) {
  const { teams, me } = useTeams();
  const team = teams.teams.find((one) => one.channels.some((channel) => channel.id === channelId));
  const channel = team?.channels.find((one) => one.id === channelId);
  const messages = teams.messages.filter((one) => one.conversation === channelId && seenBy(one, me.id));
  const roots = messages.filter((one) => one.rootId === one.id || !messages.some((root) => root.id === one.rootId));
  const list = useEnd(messages.at(-1)?.id ?? '');
  if (!channel) return null;
  return (
    <div class="t-pane">
      <header class="t-head">
        <button type="button" class="icon-button drawer-button" aria-label="Teams and channels" onClick={onDrawer}>
          <Icon name="menu" />
        </button>
        <span class="t-tile" aria-hidden="true">
          {channel.name[0]}
        </span>
        <h2>{channel.name}</h2>
        <span class="t-topic">{channel.topic || team?.name}</span>
      </header>
      <div
        class="t-posts"
        ref={list}
        role="log"
        aria-live="polite"
        aria-label={`Posts in ${channel.name}`}
        tabIndex={0}
        data-testid="teams-messages"
        onKeyDown={stepMessages}
      >
        <div class="t-posts-inner">
          {roots.length === 0 && <p class="t-empty">No posts in {channel.name} yet. Start one below.</p>}
          {roots.map((root) => (
            <Post
              key={root.id}
              root={root}
              newest={messages.at(-1)}
              answers={messages.filter((one) => one.rootId === root.id && one.id !== root.id)}
            />
          ))}
        </div>
      </div>
      <Composer conversation={channelId} scope="team" placeholder="Start a post" />
    </div>
  );
}

export function seenBy(message: TeamsMessage, user: string): boolean {
  return message.targetedTo === null || message.targetedTo === user;
}

const SHOWN_ANSWERS = 4;

function Post(props: { root: TeamsMessage; answers: TeamsMessage[]; newest: TeamsMessage | undefined }) {
  const { root, answers, newest } = props;
  const [all, setAll] = useState(false);
  const [replying, setReplying] = useState(false);
  const shown = all ? answers : answers.slice(-SHOWN_ANSWERS);
  const hidden = answers.length - shown.length;
  return (
    <section class={root.targetedTo === null ? 't-post' : 't-post private'} data-testid="teams-post">
      <Message
        message={root}
        stop={root === newest}
        onReply={root.targetedTo === null ? () => setReplying(true) : undefined}
      />
      {answers.length > 0 && (
        <div class="t-answers">
          {hidden > 0 && (
            <button type="button" class="t-quiet" onClick={() => setAll(true)}>
              See {hidden} earlier {hidden === 1 ? 'reply' : 'replies'}
            </button>
          )}
          {shown.map((answer) => (
            <Message key={answer.id} message={answer} stop={answer === newest} small />
          ))}
        </div>
      )}
      {root.targetedTo === null &&
        (replying ? (
          <Composer
            conversation={root.conversation}
            thread={root.id}
            scope="team"
            placeholder="Reply"
            onEscape={() => setReplying(false)}
          />
        ) : (
          <button type="button" class="t-reply" data-testid="teams-reply" onClick={() => setReplying(true)}>
            <Icon name="reply" size={15} /> Reply
          </button>
        ))}
    </section>
  );
}
