/** Journals outlive versions of Baton: what was written before a field existed folds to a case that goes on. */
import type { Case } from '../../../src/domain/case/case';
import type { CaseEvent } from '../../../src/domain/case/events';
import { evolve } from '../../../src/domain/case/evolve';
import { DAY_MS, MINUTE_MS } from '../../../src/domain/ids';
import {
  accepts,
  alice,
  beginning,
  carol,
  caseOf,
  escalates,
  lena,
  opened,
  passes,
  resolves,
  type Story,
  takes,
  told,
  wakes,
  withdraws,
} from '../../support/given';

const without = <T extends object>(it: T, names: readonly string[]): T =>
  Object.fromEntries(Object.entries(it).filter(([name]) => !names.includes(name))) as T;

/** What a hand-over was written without, before it could be for advice, had reminders, went to people or came in a pack. */
const aged = (event: CaseEvent): CaseEvent =>
  event.type === 'HandoverProposed' || event.type === 'HandoverMovedOn'
    ? { ...event, handover: without(event.handover, ['kind', 'deadline', 'peopleBefore', 'remindAt', 'pack']) }
    : without(event, ['calendars', 'because', 'why', 'deal']);

const refolded = (story: Story, age: (event: CaseEvent) => CaseEvent): Story => {
  const journal = story.journal.map((recorded) => ({ ...recorded, event: age(recorded.event) }));
  const folded = journal.reduce<Case | null>((it, { event, ...happening }) => evolve(it, event, happening), null);
  return { ...story, journal, case: folded };
};

const offered = told(beginning(), [opened(), takes(alice), escalates(alice)]);
const old = refolded(offered, aged);

describe('a journal from before the contract of a hand-over', () => {
  it('is a different one, and folds to the same case but for what it did not know', () => {
    expect(old.journal).not.toEqual(offered.journal);
    const unknown = ['handover', 'calendars'];
    expect(without(caseOf(old), unknown)).toEqual(without(caseOf(offered), unknown));
    expect(caseOf(old).handover).toMatchObject({ tried: 'Water', asked: { level: 'L2 Specialists' }, askedBefore: [] });
  });

  it('has an offer that moves ownership when it is accepted, and can be handed back', () => {
    const accepted = told(old, [accepts(carol)]);
    expect(caseOf(accepted)).toMatchObject({
      holder: { kind: 'owner', person: 'carol' },
      handedBy: 'alice',
      hops: [{ from: 'alice', to: 'carol' }],
    });
    const back = told(accepted, [escalates(carol, { person: alice.id }), accepts(alice, 'h2'), resolves(alice)]);
    expect(caseOf(back)).toMatchObject({ status: 'Resolved', hops: [{ to: 'carol' }, { to: 'alice' }] });
  });

  it('has an offer that goes to the next in time, and can be withdrawn', () => {
    const moved = told(old, [passes(16 * MINUTE_MS), wakes()]);
    expect(caseOf(moved).handover).toMatchObject({
      asked: { kind: 'level', level: 'L3 Management' },
      askedBefore: ['L2 Specialists'],
    });
    expect(caseOf(told(moved, [accepts(lena)])).holder).toMatchObject({ person: 'lena' });
    expect(caseOf(told(old, [withdraws(alice)])).handover).toBeNull();
  });

  it('may have an offer to the leads without an end, which stays', () => {
    const endless = refolded(old, (event) =>
      event.type === 'HandoverProposed'
        ? { ...event, handover: { ...event.handover, asked: { kind: 'leads' }, acceptBy: null } }
        : event,
    );
    const later = told(endless, [passes(3 * DAY_MS), wakes()]);
    expect(caseOf(later).handover).toMatchObject({ asked: { kind: 'leads' }, acceptBy: null });
    expect(caseOf(told(later, [accepts(lena)])).holder).toMatchObject({ person: 'lena' });
  });

  it('may stand behind a case as it was kept then, without hops and touches', () => {
    const kept: Story = { ...old, case: without(caseOf(old), ['hops', 'handedBy', 'touched', 'calendars']) };
    expect(caseOf(told(kept, [accepts(carol)]))).toMatchObject({
      holder: { person: 'carol' },
      hops: [{ from: 'alice', to: 'carol' }],
    });
  });
});
