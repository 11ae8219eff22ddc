import { type Case, isLive } from '../../domain/case/case';
import type { Command } from '../../domain/case/commands';
import { priorityOf } from '../../domain/desk/desk';
import { mayNot } from '../../domain/desk/roles';
import { type Line, readLine } from '../../inputs/commandLine';
import type { Engine } from '../perform';
import type { Answer } from '../view';
import { noteForm, replyForm, resolveForm } from '../views/forms';
import { helpView } from '../views/help';
import { actInWords, rehearse } from './act';
import { findCase, said } from './find';
import { list, search, showDetails, whyLine } from './look';
import { openByLine } from './opening';
import { ops } from './ops';
import { overseeLine } from './overseeing';
import { peopleNamed } from './people';
import { formToEscalate, formToHandBack, someoneElse, unsaid } from './proposing';
import { peopleLine } from './rota';
import { targetLine } from './target';
import type { Caller } from './types';
import { openForm } from './writing';

type Act = Extract<Line, { kind: 'act' }>;

/** One line of the grammar, the same on every platform. Every mistake gets a sentence that says what to do instead. */
export async function runLine(engine: Engine, words: string, caller: Caller): Promise<Answer> {
  const desk = engine.desk();
  const line = readLine(
    words,
    desk.priorities.map((priority) => priority.name),
  );
  switch (line.kind) {
    case 'help':
      return { kind: 'said', view: helpView(desk) };
    case 'ops':
      return ops(engine, 0, caller);
    case 'unknown':
      return said(unknownWord(line));
    case 'oversee':
      return overseeLine(engine, line, caller);
    case 'people':
      return peopleLine(engine, line, caller);
    case 'new':
      return openByLine(engine, line.title, caller);
    case 'list':
      return list(engine, line.filter, line.page, caller);
    case 'search':
      return search(engine, line.words, 0, caller);
    case 'priority': {
      const priority = priorityOf(desk, line.priority);
      return onCase(engine, line.ref, caller, (it) =>
        priority === null
          ? Promise.resolve(said('The desk has no such priority.'))
          : actInWords(engine, it, { kind: 'TriageCase', priority: priority.name, seen: null }, caller),
      );
    }
    case 'assign':
      return onCase(
        engine,
        line.ref,
        caller,
        async (it) => mayNotAsk(engine, 'assign', caller) ?? assignTo(engine, it, line.person, caller),
      );
    case 'act':
      return onCase(engine, line.ref, caller, (it) => actOn(engine, it, line, caller));
  }
}

function unknownWord({ word, nearest }: Extract<Line, { kind: 'unknown' }>): string {
  const shown = word.length > 40 ? `${word.slice(0, 40)}…` : word;
  const meant = nearest === null ? '' : `Did you mean \`${nearest}\`? `;
  return `“${shown}” is not a word of this desk. ${meant}\`help\` lists them all; to open a case write \`new\` and a few words.`;
}

async function onCase(
  engine: Engine,
  ref: Parameters<typeof findCase>[1],
  caller: Caller,
  then: (it: Case) => Promise<Answer>,
): Promise<Answer> {
  const found = await findCase(engine, ref, caller);
  return typeof found === 'string' ? said(found) : then(found);
}

/** Asked first where something would be said about the case, or of the desk, before the command is tried. */
const NEEDS: Readonly<Partial<Record<Act['word'] | 'assign', Command['kind']>>> = {
  assign: 'AssignCase',
  handback: 'EscalateCase',
  withdraw: 'WithdrawHandover',
  target: 'SetTarget',
};

function mayNotAsk(engine: Engine, word: Act['word'] | 'assign', { party }: Caller): Answer | null {
  const needed = NEEDS[word];
  const refusal = needed === undefined ? null : mayNot(engine.desk(), party, needed);
  return refusal === null ? null : said(refusal.say);
}

async function actOn(engine: Engine, it: Case, { word, rest }: Act, caller: Caller): Promise<Answer> {
  const refused = mayNotAsk(engine, word, caller);
  if (refused !== null) return refused;
  const act = (command: Command): Promise<Answer> => actInWords(engine, it, command, caller);
  switch (word) {
    case 'show':
      return showDetails(engine, it, caller);
    case 'why':
      return whyLine(engine, it, rest);
    case 'target':
      return targetLine(engine, it, rest, caller);
    case 'take':
      return act({ kind: 'TakeCase', takeOver: true, seen: null });
    case 'wait':
      return act({ kind: 'AwaitClient', seen: null });
    case 'resume':
      return act({ kind: 'ResumeCase', seen: null });
    case 'reopen':
      return act({ kind: 'ReopenCase', seen: null });
    case 'resolve':
      return rest === ''
        ? formUnless(engine, it, { kind: 'ResolveCase', how: '-', seen: null }, caller)
        : act({ kind: 'ResolveCase', how: rest, seen: null });
    case 'note':
      return rest === ''
        ? formUnless(engine, it, { kind: 'AddNote', text: '-' }, caller)
        : act({ kind: 'AddNote', text: rest });
    case 'reply':
      return rest === ''
        ? formUnless(engine, it, { kind: 'ReplyToReporter', text: '-' }, caller)
        : act({ kind: 'ReplyToReporter', text: rest });
    case 'escalate':
      return formUnless(engine, it, unsaid(null), caller);
    case 'handback':
      return handBack(engine, it, caller);
    case 'withdraw':
      return it.handover === null
        ? said(`${it.ref} is not offered to anybody, so there is nothing to withdraw.`)
        : act({ kind: 'WithdrawHandover', handover: it.handover.id });
  }
}

/** The form for what the command needs to be told, unless it would be refused anyway. */
async function formUnless(engine: Engine, it: Case, command: Command, caller: Caller): Promise<Answer> {
  const refusal = rehearse(engine, it, command, caller);
  const isOpenYet = refusal?.refused === 'no-further-level' && someoneElse(engine, it, caller);
  if (refusal !== null && !isOpenYet) return said(refusal.say);
  if (command.kind === 'EscalateCase') return openForm(engine, it, formToEscalate(engine, it, caller), caller);
  if (command.kind === 'ResolveCase') return openForm(engine, it, resolveForm(it), caller);
  return openForm(engine, it, command.kind === 'AddNote' ? noteForm(it) : replyForm(it), caller);
}

async function handBack(engine: Engine, it: Case, caller: Caller): Promise<Answer> {
  const form = await formToHandBack(engine, it, caller);
  if (form === null)
    return said(
      `Nobody handed ${it.ref} to its owner, so there is nobody to hand it back to. \`escalate ${it.ref}\` asks somebody else.`,
    );
  const refusal = rehearse(engine, it, unsaid(null, it.handedBy ?? null), caller);
  return refusal === null ? openForm(engine, it, form, caller) : said(refusal.say);
}

async function assignTo(engine: Engine, it: Case, typed: string, caller: Caller): Promise<Answer> {
  if (typed === '')
    return said(
      `To whom? Write \`assign ${it.ref} @name\`.${isLive(it) ? '' : ' (The case is done, so it would have to be reopened first.)'}`,
    );
  const found = peopleNamed(engine.desk(), typed, caller);
  const [person] = found;
  if (person === undefined)
    return said(
      `Nobody of the desk is called “${typed.slice(0, 60)}”. The desk: ${
        engine
          .desk()
          .people.map((one) => one.name)
          .join(', ') || 'nobody yet'
      }.`,
    );
  if (found.length > 1)
    return said(`“${typed.slice(0, 60)}” could be ${found.map((one) => one.name).join(' or ')}. Write the full name.`);
  return actInWords(engine, it, { kind: 'AssignCase', to: person.id, seen: null }, caller);
}
