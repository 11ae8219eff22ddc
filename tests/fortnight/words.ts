/**
 * What must hold of who is asked for what, and of the words that go out.
 *
 * - Once: nobody is asked twice within one round of a proposal, nor within one round of claims. A round of claims ends when the
 *   case changes, and when whoever's turn it is goes home; then those who are there are asked anew.
 * - Reason: what Baton gives, offers or makes somebody's turn by itself says why, in the journal and in the message about it.
 * - Peace: somebody off shift is asked only for what is theirs to answer, told only of what is theirs (`BY_POLICY`), and called by
 *   name in a channel only when they are a lead.
 * - One message: no posting stands twice.
 */
import type { CaseEvent } from '../../src/domain/case/events';
import type { CaseId } from '../../src/domain/ids';
import type { Books, Change } from './books';
import type { Sent } from './node';
import { MEMBERS, onShift } from './roster';

/** Asks for an answer. Whether somebody on shift could have been asked instead is judged in checks.ts. */
const ASKS: ReadonlySet<string> = new Set([
  'handover-card',
  'pack',
  'told of HandoverReminded',
  'told of TurnNamed',
  'told of CaseOpened',
]);
/** What may reach somebody off shift besides: how it goes on with what they own or have handed over, and a swap of a later shift. */
const BY_POLICY: ReadonlySet<string> = new Set([
  'swap',
  'alarm',
  'told of CaseResumed',
  'told of CaseAssigned',
  'told of HandoverAccepted',
  'told of HandoverDeclined',
  'told of HandoverExpired',
  'told of HandoverMovedOn',
  'told of HandoverWithdrawn',
]);

const LEADS: readonly string[] = MEMBERS.filter(({ role }) => role === 'lead').map(({ id }) => id);

export interface Words {
  changed(change: Change): void;
  sent(sent: Sent): void;
  /** How many messages of each kind went to people off shift. */
  readonly offShift: Map<string, number>;
}

interface Said {
  readonly about: CaseEvent['type'];
  /** What words about it have to contain; empty: nothing in particular. */
  readonly reason: string;
  /** Whom it concerns: who owned the case before or owns it now, and who has handed it over. */
  readonly concerns: readonly (string | undefined)[];
}

interface WordsParts {
  readonly now: () => number;
  readonly books: () => Books;
  readonly violated: (what: string) => void;
}

export function createWords({ now, books, violated }: WordsParts): Words {
  const offers = new Map<CaseId, Set<string>>();
  const claims = new Map<CaseId, Set<string>>();
  /** What the words about a version of a case have to contain. */
  const told = new Map<string, Said>();
  const offShift = new Map<string, number>();

  const once = (rounds: Map<CaseId, Set<string>>, it: Change['after'], whom: string, isNew: boolean): void => {
    const round = isNew ? new Set<string>() : (rounds.get(it.id) ?? new Set<string>());
    if (round.has(whom)) violated(`${it.ref}: ${whom} is asked twice in one round`);
    rounds.set(it.id, round.add(whom));
  };
  const onOffer = (event: CaseEvent, { after }: Change): void => {
    if (event.type !== 'HandoverProposed' && event.type !== 'HandoverMovedOn') return;
    const { asked, peopleBefore = [] } = event.handover;
    const isNew = event.type === 'HandoverProposed' && peopleBefore.length === 0;
    if (asked.kind === 'person') once(offers, after, asked.person, isNew);
  };
  const onClaim = (event: CaseEvent, { before, after }: Change): void => {
    if (event.type !== 'TurnNamed' || event.holder.kind !== 'turn') return;
    const { person, why } = event.holder;
    // Nobody else is there: whose turn it is hears of it again.
    if (before?.holder.kind === 'turn' && before.holder.person === person && before.holder.why === why) return;
    once(claims, after, person, (event.holder.passed ?? []).length === 0);
  };
  const reasonOf = (event: CaseEvent): string | null => {
    if (event.type === 'TurnNamed') return event.holder.kind === 'turn' ? (event.holder.reason ?? '') : null;
    if (event.type === 'CaseAssigned') return event.why ?? '';
    return event.type === 'HandoverProposed' ? event.handover.needed : null;
  };
  const changed = (change: Change): void => {
    const { before, after, events } = change;
    const concerns = [before, after].flatMap((it) => [
      it?.holder.kind === 'nobody' ? undefined : it?.holder.person,
      it?.handover?.from,
    ]);
    for (const [index, { event, by }] of events.entries()) {
      onOffer(event, change);
      onClaim(event, change);
      const reason = reasonOf(event);
      told.set(`${after.id} ${after.version - events.length + 1 + index}`, {
        about: event.type,
        reason: reason ?? '',
        concerns,
      });
      if (by.kind === 'system' && reason?.trim() === '') violated(`${after.ref}: ${event.type} without a reason`);
    }
  };

  const kindOf = ({ posting }: Sent): string => {
    const { view, args } = posting?.drawing ?? { view: 'unknown', args: {} };
    return view === 'told' ? `told of ${told.get(`${posting?.case} ${args['version']}`)?.about}` : view;
  };
  const checkReason = ({ posting, view, to }: Sent): void => {
    const it = posting?.case == null ? undefined : books().live.get(posting.case);
    if (posting === null || it === undefined || to.kind !== 'person') return;
    const { view: kind, args } = posting.drawing;
    const isOffer = kind === 'handover-card' && it.handover?.id === args['handover'];
    const about = told.get(`${it.id} ${args['version']}`);
    const reason = isOffer ? it.handover?.needed : kind === 'told' ? about?.reason : undefined;
    if (reason !== undefined && about?.about !== 'HandoverProposed' && !JSON.stringify(view).includes(reason))
      violated(`${it.ref}: a ${kind} (${about?.about ?? ''}) does not say “${reason}”`);
  };
  const isAsked = ({ posting }: Sent, person: string): boolean => {
    const it = posting?.case == null ? undefined : books().live.get(posting.case);
    if (it === undefined) return posting?.drawing.view === 'pack';
    const { handover, holder } = it;
    if (handover === null) return holder.kind === 'turn' && holder.person === person;
    const { asked, peopleBefore = [] } = handover;
    if (asked.kind === 'leads' && LEADS.includes(person)) return true;
    return (asked.kind === 'person' && asked.person === person) || peopleBefore.some((one) => one === person);
  };
  const isConcerned = ({ posting }: Sent, person: string): boolean => {
    if (posting === null || posting.case === null || posting.drawing.view !== 'told') return true;
    return told.get(`${posting.case} ${posting.drawing.args['version']}`)?.concerns.includes(person) === true;
  };
  const checkPeace = (sent: Sent): void => {
    const there = onShift(now(), books().said);
    const { to, view } = sent;
    if (to.kind === 'person') {
      const person = MEMBERS.find(({ id }) => to.user === `U0${id.toUpperCase()}`)?.id;
      if (person === undefined || there.has(person)) return;
      const kind = kindOf(sent);
      offShift.set(kind, (offShift.get(kind) ?? 0) + 1);
      const isTheirs = ASKS.has(kind) ? isAsked(sent, person) : BY_POLICY.has(kind) && isConcerned(sent, person);
      if (!isTheirs) violated(`${person} is off shift and gets a ${kind} about ${sent.posting?.case}`);
      return;
    }
    const called = [...JSON.stringify(view).matchAll(/"person":"(\w+)","name":"[^"]*","ping":true/g)].map(
      ([, id]) => id,
    );
    for (const { id, role } of MEMBERS.filter((one) => called.includes(one.id) && !there.has(one.id))) {
      offShift.set(`call in ${kindOf(sent)}`, (offShift.get(`call in ${kindOf(sent)}`) ?? 0) + 1);
      if (role !== 'lead') violated(`${id} is off shift and called by name in a ${kindOf(sent)}`);
    }
  };
  return {
    changed,
    offShift,
    sent: (sent) => {
      if (sent.again) return;
      if (sent.twice) violated(`a ${kindOf(sent)} stands twice`);
      checkReason(sent);
      checkPeace(sent);
    },
  };
}
