import type { JsonObject } from '../../../slack/protocol';
import { asList, asObject, asString } from '../../common/json';
import { fullTime, slackDate } from '../../common/time';
import { useSlack } from '../context';
import { channelName, Emoji, SafeLink, UserMention } from '../Mrkdwn';

/** A rich_text block: sections, lists, quotes, preformatted text. */
export function RichText({ elements }: { elements: JsonObject[] }) {
  return (
    <div class="b-rich">
      {elements.map((element, index) => (
        <Part key={index} element={element} />
      ))}
    </div>
  );
}

function Part({ element }: { element: JsonObject }) {
  const inside = asList(element['elements']);
  switch (element['type']) {
    case 'rich_text_list':
      return <List element={element} items={inside} />;
    case 'rich_text_quote':
      return (
        <blockquote class="s-quote">
          <Inlines inside={inside} />
        </blockquote>
      );
    case 'rich_text_preformatted':
      return (
        <pre class="s-pre">
          <Inlines inside={inside} />
        </pre>
      );
    default:
      return (
        <p class="b-text">
          <Inlines inside={inside} />
        </p>
      );
  }
}

function List({ element, items }: { element: JsonObject; items: JsonObject[] }) {
  const indent = `b-list indent-${Math.min(6, Number(element['indent'] ?? 0))}`;
  const lines = items.map((item, index) => (
    <li key={index}>
      <Inlines inside={asList(item['elements'])} />
    </li>
  ));
  return element['style'] === 'ordered' ? (
    <ol class={indent} start={Number(element['offset'] ?? 0) + 1}>
      {lines}
    </ol>
  ) : (
    <ul class={indent}>{lines}</ul>
  );
}

function Inlines({ inside }: { inside: JsonObject[] }) {
  return (
    <>
      {inside.map((element, index) => (
        <One key={index} element={element} />
      ))}
    </>
  );
}

function One({ element }: { element: JsonObject }) {
  const { slack, now } = useSlack();
  switch (element['type']) {
    case 'text':
      return <Styled element={element} />;
    case 'link':
      return <SafeLink url={asString(element['url'])} label={asString(element['text']) || asString(element['url'])} />;
    case 'user':
      return <UserMention id={asString(element['user_id'])} />;
    case 'channel':
      return <span class="s-mention">#{channelName(slack, asString(element['channel_id'])) ?? 'channel'}</span>;
    case 'emoji':
      return <Emoji name={asString(element['name'])} />;
    case 'broadcast':
      return <span class="s-mention s-mention-me">@{asString(element['range'])}</span>;
    case 'date': {
      const seconds = Number(element['timestamp'] ?? 0);
      return (
        <time title={fullTime(seconds * 1000)}>
          {slackDate(asString(element['format']), seconds, now()) || asString(element['fallback'])}
        </time>
      );
    }
    default:
      return <>{asString(element['text'])}</>;
  }
}

function Styled({ element }: { element: JsonObject }) {
  const style = asObject(element['style']);
  const words = asString(element['text']);
  if (style['code'] === true) return <code class="s-code">{words}</code>;
  const kind = `${style['bold'] === true ? 'bold' : ''} ${style['italic'] === true ? 'italic' : ''} ${style['strike'] === true ? 'strike' : ''}`;
  return <span class={`s-words ${kind}`}>{words}</span>;
}
