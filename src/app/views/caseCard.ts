import { type Case, isLive, ownerOf } from '../../domain/case/case';
import { askedName, kindOf } from '../../domain/case/offered';
import { openPromise } from '../../domain/case/promise';
import { type Desk, priorityOf } from '../../domain/desk/desk';
import type { Instant } from '../../domain/ids';
import { remaining } from '../../domain/sla/clock';
import { clockCalendar, nextDue } from '../../domain/sla/policy';
import type { OpenForm } from '../ports';
import { type Button, type Fact, type Line, type Section, strong, type Tone, text, type View } from '../view';
import { nextDueLine } from './clockText';
import { filesBelow } from './files';
import { writingSince } from './openForms';
import {
  button,
  caseData,
  clientText,
  fact,
  holderLine,
  party,
  person,
  place,
  priorityText,
  quoted,
  time,
} from './parts';
import { promiseFacts } from './promise';

const DESCRIPTION_MAX = 500;

/** The owner has gone: until when, where that is known. */
export interface Gone {
  readonly back: Instant | null;
}

/** What is not of the case itself: who writes on it now, and whether its owner has gone. */
interface Around {
  readonly forms?: readonly OpenForm[];
  readonly gone?: Gone | null;
}

/** The live card of a case: the same on every platform, always drawn from the state as committed and what is around it. */
export function caseCard(it: Case, desk: Desk, at: Instant, { forms = [], gone = null }: Around = {}): View {
  return {
    summary: cardSummary(it, desk),
    title: [text(`${it.ref} · ${it.title}`)],
    tone: toneOf(it, desk, at),
    facts: factsOf(it, desk, at),
    sections: [
      ...described(it),
      ...filesBelow(it.files),
      ...disputed(it, desk),
      ...offered(it, desk),
      ...writingSince(forms, desk),
      ...waits(it, desk, gone),
      ...solved(it, desk),
    ],
    buttons: caseButtons(it),
    footer: footerOf(it, desk),
  };
}

export function cardSummary(it: Case, desk: Desk): string {
  const owner = ownerOf(it);
  const whose = owner === null ? 'no owner yet' : `owner ${desk.people.find((one) => one.id === owner)?.name ?? owner}`;
  const priority =
    it.priority === null ? 'not triaged' : `${it.priority} ${priorityOf(desk, it.priority)?.label ?? ''}`.trim();
  return `${it.ref} ${it.title}. Status ${it.status}, ${priority}, ${whose}. Client: ${clientText(it)}.`;
}

function toneOf(it: Case, desk: Desk, at: Instant): Tone {
  if (it.status === 'Resolved') return 'good';
  if (it.status === 'Closed') return 'muted';
  const next = nextDue(it, desk);
  if (next !== null && remaining(next.clock, clockCalendar(desk, next.clock), at) < 0) return 'urgent';
  return it.priority !== null && it.priority === desk.priorities[0]?.name ? 'urgent' : 'plain';
}

export function factsOf(it: Case, desk: Desk, at: Instant): readonly Fact[] {
  const facts = [
    fact('Status', it.status),
    fact('Priority', priorityLine(it, desk)),
    fact('Owner', holderLine(it, desk)),
    fact('Client', it.contact === null ? clientText(it) : `${clientText(it)} (${it.contact})`),
    fact(isLive(it) ? 'Next due' : 'Clocks', nextDueLine(it, desk, at)),
  ];
  const category = it.category === null ? [] : [fact('Category', it.category)];
  return [...facts, ...promiseFacts(it, desk, at), ...category];
}

function priorityLine(it: Case, desk: Desk): string {
  if (it.priority !== null) return priorityText(desk, it.priority);
  return it.wish === null ? 'Not triaged yet' : `Not triaged yet (${it.wish} was asked for)`;
}

/** The reporter's words below the title; where the title is their first line, it is not said twice. */
function described(it: Case): readonly Section[] {
  const [first = '', ...rest] = it.description.trim().split('\n');
  const words = first.trim() === it.title ? rest.join('\n').trim() : it.description;
  return words.trim() === '' ? [] : [{ kind: 'quote', label: null, text: quoted(words, DESCRIPTION_MAX) }];
}

/** Two people disagree: the higher priority stands until either of them settles it. */
function disputed(it: Case, desk: Desk): readonly Section[] {
  const { dispute } = it.triage;
  if (dispute === null || !isLive(it)) return [];
  const line: Line = [
    person(desk, dispute.proposedBy),
    text(` says ${dispute.proposed}, `),
    person(desk, dispute.standingBy),
    text(` says ${dispute.standing}. ${dispute.standing} stands until either of them settles it.`),
  ];
  return [
    { kind: 'lines', lines: [line] },
    {
      kind: 'buttons',
      buttons: [
        button('keep', `Keep ${dispute.standing}`, caseData(it)),
        button('lower', `Lower to ${dispute.proposed}`, caseData(it)),
      ],
    },
  ];
}

function offered(it: Case, desk: Desk): readonly Section[] {
  const { handover } = it;
  if (handover === null) return [];
  const until: Line = handover.acceptBy === null ? [] : [text('; an answer is due '), time(handover.acceptBy, desk)];
  return [
    {
      kind: 'lines',
      lines: [
        [
          ...(kindOf(handover) === 'advice'
            ? [strong('Advice'), text(` asked of ${askedName(handover.asked)} by `)]
            : [strong('Offered'), text(` to ${askedName(handover.asked)} by `)]),
          person(desk, handover.from),
          ...until,
        ],
      ],
    },
  ];
}

/** It stays with somebody who is off shift, and nobody else is asked. */
function waits(it: Case, desk: Desk, gone: Gone | null): readonly Section[] {
  const owner = ownerOf(it);
  if (owner === null || gone === null) return [];
  const back: Line =
    gone.back === null
      ? [text(', who is off shift; it is not known until when')]
      : [text(', back '), time(gone.back, desk)];
  return [{ kind: 'lines', lines: [[strong('Waits for '), person(desk, owner), ...back]] }];
}

function solved(it: Case, desk: Desk): readonly Section[] {
  if (it.status !== 'Resolved' && it.status !== 'Closed') return [];
  const closing: Line =
    it.status === 'Resolved'
      ? [text(', closes '), time(it.closesAt, desk), text(' unless it is reopened')]
      : [text(', closed '), time(it.closedAt, desk)];
  return [
    { kind: 'quote', label: 'How it was solved', text: quoted(it.resolution, DESCRIPTION_MAX) },
    { kind: 'lines', lines: [[text('Resolved by '), party(it.resolvedBy), ...closing]] },
  ];
}

/** Take, Escalate, Waiting on client or Resume, Resolve or Reopen, Details; the rest in the menu. */
export function caseButtons(it: Case): readonly Button[] {
  const data = caseData(it);
  const details = button('details', 'Details', data);
  if (!isLive(it)) return [button('reopen', 'Reopen', data, { style: 'primary' }), details];
  const take = button('take', 'Take', data, { style: ownerOf(it) === null ? 'primary' : 'plain' });
  const pace =
    it.status === 'Awaiting client' ? button('resume', 'Resume', data) : button('wait', 'Waiting on client', data);
  const escalate = it.handover === null ? [button('escalate', 'Escalate', data, { opensForm: true })] : [];
  return [
    take,
    ...escalate,
    pace,
    button('resolve', 'Resolve', data, { opensForm: true }),
    details,
    button('priority', 'Set priority', data, { opensForm: true, inMenu: true }),
    button('assign', 'Assign', data, { opensForm: true, inMenu: true }),
    button('note', 'Add a note', data, { opensForm: true, inMenu: true }),
    button('reply', 'Reply to the reporter', data, { opensForm: true, inMenu: true }),
    ...handoverButtons(it),
    ...promiseButtons(it),
  ];
}

/** An open proposal can be withdrawn; what was handed over can be handed back. */
function handoverButtons(it: Case): readonly Button[] {
  const { handover, handedBy = null } = it;
  if (handover !== null) return [button('withdraw', 'Withdraw the offer', caseData(it), { inMenu: true })];
  return handedBy === null ? [] : [button('handback', 'Hand back', caseData(it), { opensForm: true, inMenu: true })];
}

function promiseButtons(it: Case): readonly Button[] {
  const promise = openPromise(it);
  if (promise === null) return [];
  const data = { case: it.id, promise: promise.id };
  return [
    button('kept', 'Promise: the client has heard', data, { inMenu: true }),
    button('drop', 'Promise: no longer needed', data, { inMenu: true }),
  ];
}

const named = (platform: string): string => platform.charAt(0).toUpperCase() + platform.slice(1);

function footerOf(it: Case, desk: Desk): Line {
  const from: Line =
    it.source === null ? [] : [text(' · '), place(it.source, `message in ${named(it.source.platform)}`)];
  const level: Line = it.level === null ? [] : [text(` · with ${it.level}`)];
  return [text('Reported by '), party(it.reporter), text(' '), time(it.openedAt, desk), ...level, ...from];
}
