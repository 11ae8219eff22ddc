import markdownIt from 'markdown-it';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { TeamsMessage } from '../../teams/protocol';
import { SafeLink } from '../slack/Mrkdwn';

// No HTML inside Markdown, no pictures: nothing is fetched from outside.
const markdown = markdownIt({ html: false, linkify: false, breaks: true }).disable('image');

/** Marks around a mention while the text is taken apart: characters that no text has. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];

const TAGS = new Set([
  'b',
  'strong',
  'i',
  'em',
  's',
  'strike',
  'u',
  'code',
  'pre',
  'blockquote',
  'ul',
  'ol',
  'li',
  'p',
  'br',
  'h1',
  'h2',
  'h3',
  'h4',
  'hr',
]);

/** The words of a message: plain, Markdown, or the few HTML tags that Teams knows; anything else is shown as text. */
export function TeamsText({ message }: { message: TeamsMessage }) {
  const drawn = useMemo(() => draw(message), [message.text, message.textFormat, message.mentions]);
  if (message.text.trim() === '') return null;
  return <div class={message.textFormat === 'plain' ? 't-text plain' : 't-text'}>{drawn}</div>;
}

function draw(message: TeamsMessage): ComponentChildren {
  const marked = message.mentions.reduce(
    (text, mention) => text.replace(mention.text, `${OPEN}${mention.name}${CLOSE}`),
    message.text,
  );
  if (message.textFormat === 'plain') return words(marked);
  const html = message.textFormat === 'xml' ? marked : markdown.render(marked);
  return children(new DOMParser().parseFromString(html, 'text/html').body);
}

function children(node: Node): ComponentChildren[] {
  return [...node.childNodes].map((child, index) => element(child, index));
}

function element(node: Node, key: number): ComponentChildren {
  if (node.nodeType === Node.TEXT_NODE) return words(node.textContent ?? '');
  if (!(node instanceof Element)) return null;
  const tag = node.localName;
  if (tag === 'a') return <SafeLink key={key} url={node.getAttribute('href') ?? ''} label={node.textContent ?? ''} />;
  if (tag === 'at') return <Mention key={key} name={node.textContent ?? ''} />;
  if (tag === 'br' || tag === 'hr') return <br key={key} />;
  if (!TAGS.has(tag)) return children(node);
  const Tag = tag as 'b';
  return <Tag key={key}>{children(node)}</Tag>;
}

function words(text: string): ComponentChildren {
  return text
    .split(new RegExp(`${OPEN}([^${CLOSE}]*)${CLOSE}`))
    .map((piece, index) => (index % 2 === 1 ? <Mention key={index} name={piece} /> : piece));
}

function Mention({ name }: { name: string }) {
  return <span class="t-mention">{name}</span>;
}
