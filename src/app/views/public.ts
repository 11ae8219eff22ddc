/** What the reporter reads in their thread: short, kind, and never more than they need. */
import { type Case, partyName } from '../../domain/case/case';
import type { Recorded } from '../../domain/case/events';
import { type Desk, personOf } from '../../domain/desk/desk';
import { type Line, strong, text, type View } from '../view';
import { party, plainView } from './parts';

/** The short confirmation under the message that a case was opened from. */
export function openedView(it: Case, desk: Desk): View {
  const whose = it.holder.kind === 'nobody' ? null : personOf(desk, it.holder.person)?.name;
  const next =
    it.holder.kind === 'owner' ? `${whose ?? 'The desk'} is on it.` : `${whose ?? 'The desk'} will find it an owner.`;
  return spoken(
    [strong(it.ref), text(` is open: ${it.title}. ${next} Replies in this thread belong to the case.`)],
    `${it.ref} is open: ${it.title}. ${next}`,
  );
}

/** One line in the thread of the case about what has just happened; null for what the reporter need not read. */
export function threadLineView(it: Case, { event, by }: Recorded, desk: Desk): View | null {
  const say = lineOf(it, event, partyName(by), desk);
  return say === null ? null : spoken([strong(it.ref), text(`: ${say}`)], `${it.ref}: ${say}`);
}

function lineOf(it: Case, event: Recorded['event'], name: string, desk: Desk): string | null {
  switch (event.type) {
    case 'CaseTaken':
      return `${name} is on it.`;
    case 'CaseAssigned':
      return `${personOf(desk, event.owner)?.name ?? event.owner} is on it now.`;
    case 'HandoverAccepted':
      return `${name} has taken over and knows what was tried so far.`;
    case 'ClientAwaited':
      return `${name} needs a word from you before it can go on. Answer in this thread and work resumes by itself.`;
    case 'CaseReopened':
      return `${name} reopened it. ${it.holder.kind === 'owner' ? 'Work goes on.' : 'The desk will find it an owner.'}`;
    default:
      return null;
  }
}

export function replyView(it: Case, { event, by }: Recorded): View | null {
  if (event.type !== 'ReplySent') return null;
  return {
    ...plainView(`${partyName(by)} on ${it.ref}: ${event.text}`),
    sections: [{ kind: 'quote', label: `${partyName(by)} on ${it.ref}`, text: event.text }],
  };
}

export function resolvedView(it: Case, { event, by }: Recorded): View | null {
  if (event.type !== 'CaseResolved') return null;
  return {
    ...plainView(`${it.ref} is resolved by ${partyName(by)}: ${event.how}`),
    tone: 'good',
    sections: [
      {
        kind: 'lines',
        lines: [[party(it.reporter, true), text(' '), strong(it.ref), text(` is resolved by ${partyName(by)}.`)]],
      },
      { kind: 'quote', label: 'How it was solved', text: event.how },
      { kind: 'lines', lines: [[text('If it is not solved for you, answer here and the desk will look again.')]] },
    ],
  };
}

const spoken = (line: Line, summary: string): View => ({
  ...plainView(summary),
  sections: [{ kind: 'lines', lines: [line] }],
});
