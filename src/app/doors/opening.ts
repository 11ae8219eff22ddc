/** The ways in which a case is opened: a line, the form, a message, an offer. (An emoji goes through capture.ts.) */
import type { Case, Client, Party, Place } from '../../domain/case/case';
import type { CaseFile } from '../../domain/case/file';
import { TEXT_MAX, TITLE_MAX } from '../../domain/case/open';
import { priorityOf } from '../../domain/desk/desk';
import { readFiles, titleOf, writeFiles } from '../../inputs/files';
import { clientNamed, NewCaseForm, readClientValue, titleFrom } from '../../inputs/forms';
import { readAuthor, readSource } from '../../inputs/origin';
import { HEADLINE_MAX, openFromMessage } from '../capture';
import { openAndCatchUp } from '../early';
import type { Engine } from '../perform';
import type { Outcome } from '../ports';
import type { Answer, ButtonData } from '../view';
import { type Draft, newCaseForm } from '../views/forms';
import { maySee, said } from './find';
import { showDetails } from './look';
import type { Submitted } from './submit';
import type { Caller, Heard } from './types';

const CLIENTS_MAX = 20;

/** `new` opens the form, `new TITLE` opens it with the title filled in; where no form can open, the case at once. */
export async function openByLine(engine: Engine, typed: string, caller: Caller): Promise<Answer> {
  const title = titleFrom(typed, TITLE_MAX);
  // What does not fit into a title is kept where it fits.
  const description = title === typed.trim() ? '' : typed.trim().slice(0, TEXT_MAX);
  const { files = [] } = caller;
  if (caller.forms !== false || title === '')
    return blankForm(engine, { title: titleOf(title, files, TITLE_MAX), description, files, data: {} });
  const outcome = await open(
    engine,
    {
      title,
      description,
      files,
      ...NOTHING_SAID,
      source: await ownThread(engine, caller),
      reporter: caller.party,
      cameBy: `${caller.platform}-command`,
    },
    caller,
  );
  return answered(engine, outcome, caller);
}

/** A line that others can reply to is where its case lives, unless its thread belongs to a case already. */
async function ownThread(engine: Engine, { spoken, place }: Caller): Promise<Place | null> {
  if (spoken !== true || place === null) return null;
  return (await engine.store.caseAt(place)) === null ? place : null;
}

const NOTHING_SAID = { client: null, contact: null, category: null, priority: null };

/** The button that stands for a form: what it carries goes on into the form. */
export function openBlank(engine: Engine, data: ButtonData): Promise<Answer> {
  const files = readFiles(data['files']);
  return blankForm(engine, { title: titleOf('', files, TITLE_MAX), description: '', files, data });
}

async function blankForm(
  engine: Engine,
  draft: Pick<Draft, 'title' | 'description' | 'files' | 'data'>,
): Promise<Answer> {
  const { files, data } = draft;
  const carried = files.length === 0 ? data : { ...data, files: writeFiles(files) };
  const known = await suggestClients(engine, '');
  return { kind: 'form', form: newCaseForm(engine.desk(), { ...draft, data: carried, client: null, known }) };
}

/** "Open a case" on a message: its words fill the form; a message that belongs to a case already shows that case. */
export async function openFrom(
  engine: Engine,
  message: Heard & { readonly author: Party },
  _: Caller,
): Promise<Answer> {
  const at = await engine.store.caseAt(message.place);
  const existing = at === null ? null : await engine.store.caseById(at.case);
  if (existing !== null)
    return said(`That message belongs to ${existing.ref} already: ${existing.title} (${existing.status}).`);
  const { platform, channel, message: id, thread } = message.place;
  const data: ButtonData = {
    platform,
    channel,
    message: id,
    thread: thread ?? '',
    author: JSON.stringify(message.author),
  };
  const { text, files = [] } = message;
  const title = titleOf(text, files, HEADLINE_MAX);
  return blankForm(engine, { title, description: text.trim() === title ? '' : text, files, data });
}

/** The form was sent: bad input stays in it with a sentence under the field. */
export async function openByForm(engine: Engine, { data, values }: Submitted, caller: Caller): Promise<Answer> {
  const form = NewCaseForm.parse(values);
  const priority = priorityOf(engine.desk(), form.priority);
  if (form.priority !== null && priority === null)
    return {
      kind: 'errors',
      fields: { priority: 'The desk no longer has this priority; choose another, or leave it open.' },
    };
  const outcome = await open(
    engine,
    {
      title: form.title,
      description: form.description,
      files: readFiles(data['files']),
      client: (await clientOf(engine, form.client_new === null ? form.client : `new:${form.client_new}`)) ?? null,
      contact: null,
      category: form.category,
      priority: priority?.name ?? null,
      source: readSource(data),
      reporter: readAuthor(data['author']) ?? caller.party,
      cameBy: `${caller.platform}-form`,
    },
    caller,
  );
  if (outcome.kind !== 'refused') return answered(engine, outcome, caller);
  const field = outcome.refusal.refused.startsWith('title')
    ? 'title'
    : outcome.refusal.refused.startsWith('text')
      ? 'description'
      : '';
  return { kind: 'errors', fields: { [field]: outcome.refusal.say } };
}

async function clientOf(engine: Engine, value: string | null): Promise<Client | null> {
  const chosen = readClientValue(value);
  if (chosen === null) return null;
  return 'id' in chosen ? engine.store.clientById(chosen.id) : clientNamed(chosen.name);
}

/** The writer accepted the offer under their message. */
export async function openFromOffer(engine: Engine, data: ButtonData, caller: Caller): Promise<Answer> {
  const source = readSource({ ...data, thread: '' });
  const offer =
    source === null
      ? null
      : await engine.store.drawingOf(`offer:${source.platform}:${source.channel}:${source.message}`);
  if (source === null || offer === null)
    return said(
      'That message is no longer known here. Write `new` and a few words, or use “Open a case” from the message’s menu.',
    );
  const author = readAuthor(offer.args['author']) ?? caller.party;
  const words = { text: String(offer.args['text'] ?? ''), files: readFiles(offer.args['files']) };
  const message = { place: source, author, ...words, at: engine.clock.now() };
  const outcome = await openFromMessage(engine, message, {
    by: caller.party,
    cameBy: `${caller.platform}-offer`,
    ...causeOf(caller),
  });
  return outcome.kind === 'refused' ? said(outcome.refusal.say) : answered(engine, outcome, caller);
}

const causeOf = (caller: Caller): { readonly what: string; readonly keys: readonly string[] } => caller.cause;

interface Opening {
  readonly title: string;
  readonly description: string;
  readonly files: readonly CaseFile[];
  readonly client: Client | null;
  readonly contact: string | null;
  readonly category: string | null;
  readonly priority: Case['priority'];
  readonly source: Place | null;
  readonly reporter: Party;
  readonly cameBy: string;
}

const open = (engine: Engine, opening: Opening, caller: Caller): Promise<Outcome> =>
  openAndCatchUp(engine, {
    command: { kind: 'OpenCase', ...opening },
    case: null,
    by: caller.party,
    cause: caller.cause,
  });

/** Whoever opens a case is told its reference, also when the platform sent the same thing twice. */
async function answered(engine: Engine, outcome: Outcome, caller: Caller): Promise<Answer> {
  if (outcome.kind === 'refused') return said(outcome.refusal.say);
  if (outcome.case === null) return said('That was done already.');
  const { ref, title, holder } = outcome.case;
  if (outcome.kind === 'duplicate' && !maySee(engine.desk(), outcome.case, caller.party))
    return said(`That message belongs to ${ref} already; the desk looks after it.`);
  if (outcome.kind === 'duplicate') return showDetails(engine, outcome.case, caller);
  return said(`${ref} is open: ${title}.${toldText(engine, holder, caller)}`);
}

function toldText(engine: Engine, holder: Case['holder'], { party }: Caller): string {
  if (holder.kind === 'nobody') return '';
  if (party.kind === 'person' && party.id === holder.person)
    return holder.kind === 'owner' ? ' It is yours.' : ' It is your turn to find it an owner.';
  return ` ${engine.desk().people.find((one) => one.id === holder.person)?.name ?? 'The desk'} has been told.`;
}

/** Known clients that start with what was typed, and the offer to create what is not among them. */
export async function suggestClients(
  engine: Engine,
  typed: string,
): Promise<readonly { readonly value: string; readonly label: string }[]> {
  const known = await engine.store.clients(typed.trim(), CLIENTS_MAX - 1);
  const fresh = clientNamed(typed);
  const isNew = fresh !== null && !known.some((client) => client.id === fresh.id);
  const options = known.map((client) => ({ value: `id:${client.id}`, label: client.name }));
  return isNew ? [...options, { value: `new:${fresh.name}`, label: `Create “${fresh.name}”` }] : options;
}
