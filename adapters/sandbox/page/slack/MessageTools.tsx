import type { SlackMessage } from '../../slack/protocol';
import { EmojiButton } from '../common/EmojiPicker';
import { charOf, QUICK_PICKS } from '../common/emoji';
import { Icon } from '../common/Icon';
import { MenuButton, type MenuEntry, useToolbar } from '../common/Menu';
import { useSandbox } from '../sandbox';
import { useSlack } from './context';

/** The toolbar that appears over a message: quick emoji, picker, thread, and the ⋯ menu with the app's shortcuts. */
export function MessageTools({
  message,
  inThread,
  onEdit,
}: {
  message: SlackMessage;
  inThread: boolean;
  onEdit: () => void;
}) {
  const sandbox = useSandbox();
  const { slack, me, openThread } = useSlack();
  const where = { channel: message.channel, ts: message.ts };
  const react = (name: string) => {
    const mine = message.reactions.some((one) => one.name === name && one.users.includes(me.id));
    void sandbox.slack({ act: mine ? 'unreact' : 'react', ...where, name });
  };
  const shortcuts: MenuEntry[] = slack.shortcuts
    .filter((one) => one.type === 'message')
    .map((one) => ({
      label: one.name,
      hint: slack.app.name,
      act: () => void sandbox.slack({ act: 'messageShortcut', ...where, callback_id: one.callback_id }),
    }));
  const own: MenuEntry[] = [
    { label: 'Edit message', act: onEdit },
    { label: 'Delete message', danger: true, act: () => void sandbox.slack({ act: 'deleteMessage', ...where }) },
  ];
  const reply: MenuEntry[] = inThread
    ? []
    : [{ label: 'Reply in thread', act: () => openThread(message.channel, message.ts) }];
  const entries = [...shortcuts, ...reply, ...(message.user === me.id ? own : [])];
  return (
    <div class="s-tools" role="toolbar" aria-label="Message actions" {...useToolbar()}>
      {QUICK_PICKS.map((name) => (
        <button
          type="button"
          key={name}
          class="s-tool quick"
          aria-label={`React with ${name.replaceAll('_', ' ')}`}
          title={`:${name}:`}
          data-testid={`quick-${name}`}
          onClick={() => react(name)}
        >
          {charOf(name)}
        </button>
      ))}
      <EmojiButton label="Find another reaction" class="s-tool" testid="slack-pick" onPick={react} />
      {!inThread && (
        <button
          type="button"
          class="s-tool"
          aria-label="Reply in thread"
          title="Reply in thread"
          data-testid="slack-reply"
          onClick={() => openThread(message.channel, message.ts)}
        >
          <Icon name="thread" />
        </button>
      )}
      <MenuButton label="More actions" class="s-tool" entries={entries} testid="slack-more">
        <Icon name="more" />
      </MenuButton>
    </div>
  );
}
