import type { Json, JsonObject } from '../../slack/protocol';
import { asString } from '../common/json';

/**
 * The card as this page can draw it: pictures from elsewhere become words (nothing is fetched from outside), and mentions
 * lose their tags as they do in Teams.
 */
export function prepareCard(card: Json): Json {
  if (Array.isArray(card)) return card.map(prepareCard);
  if (card === null || typeof card !== 'object') return typeof card === 'string' ? withoutMentionTags(card) : card;
  if (card['type'] === 'Image' && !isInline(card['url'])) return pictureInWords(card);
  const kept = Object.entries(card).filter(
    ([key, value]) => !(key === 'backgroundImage' && !isInline(value)) && !(key === 'iconUrl' && !isInline(value)),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, prepareCard(value)]));
}

function isInline(url: Json | undefined): boolean {
  return asString(url).startsWith('data:image/');
}

function pictureInWords(image: JsonObject): JsonObject {
  return { type: 'TextBlock', text: `🖼 ${asString(image['altText']) || 'Picture'}`, isSubtle: true, wrap: true };
}

function withoutMentionTags(text: string): string {
  return text.replace(/<at>(.*?)<\/at>/g, '**$1**');
}
