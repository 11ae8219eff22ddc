import type { TeamsMessage } from '../../teams/protocol';
import { EmojiButton } from '../common/EmojiPicker';
import { charOf, charOfTeams, QUICK_PICKS, teamsTypeOf } from '../common/emoji';
import { Icon } from '../common/Icon';
import { MenuButton, type MenuEntry, useToolbar } from '../common/Menu';
import { useSandbox } from '../sandbox';
import { useTeams } from './context';

/** Triage and status first; the ticket opens nothing in Teams, which tells a bot only of reactions to its own messages. */
const QUICK = [
  { name: 'like', type: 'like' },
  ...QUICK_PICKS.filter((name) => name !== 'ticket').map((name) => ({
    name,
    type: teamsTypeOf(charOf(name) ?? '', name),
  })),
];

/** The toolbar over a message: quick reactions, picker, and the ⋯ menu with the app's action commands. */
export function Tools({
  message,
  onReply,
  onEdit,
}: {
  message: TeamsMessage;
  onReply?: () => void;
  onEdit: () => void;
}) {
  const { teams, me } = useTeams();
  const sandbox = useSandbox();
  const toolbar = useToolbar();
  const at = { conversation: message.conversation, messageId: message.id };
  const react = (type: string) => {
    const mine = message.reactions.some((one) => one.type === type && one.users.includes(me.id));
    void sandbox.teams({ act: mine ? 'unreact' : 'react', ...at, type });
  };
  if (message.targetedTo !== null) return null;
  return (
    <div class="t-tools" role="toolbar" aria-label="Message actions" {...toolbar}>
      {QUICK.map((one) => (
        <button
          type="button"
          key={one.type}
          class="t-tool"
          aria-label={`React with ${one.name.replaceAll('_', ' ')}`}
          title={one.name.replaceAll('_', ' ')}
          data-testid={`quick-${one.name}`}
          onClick={() => react(one.type)}
        >
          {charOfTeams(one.type)}
        </button>
      ))}
      <EmojiButton label="More reactions" class="t-tool" onPick={(name, char) => react(teamsTypeOf(char, name))} />
      {onReply && (
        <button type="button" class="t-tool" aria-label="Reply" title="Reply" onClick={onReply}>
          <Icon name="reply" />
        </button>
      )}
      <MenuButton
        label="More options"
        class="t-tool"
        entries={useEntriesOf(message, onEdit)}
        testid="teams-more"
        empty={`${teams.bot.name} offers nothing for messages.`}
      >
        <Icon name="more" />
      </MenuButton>
    </div>
  );
}

function useEntriesOf(message: TeamsMessage, onEdit: () => void): MenuEntry[] {
  const { teams, me } = useTeams();
  const sandbox = useSandbox();
  const at = { conversation: message.conversation, messageId: message.id };
  const offered: MenuEntry[] = teams.extensionCommands
    .filter((one) => one.contexts.includes('message'))
    .map((one) => ({
      label: one.title,
      hint: teams.bot.name,
      act: () => void sandbox.teams({ act: 'openExtension', ...at, commandId: one.id }),
    }));
  if (message.from !== me.id) return offered;
  return [
    ...offered,
    { label: 'Edit', act: onEdit },
    { label: 'Delete', danger: true, act: () => void sandbox.teams({ act: 'deleteMessage', ...at }) },
  ];
}
