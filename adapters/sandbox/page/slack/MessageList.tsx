import type { SlackMessage } from '../../slack/protocol';
import { stepMessages } from '../common/Menu';
import { dayKey, dayName, tsToMs } from '../common/time';
import { useEnd } from '../common/useEnd';
import { useSlack } from './context';
import { Message } from './Message';
import { replies } from './words';

const TOGETHER_MS = 5 * 60_000;

type Props = { messages: SlackMessage[]; label: string; empty: string; inThread?: boolean };

/** Messages by day; several of one author within five minutes share one head. New ones are announced and scrolled to. */
export function MessageList({ messages, label, empty, inThread }: Props) {
  const { now } = useSlack();
  const list = useEnd(messages.at(-1)?.ts ?? '');
  return (
    <div
      class="s-list"
      ref={list}
      role="log"
      aria-live="polite"
      aria-label={label}
      tabIndex={0}
      data-testid={inThread === true ? 'slack-thread-messages' : 'slack-messages'}
      onKeyDown={stepMessages}
    >
      <div class="s-list-inner">
        {messages.length === 0 && <p class="s-empty">{empty}</p>}
        {messages.map((message, index) => {
          const before = messages[index - 1];
          const newDay = inThread !== true && (!before || dayKey(tsToMs(before.ts)) !== dayKey(tsToMs(message.ts)));
          return (
            <div key={message.ts}>
              {newDay && (
                <div class="s-day" role="separator">
                  <span>{dayName(tsToMs(message.ts), now())}</span>
                </div>
              )}
              <Message
                message={message}
                compact={!newDay && goesWith(before, message)}
                inThread={inThread === true}
                stop={index === messages.length - 1}
              />
              {inThread === true && index === 0 && messages.length > 1 && (
                <div class="s-replies">{replies(messages.length - 1)}</div>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function goesWith(before: SlackMessage | undefined, message: SlackMessage): boolean {
  if (!before || before.user !== message.user || before.ephemeral_to !== message.ephemeral_to || before.deleted)
    return false;
  return tsToMs(message.ts) - tsToMs(before.ts) < TOGETHER_MS && before.reply_count === 0;
}
