import type { SlackMessage } from '../../slack/protocol';
import { EmojiButton } from '../common/EmojiPicker';
import { useSandbox } from '../sandbox';
import { useSlack } from './context';
import { Emoji } from './Mrkdwn';

/** The emoji under a message; a press adds or takes away one's own. */
export function Reactions({ message }: { message: SlackMessage }) {
  const sandbox = useSandbox();
  const { slack, me } = useSlack();
  if (message.reactions.length === 0) return null;
  const where = { channel: message.channel, ts: message.ts };
  return (
    <div class="s-reactions" role="group" aria-label="Reactions">
      {message.reactions.map((reaction) => {
        const mine = reaction.users.includes(me.id);
        const names = reaction.users
          .map((id) => slack.users.find((one) => one.id === id)?.real_name ?? 'someone')
          .join(', ');
        return (
          <button
            type="button"
            key={reaction.name}
            class={mine ? 's-reaction mine' : 's-reaction'}
            aria-pressed={mine}
            aria-label={`${reaction.name.replaceAll('_', ' ')}, ${reaction.users.length}: ${names}`}
            title={`${names} reacted with :${reaction.name}:`}
            data-testid={`slack-reaction-${reaction.name}`}
            onClick={() => void sandbox.slack({ act: mine ? 'unreact' : 'react', ...where, name: reaction.name })}
          >
            <Emoji name={reaction.name} /> {reaction.users.length}
          </button>
        );
      })}
      <EmojiButton
        label="Add a reaction"
        class="s-reaction add"
        onPick={(name) => void sandbox.slack({ act: 'react', ...where, name })}
      />
    </div>
  );
}
