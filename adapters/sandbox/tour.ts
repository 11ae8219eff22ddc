import type { Json, SlackMessage, SlackSnapshot } from './slack/protocol';
import type { TeamsMessage, TeamsSnapshot } from './teams/protocol';
import type { Rooms, TourStepId } from './uiState';

/**
 * Ticks the guided tour off from what stands on the screens, as a visitor would: the sandbox knows nothing of the product
 * but the words that a person meets. Once done stays done.
 */
export interface Tour {
  /** Looks at both worlds and says what has been done so far, in the order in which it happened. */
  look(slack: SlackSnapshot, teams: TeamsSnapshot): TourStepId[];
}

/** A message of the app as plain words, with the captions of its buttons. */
type Seen = { where: string; words: string; buttons: string[] };

const REFERENCE = /\b[A-Z][A-Z0-9]{1,9}-\d+\b/;
const STATUS = /Status\W{0,12}(New|Triaged|In progress|Awaiting client|Resolved|Closed)\b/;
const PRIORITY = /Priority\W{0,12}P\d\b/;
const OWNER = /Owner[\s:*]{0,8}([^\n]+)/;

export function startTour(rooms: Rooms): Tour {
  const done: TourStepId[] = [];
  const ownersAtHandOver = new Map<string, string>();
  const leads = new Set([rooms.leads.slack, rooms.leads.teams]);
  return {
    look(slack, teams) {
      const seen = [
        ...slack.messages.filter(fromApp).map(seenInSlack),
        ...teams.messages.filter(botsOwn).map(seenInTeams),
      ];
      const cards = seen.filter((one) => REFERENCE.test(one.words) && STATUS.test(one.words) && !offersHandOver(one));
      const mark = (step: TourStepId, happened: boolean) => {
        if (happened && !done.includes(step)) done.push(step);
      };
      mark('capture', cards.length > 0);
      mark(
        'triage',
        cards.some((card) => PRIORITY.test(card.words)),
      );
      mark(
        'take',
        cards.some((card) => STATUS.exec(card.words)?.[1] === 'In progress'),
      );
      mark(
        'warn',
        seen.some((one) => leads.has(one.where) && /at risk|breached/i.test(one.words)),
      );
      mark('escalate', seen.some(offersHandOver));
      noteOwners(ownersAtHandOver, seen, cards);
      mark(
        'accept',
        cards.some((card) => ownerMoved(ownersAtHandOver, card)),
      );
      mark(
        'resolve',
        cards.some((card) => STATUS.exec(card.words)?.[1] === 'Resolved'),
      );
      return [...done];
    },
  };
}

function offersHandOver(one: Seen): boolean {
  return one.buttons.includes('Accept') && one.buttons.includes('Decline');
}

/** Keeps who owned a case when its hand-over was first offered. */
function noteOwners(owners: Map<string, string>, seen: Seen[], cards: Seen[]): void {
  for (const offer of seen.filter(offersHandOver)) {
    const reference = REFERENCE.exec(offer.words)?.[0];
    const card = cards.find((one) => reference !== undefined && one.words.includes(reference));
    if (reference === undefined || card === undefined || owners.has(reference)) continue;
    owners.set(reference, OWNER.exec(card.words)?.[1]?.trim() ?? '');
  }
}

function ownerMoved(owners: Map<string, string>, card: Seen): boolean {
  const before = owners.get(REFERENCE.exec(card.words)?.[0] ?? '');
  const after = OWNER.exec(card.words)?.[1]?.trim();
  return before !== undefined && after !== undefined && after !== before;
}

function fromApp(message: SlackMessage): boolean {
  return message.bot_id !== undefined;
}

function botsOwn(message: TeamsMessage): boolean {
  return message.fromBot && !message.deleted;
}

function seenInSlack(message: SlackMessage): Seen {
  const found = { words: [message.text], buttons: [] as string[] };
  for (const block of message.blocks) collect(block, found);
  return { where: message.channel, words: found.words.join('\n'), buttons: found.buttons };
}

function seenInTeams(message: TeamsMessage): Seen {
  const found = { words: [message.text], buttons: [] as string[] };
  for (const attachment of message.attachments) collect(attachment.content ?? null, found);
  return { where: message.conversation, words: found.words.join('\n'), buttons: found.buttons };
}

/** Walks Block Kit or an Adaptive Card alike: whatever is text, title or value of a fact is words. */
function collect(node: Json, found: { words: string[]; buttons: string[] }): void {
  if (Array.isArray(node)) {
    for (const each of node) collect(each, found);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  const caption = captionOf(node);
  if (caption !== null) found.buttons.push(caption);
  if (caption === null && typeof node['text'] === 'string') found.words.push(node['text']);
  if (typeof node['title'] === 'string' && typeof node['value'] === 'string')
    found.words.push(`${node['title']} ${node['value']}`);
  for (const child of Object.values(node)) collect(child, found);
}

function captionOf(node: { [key: string]: Json }): string | null {
  const type = typeof node['type'] === 'string' ? node['type'] : '';
  if (type.startsWith('Action.')) return typeof node['title'] === 'string' ? node['title'] : null;
  if (type !== 'button') return null;
  const text = node['text'];
  return text !== null && typeof text === 'object' && !Array.isArray(text) && typeof text['text'] === 'string'
    ? text['text']
    : null;
}
