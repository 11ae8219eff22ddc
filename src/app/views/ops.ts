/** How Baton's own messages are doing, for leads: what waits, what is paused, what did not arrive for certain. */
import { type Desk, personBy } from '../../domain/desk/desk';
import type { CaseId, Instant } from '../../domain/ids';
import type { Delivery, Destination, DrawingName, OutboxState, Pause, Troubles } from '../ports';
import { type Inline, type Line, type Section, strong, text, type View } from '../view';
import { button, place, plainView, time, timeText } from './parts';
import { platformName, tendButtons } from './uncertain';

export const OPS_PAGE = 8;

export interface Ops {
  readonly troubles: Troubles;
  readonly outbox: OutboxState;
  /** The references of the cases that are spoken of. */
  readonly refs: ReadonlyMap<CaseId, string>;
  readonly offset: number;
}

/** Most of it in the summary: on a phone it is all that is seen at first. */
export function opsView(ops: Ops, desk: Desk, at: Instant): View {
  const { troubles, outbox } = ops;
  const summary = [
    `${count(outbox.pending, 'message')} on the way`,
    `${outbox.ambiguous} uncertain`,
    `${outbox.dead} given up`,
    `${count(outbox.paused, 'destination')} asked to slow down`,
  ].join(', ');
  const isWell = troubles.total === 0 && outbox.paused === 0 && troubles.oldest === null;
  return {
    ...plainView(`Deliveries: ${summary}.`),
    title: [text('Deliveries')],
    tone: troubles.total > 0 ? 'warning' : 'plain',
    sections: [
      { kind: 'lines', lines: [[text(`${summary}.`)], ...oldestLine(ops, desk)] },
      ...pauses(troubles.pauses, desk),
      ...troubles.deliveries.map((one) => row(one, ops, desk)),
      ...(isWell ? [{ kind: 'lines', lines: [[text('All is well: nothing waits, nothing was lost.')]] } as const] : []),
    ],
    buttons: pages(ops),
    footer: [text(`As of ${timeText(at, desk.zone)}.`)],
  };
}

function oldestLine({ troubles: { oldest }, refs }: Ops, desk: Desk): readonly Line[] {
  if (oldest === null) return [];
  const why = oldest.problem === null ? '' : ` (${oldest.problem})`;
  return [
    [
      text('Waiting longest: '),
      ...whatAndWhere(oldest, refs, desk),
      text(', since '),
      time(oldest.wantedAt, desk),
      text(`${why}.`),
    ],
  ];
}

function pauses(all: readonly Pause[], desk: Desk): readonly Section[] {
  if (all.length === 0) return [];
  const lines = all.map(
    ({ bucket, until, problem }): Line => [
      ...where(placeOfBucket(bucket), desk),
      text(' until '),
      time(until, desk),
      text(`: ${problem}`),
    ],
  );
  return [
    { kind: 'heading', text: 'Asked to slow down' },
    { kind: 'lines', lines },
  ];
}

function row(delivery: Delivery, { refs }: Ops, desk: Desk): Section {
  const { state, sends, problem, wantedAt } = delivery;
  const tries = sends === 0 ? '' : ` Sent ${sends === 1 ? 'once' : `${sends} times`}.`;
  return {
    kind: 'row',
    title: [strong(state === 'dead' ? 'Given up' : 'Uncertain'), text(' · '), ...whatAndWhere(delivery, refs, desk)],
    detail: [text(`${problem ?? ''}${tries} Wanted `), time(wantedAt, desk), text('.')],
    buttons: tendButtons(delivery),
  };
}

function whatAndWhere({ drawing, case: id, to }: Delivery, refs: Ops['refs'], desk: Desk): Line {
  const ref = id === null ? undefined : refs.get(id);
  const what = NAMES[drawing.view] ?? 'a message';
  return [text(ref === undefined ? `${what} to ` : `${what} of ${ref} to `), ...where(to, desk)];
}

/** What a message is, in a lead's words; a kind without a name here is "a message". */
const NAMES: Partial<Readonly<Record<DrawingName, string>>> = {
  'case-card': 'the card',
  opened: 'the confirmation',
  offer: 'an offer to open a case',
  'handover-card': 'a hand-over',
  warning: 'a warning',
  alarm: 'a private warning',
  'alarm-line': 'a word under a warning',
  storm: 'the list of warnings',
  told: 'a private word',
  'thread-line': 'a line in the thread',
  reply: 'a reply',
  resolved: 'the word that it is resolved',
  unsure: 'a question to the owner',
  morning: 'a morning digest',
  evening: 'the evening digest',
  coverage: 'a word on coverage',
  audit: 'how Baton is doing',
  dealt: 'a list of cases that changed hands',
};

function where(to: Destination, desk: Desk): readonly Inline[] {
  if (to.kind === 'person' || to.kind === 'whisper')
    return [text(`${personBy(desk, to.platform, to.user)?.name ?? to.user} (${platformName({ to })})`)];
  const label = `${channelName(to.platform, to.channel, desk)} (${platformName({ to })})`;
  return [place({ platform: to.platform, channel: to.channel, message: '', thread: null }, label)];
}

function channelName(platform: string, channel: string, desk: Desk): string {
  if (desk.triage[platform] === channel) return 'the triage channel';
  return desk.leads[platform] === channel ? 'the leads’ channel' : `channel ${channel}`;
}

function placeOfBucket(bucket: string): Destination {
  const [platform = '', ...rest] = bucket.split('|');
  const name = rest.join('|');
  if (name.startsWith('@')) return { kind: 'person', platform, user: name.slice(1) };
  return { kind: 'channel', platform, channel: name, thread: null };
}

function pages({ offset, troubles }: Ops): View['buttons'] {
  const turn = (label: string, to: number): View['buttons'][number] => button('page', label, { ops: 1, offset: to });
  return [
    ...(offset > 0 ? [turn('Previous', Math.max(0, offset - OPS_PAGE))] : []),
    ...(offset + troubles.deliveries.length < troubles.total ? [turn('Next', offset + OPS_PAGE)] : []),
  ];
}

const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;
