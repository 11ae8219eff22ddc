import { Icon } from '../common/Icon';
import { stepMessages } from '../common/Menu';
import { dayKey, dayName } from '../common/time';
import { useEnd } from '../common/useEnd';
import { useSandbox } from '../sandbox';
import { Composer } from './Composer';
import { useTeams } from './context';
import { Message } from './Message';

/** The personal chat with the bot, in bubbles. */
export function ChatPane({ onDrawer }: { onDrawer: () => void }) {
  const { teams, me, now } = useTeams();
  const sandbox = useSandbox();
  const chat = teams.chats.find((one) => one.user === me.id);
  const messages = teams.messages.filter((one) => one.conversation === chat?.id);
  const list = useEnd(messages.at(-1)?.id ?? '');
  if (!chat) return <p class="t-empty">There is no chat with {teams.bot.name}.</p>;
  const last = messages.at(-1);
  return (
    <div class="t-pane">
      <header class="t-head">
        <button type="button" class="icon-button drawer-button" aria-label="Teams and channels" onClick={onDrawer}>
          <Icon name="menu" />
        </button>
        <img src="/ui/icon.svg" alt="" width="26" height="26" />
        <h2>{teams.bot.name}</h2>
        <span class="t-topic">{teams.bot.description}</span>
      </header>
      <div
        class="t-posts t-chat"
        ref={list}
        role="log"
        aria-live="polite"
        aria-label={`Chat with ${teams.bot.name}`}
        tabIndex={0}
        data-testid="teams-chat-messages"
        onKeyDown={stepMessages}
      >
        <div class="t-posts-inner">
          {messages.length === 0 && (
            <p class="t-empty">
              What only you need to know from {teams.bot.name} arrives here. Write <b>case help</b> to see what it can
              do.
            </p>
          )}
          {messages.map((message, index) => {
            const before = messages[index - 1];
            const newDay = !before || dayKey(before.at) !== dayKey(message.at);
            return (
              <div key={message.id}>
                {newDay && <p class="t-day">{dayName(message.at, now())}</p>}
                <Message message={message} stop={message === last} bubble />
              </div>
            );
          })}
          {last && last.suggestedActions.length > 0 && (
            <div class="t-suggested" role="group" aria-label="Suggested answers">
              {last.suggestedActions.map((action) => (
                <button
                  type="button"
                  key={action.value}
                  class="t-button"
                  onClick={() => void sandbox.teams({ act: 'say', conversation: chat.id, text: action.value })}
                >
                  {action.title}
                </button>
              ))}
            </div>
          )}
        </div>
      </div>
      {!chat.appInstalled && (
        <p class="t-install">
          {teams.bot.name} is not installed for you.
          <button
            type="button"
            class="t-button primary"
            onClick={() => void sandbox.teams({ act: 'installApp', in: chat.id })}
          >
            Add
          </button>
        </p>
      )}
      <Composer conversation={chat.id} scope="personal" placeholder={`Message ${teams.bot.name}`} />
    </div>
  );
}
