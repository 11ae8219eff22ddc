import type { TeamsMessage } from '../../teams/protocol';
import { charOfTeams } from '../common/emoji';
import { useSandbox } from '../sandbox';
import { nameOfPerson, useTeams } from './context';

/** The reactions of a message; a press adds or takes away one's own. */
export function Reactions({ message }: { message: TeamsMessage }) {
  const { teams, me } = useTeams();
  const sandbox = useSandbox();
  if (message.reactions.length === 0) return null;
  const at = { conversation: message.conversation, messageId: message.id };
  return (
    <div class="t-reactions" role="group" aria-label="Reactions">
      {message.reactions.map((reaction) => {
        const mine = reaction.users.includes(me.id);
        const names = reaction.users.map((id) => nameOfPerson(teams, id)).join(', ');
        return (
          <button
            type="button"
            key={reaction.type}
            class={mine ? 't-reaction mine' : 't-reaction'}
            aria-pressed={mine}
            aria-label={`${charOfTeams(reaction.type)}, ${reaction.users.length}: ${names}`}
            title={names}
            data-testid={`teams-reaction-${reaction.type}`}
            onClick={() => void sandbox.teams({ act: mine ? 'unreact' : 'react', ...at, type: reaction.type })}
          >
            <span class="emoji">{charOfTeams(reaction.type)}</span> {reaction.users.length}
          </button>
        );
      })}
    </div>
  );
}
