import type { ComponentChildren } from 'preact';
import type { SlackSnapshot } from '../../slack/protocol';
import { charOf } from '../common/emoji';
import { fullTime, slackDate } from '../common/time';
import { useSlack } from './context';
import { type Inline, parseInline, parseMrkdwn, unescaped } from './parseMrkdwn';

/** Words of a message in Slack's mrkdwn. */
export function Mrkdwn({ text }: { text: string }) {
  return (
    <>
      {parseMrkdwn(text).map((part, index) => {
        if (part.kind === 'pre')
          return (
            <pre class="s-pre" key={index}>
              {part.text}
            </pre>
          );
        if (part.kind === 'quote')
          return (
            <blockquote class="s-quote" key={index}>
              <Inlines inside={part.inside} />
            </blockquote>
          );
        return (
          <span class="s-words" key={index}>
            <Inlines inside={part.inside} />
          </span>
        );
      })}
    </>
  );
}

/** Plain words, in which only `:emoji:` counts. */
export function Plain({ text }: { text: string }) {
  const pieces = unescaped(text).split(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/);
  return <>{pieces.map((piece, index) => (index % 2 === 0 ? piece : <Emoji key={index} name={piece} />))}</>;
}

/** A text object: `plain_text` or `mrkdwn`. */
export function TextObject({ type, text }: { type: string; text: string }) {
  return type === 'mrkdwn' ? <Mrkdwn text={text} /> : <Plain text={text} />;
}

export function Emoji({ name }: { name: string }) {
  const char = charOf(name);
  if (char === null) return <>{`:${name}:`}</>;
  return (
    <span class="emoji" role="img" aria-label={name.replaceAll('_', ' ')} title={`:${name}:`}>
      {char}
    </span>
  );
}

function Inlines({ inside }: { inside: Inline[] }): ComponentChildren {
  return inside.map((inline, index) => <One key={index} inline={inline} />);
}

function One({ inline }: { inline: Inline }) {
  const { slack, now } = useSlack();
  switch (inline.kind) {
    case 'text':
      return <>{inline.text}</>;
    case 'bold':
      return (
        <b>
          <Inlines inside={inline.inside} />
        </b>
      );
    case 'italic':
      return (
        <i>
          <Inlines inside={inline.inside} />
        </i>
      );
    case 'strike':
      return (
        <s>
          <Inlines inside={inline.inside} />
        </s>
      );
    case 'code':
      return <code class="s-code">{inline.text}</code>;
    case 'emoji':
      return <Emoji name={inline.name} />;
    case 'link':
      return <SafeLink url={inline.url} label={inline.label || inline.url} />;
    case 'user':
      return <UserMention id={inline.id} label={inline.label} />;
    case 'channel':
      return <span class="s-mention">#{channelName(slack, inline.id) ?? (inline.label || inline.id)}</span>;
    case 'broadcast':
      return <span class="s-mention s-mention-me">@{inline.name}</span>;
    case 'date':
      return (
        <time title={fullTime(inline.seconds * 1000)}>
          {slackDate(inline.format, inline.seconds, now()) || inline.fallback}
        </time>
      );
  }
}

/** Opens in a new tab; any scheme but the web's and mail's is shown as mere words. */
export function SafeLink({ url, label }: { url: string; label: string }) {
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return <>{label}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow">
      {label}
    </a>
  );
}

export function UserMention({ id, label }: { id: string; label?: string }) {
  const { slack, me } = useSlack();
  const user = slack.users.find((one) => one.id === id);
  const name = user?.real_name ?? (label || 'someone');
  return <span class={id === me.id ? 's-mention s-mention-me' : 's-mention'}>@{name}</span>;
}

export function channelName(slack: SlackSnapshot, id: string): string | null {
  return slack.channels.find((one) => one.id === id)?.name ?? null;
}

/** Typed text again, from a message's text: for the edit box. */
export function asTyped(slack: SlackSnapshot, text: string): string {
  return parseInline(text)
    .map((inline) => typedOne(slack, inline))
    .join('');
}

function typedOne(slack: SlackSnapshot, inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'bold':
      return `*${inline.inside.map((one) => typedOne(slack, one)).join('')}*`;
    case 'italic':
      return `_${inline.inside.map((one) => typedOne(slack, one)).join('')}_`;
    case 'strike':
      return `~${inline.inside.map((one) => typedOne(slack, one)).join('')}~`;
    case 'code':
      return `\`${inline.text}\``;
    case 'emoji':
      return `:${inline.name}:`;
    case 'link':
      return inline.url;
    case 'user':
      return `@${slack.users.find((one) => one.id === inline.id)?.real_name ?? inline.label}`;
    case 'channel':
      return `#${channelName(slack, inline.id) ?? inline.label}`;
    case 'broadcast':
      return `@${inline.name}`;
    case 'date':
      return inline.fallback;
  }
}
