import type { Party, Place } from '../domain/case/case';
import { TEXT_MAX } from '../domain/case/open';
import type { Instant } from '../domain/ids';
import { titleOf } from '../inputs/files';
import { readAuthor } from '../inputs/origin';
import { openAndCatchUp } from './early';
import type { Engine, perform } from './perform';
import type { Destination, HeardMessage, Intent, Posting, Settled, Surface } from './ports';
import { say } from './say';

/** A message becomes a headline of about a line; all of its words are in the description. */
export const HEADLINE_MAX = 100;

/** Who captured which message; travels in the outbox row, so that a crash between the reaction and the case loses nothing. */
export interface Capture {
  readonly place: Place;
  readonly by: Party;
}

/** One row for each reaction: after Baton was invited to the channel the same emoji, put on anew, is to help. */
export function captureIntent(found: Capture, user: string, at: Instant): Intent {
  const { platform, channel, message, thread } = found.place;
  return {
    kind: 'capture',
    case: null,
    to: { kind: 'whisper', platform, channel, thread, user },
    // By person: the second one to capture a message is told which case it belongs to.
    dedupe: `capture:${platform}:${channel}:${message}:${user}:${at}`,
    drawing: { view: 'opened', args: { message, thread, by: JSON.stringify(found.by) } },
    urgency: 0,
  };
}

/** Reads the message and opens a case from it, once however often it is captured. */
export async function capture(engine: Engine, posting: Posting, surface: Surface): Promise<Settled> {
  const done: Settled = { kind: 'sent', posted: null, role: null };
  const { to } = posting;
  if (to.kind !== 'whisper') return done;
  const found = captured(posting, to);
  const message = await surface.read(found.place);
  if (message === null) {
    await say(
      engine,
      to,
      posting.id,
      'Baton could not read that message, so no case was opened. Invite Baton to the channel, or use “Open a case” from the message’s menu.',
    );
    return done;
  }
  const outcome = await openFromMessage(engine, message, {
    by: found.by,
    cameBy: 'reaction',
    what: `capture ${posting.id}`,
    keys: [`captured:${posting.id}`],
  });
  if (outcome.kind === 'refused') await say(engine, to, posting.id, outcome.refusal.say);
  if (outcome.kind === 'duplicate' && outcome.case !== null)
    await say(engine, to, posting.id, `That message belongs to ${outcome.case.ref} already: ${outcome.case.title}`);
  return done;
}

function captured(posting: Posting, to: Extract<Destination, { kind: 'whisper' }>): Capture {
  const { message, thread, by } = posting.drawing.args;
  return {
    place: {
      platform: to.platform,
      channel: to.channel,
      message: String(message),
      thread: thread === null || thread === undefined ? null : String(thread),
    },
    by: readAuthor(by) ?? { kind: 'system' },
  };
}

interface Opening {
  readonly by: Party;
  readonly cameBy: string;
  readonly what: string;
  readonly keys: readonly string[];
}

/** Opens a case from somebody's message: their words are its description, the first line (or what they sent) its title. */
export function openFromMessage(
  engine: Engine,
  message: HeardMessage,
  { by, cameBy, what, keys }: Opening,
): ReturnType<typeof perform> {
  return openAndCatchUp(engine, {
    command: {
      kind: 'OpenCase',
      title: titleOf(message.text, message.files ?? [], HEADLINE_MAX) || 'A message without words',
      description: message.text.slice(0, TEXT_MAX),
      files: message.files,
      client: null,
      contact: null,
      category: null,
      priority: null,
      source: message.place,
      cameBy,
      reporter: message.author,
    },
    case: null,
    by,
    cause: { what, keys },
  });
}
