import { type Case, type Party, type Place, sameParty } from '../../domain/case/case';
import type { Audience, Command } from '../../domain/case/commands';
import { TEXT_MAX } from '../../domain/case/open';
import type { IntakeMode } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import { writeFiles } from '../../inputs/files';
import { whisperTo } from '../audience';
import { openFromMessage } from '../capture';
import { keepDeletion, wasDeleted } from '../early';
import { type Engine, perform } from '../perform';
import type { CaseAt, Intent } from '../ports';
import type { Caller, Heard } from './types';

/** A message in a channel: it belongs to the case of its thread, or it starts one where the channel takes cases in. */
export async function heard(engine: Engine, message: Heard, caller: Caller): Promise<void> {
  const at = await engine.store.caseAt(message.place);
  if (at !== null) return hearOnCase(engine, message, at, caller);
  if (message.place.thread !== null || isEmpty(message)) return;
  const mode = intakeMode(engine, message.place);
  if (mode === null || mode === 'reaction' || (await wasDeleted(engine, message.place))) return;
  if (mode === 'auto') {
    await openFromMessage(
      engine,
      { ...message, author: caller.party },
      { by: caller.party, cameBy: 'auto', ...caller.cause },
    );
  }
  if (mode === 'ask') await offer(engine, message, caller);
}

const isEmpty = ({ text, files = [] }: Heard): boolean => text.trim() === '' && files.length === 0;

function intakeMode(engine: Engine, place: Place): IntakeMode | null {
  return (
    engine.desk().intake.find((one) => one.platform === place.platform && one.channel === place.channel)?.mode ?? null
  );
}

async function hearOnCase(engine: Engine, message: Heard, at: CaseAt, caller: Caller): Promise<void> {
  const it = await engine.store.caseById(at.case);
  if (it === null || isSource(it, message.place)) return;
  const command: Command = {
    kind: 'HearMessage',
    place: message.place,
    text: message.text,
    files: message.files,
    audience: audienceOf(it, at, caller.party),
    at: message.at,
  };
  await perform(engine, { command, case: at.case, by: caller.party, cause: caller.cause });
}

/** The message that the case was opened from is its description already, however late it is heard of again. */
function isSource(it: Case, place: Place): boolean {
  const { source } = it;
  return (
    source !== null &&
    source.platform === place.platform &&
    source.channel === place.channel &&
    source.message === place.message
  );
}

/** The thread of the source is where the reporter reads; threads of the card and of warnings are the desk's own. */
function audienceOf(it: Case, at: CaseAt, author: Party): Audience {
  if (at.role === 'source' || at.role === 'heard') return 'public';
  return at.role === 'told' && sameParty(author, it.reporter) ? 'public' : 'desk';
}

async function offer(engine: Engine, message: Heard, caller: Caller): Promise<void> {
  const { platform, channel, message: id } = message.place;
  const { party } = caller;
  const to = whisperTo(engine.desk(), { platform, channel, thread: null }, party);
  if (to === null) return;
  const intent: Intent = {
    kind: 'post',
    case: null,
    to,
    dedupe: `offer:${platform}:${channel}:${id}`,
    drawing: {
      view: 'offer',
      args: {
        platform,
        channel,
        message: id,
        text: message.text.slice(0, TEXT_MAX),
        author: JSON.stringify(party),
        ...filesArg(message.files),
      },
    },
    urgency: 2,
  };
  await engine.store.want([intent], caller.cause, engine.clock.now());
  engine.nudge();
}

const filesArg = (files: Heard['files'] = []): { readonly files?: string } =>
  files.length === 0 ? {} : { files: writeFiles(files) };

/** An edit or a deletion may arrive before its message: the thread says which case it belongs to. */
export async function edited(engine: Engine, message: Heard, caller: Caller): Promise<void> {
  const { place, text, files, at } = message;
  const found = await engine.store.caseAt(place);
  if (found === null) return;
  await perform(engine, {
    command: { kind: 'HearEdit', place, text, files, at },
    case: found.case,
    by: caller.party,
    cause: caller.cause,
  });
}

export async function deleted(engine: Engine, place: Place, at: Instant, caller: Caller): Promise<void> {
  const found = await engine.store.caseAt(place);
  if (found === null) {
    if (place.thread === null && intakeMode(engine, place) !== null) await keepDeletion(engine, place, at, caller);
    return;
  }
  await perform(engine, {
    command: { kind: 'HearDeletion', place, at },
    case: found.case,
    by: caller.party,
    cause: caller.cause,
  });
}
