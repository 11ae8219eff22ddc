import { useState } from 'preact/hooks';
import type { TeamsMessage } from '../../teams/protocol';
import { Avatar } from '../common/Avatar';
import { Files } from '../common/Files';
import { fullTime, timeOfDay } from '../common/time';
import { useSandbox } from '../sandbox';
import { nameOfPerson, useTeams } from './context';
import { EditBox } from './EditBox';
import { MessageCards } from './MessageCards';
import { Reactions } from './Reactions';
import { TeamsText } from './TeamsText';
import { Tools } from './Tools';

/** `stop`: the Tab key stops at it; one message of a pane does, and arrow keys lead to the others. */
type Props = { message: TeamsMessage; stop: boolean; small?: boolean; bubble?: boolean; onReply?: () => void };

/** One message: a post, a reply under it, or a bubble of the personal chat. */
export function Message({ message, stop, small, bubble, onReply }: Props) {
  const { teams, me } = useTeams();
  const [editing, setEditing] = useState(false);
  if (message.deleted) return <Deleted message={message} />;
  const author = teams.users.find((one) => one.id === message.from);
  const name = nameOfPerson(teams, message.from);
  const mine = message.from === me.id;
  const kind = `${small === true ? 'small' : ''} ${bubble === true ? 'bubble' : ''} ${mine ? 'mine' : ''}`;
  return (
    <article
      tabIndex={stop ? 0 : -1}
      class={`t-message ${kind}`}
      aria-label={`${name}, ${timeOfDay(message.at)}`}
      data-testid="teams-message"
      data-id={message.id}
    >
      {!(bubble === true && mine) && (
        <Avatar
          size={small === true || bubble === true ? 28 : 34}
          round={!message.fromBot}
          initials={author?.initials ?? ''}
          colour={author?.colour ?? '#5b5fc7'}
          app={message.fromBot}
        />
      )}
      <div class="t-content">
        <p class="t-by">
          {!(bubble === true && mine) && <b>{name}</b>}
          <time title={fullTime(message.at)}>{timeOfDay(message.at)}</time>
          {message.editedAt !== null && <span class="t-edited">Edited</span>}
          {message.targetedTo !== null && <span class="t-only-you">Only you can see this message</span>}
        </p>
        <div class={bubble === true ? 't-bubble' : undefined}>
          {editing ? <EditBox message={message} onDone={() => setEditing(false)} /> : <TeamsText message={message} />}
          <Files names={filesOf(message)} />
          <MessageCards message={message} />
        </div>
        <Reactions message={message} />
      </div>
      {!editing && <Tools message={message} onReply={onReply} onEdit={() => setEditing(true)} />}
    </article>
  );
}

const filesOf = ({ files, pictures }: TeamsMessage): string[] => [
  ...files.map((file) => file.name),
  ...Array.from({ length: pictures }, () => 'Pasted picture'),
];

function Deleted({ message }: { message: TeamsMessage }) {
  const { me } = useTeams();
  const sandbox = useSandbox();
  return (
    <p class="t-message t-deleted">
      <i>This message has been deleted.</i>
      {message.from === me.id && (
        <button
          type="button"
          class="t-quiet"
          onClick={() =>
            void sandbox.teams({ act: 'undeleteMessage', conversation: message.conversation, messageId: message.id })
          }
        >
          Undo
        </button>
      )}
    </p>
  );
}
