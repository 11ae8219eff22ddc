import type { Desk } from '../../../src/domain/desk/desk';
import { DAY_MS, later, MINUTE_MS, personId } from '../../../src/domain/ids';
import {
  accepts,
  ada,
  alice,
  assigns,
  bob,
  carol,
  DESK,
  declines,
  escalates,
  given,
  givenOn,
  lena,
  opened,
  passes,
  ravi,
  resolves,
  TEN,
  takes,
  triages,
  vera,
  waits,
  wakes,
} from '../../support/given';

const offered = [opened(), takes(alice), escalates(alice)] as const;
const L2 = { kind: 'level', level: 'L2 Specialists' };
const L3 = { kind: 'level', level: 'L3 Management' };

describe('handing a case over', () => {
  it('asks the next level, until when, and leaves the owner the owner', () => {
    const it = given(opened(), takes(alice)).when(escalates(alice)).happens('HandoverProposed');
    expect(it).toMatchObject({
      holder: { kind: 'owner', person: 'alice' },
      level: 'L1 Frontline',
      handover: {
        id: 'h1',
        from: 'alice',
        asked: L2,
        tried: 'Water',
        needed: 'A fire engine',
        told: 'To leave the room',
        acceptBy: TEN + 2 * MINUTE_MS + 15 * MINUTE_MS,
      },
    });
  });

  it.each(['tried', 'needed', 'told'])('requires %s', (field) => {
    given(opened())
      .when(escalates(alice, { [field]: ' \n' }))
      .refused('handover-incomplete');
  });

  it('takes 10,000 characters in a field and refuses one more', () => {
    given(opened())
      .when(escalates(alice, { tried: 'x'.repeat(10_000) }))
      .happens('HandoverProposed');
    given(opened())
      .when(escalates(alice, { tried: 'x'.repeat(10_001) }))
      .refused('text-too-long');
  });

  it('is in the name of whoever escalated, also when somebody else owns the case', () => {
    expect(given(opened(), takes(alice)).when(escalates(bob)).happens('HandoverProposed').handover?.from).toBe('bob');
  });

  it('passes over a level that has nobody who could take it', () => {
    const levels = DESK.levels.map((level) =>
      level.name === 'L2 Specialists' ? { ...level, members: [vera.id, personId('zed')] } : level,
    );
    expect(
      givenOn({ ...DESK, levels }, opened())
        .when(escalates(alice))
        .happens('HandoverProposed').handover?.asked,
    ).toEqual(L3);
  });

  it('may name the level to ask, and it must exist', () => {
    expect(
      given(opened())
        .when(escalates(alice, { level: 'L3 Management' }))
        .happens('HandoverProposed').handover?.asked,
    ).toEqual(L3);
    given(opened())
      .when(escalates(alice, { level: 'L9' }))
      .refused('level-unknown');
  });

  it('is refused after the last level, with what to do instead', () => {
    const atTop = given(opened(), escalates(alice, { level: 'L3 Management' }), accepts(lena));
    expect(atTop.when(escalates(lena)).refused('no-further-level')).toContain('Assign');
  });

  it('is refused while it is offered already, and says to whom', () => {
    expect(
      given(...offered)
        .when(escalates(alice))
        .refused('handover-open'),
    ).toContain('L2 Specialists');
  });

  it('is refused on a case that is done', () => {
    given(opened(), resolves(alice)).when(escalates(alice)).refused('case-resolved');
    given(opened(), resolves(alice), wakes({ afterMs: 3 * DAY_MS }))
      .when(escalates(alice))
      .refused('case-closed');
  });
});

describe('Accept', () => {
  it('moves ownership and the level to whoever accepts', () => {
    const it = given(...offered)
      .when(accepts(carol))
      .happens('HandoverAccepted');
    expect(it).toMatchObject({
      holder: { kind: 'owner', person: 'carol' },
      level: 'L2 Specialists',
      handover: null,
      status: 'In progress',
    });
  });

  it('of a case that nobody had taken starts the work and is the first response', () => {
    const it = given(opened(), escalates(alice)).when(accepts(carol)).happens('HandoverAccepted', 'WorkStarted');
    expect(it.clocks[0]?.state).toBe('stopped');
  });

  it.each([
    ['a lead', lena],
    ['an admin', ada],
  ] as const)('is open to %s too', (_, who) => {
    expect(
      given(...offered)
        .when(accepts(who))
        .happens('HandoverAccepted').holder,
    ).toMatchObject({ person: who.id });
  });

  it('is refused to others of the desk, kindly, and says who was asked', () => {
    const say = given(...offered)
      .when(accepts(bob))
      .refused('not-asked');
    expect(say).toContain('L2 Specialists (Carol Chen)');
    expect(say).toContain('Thank you for looking, Bob Brown');
  });

  it('is refused to viewers and guests', () => {
    given(...offered)
      .when(accepts(vera))
      .refused('viewers-only-look');
    given(...offered)
      .when(accepts(ravi))
      .refused('not-of-the-desk');
  });

  it('a second time says who was first', () => {
    const say = given(...offered, accepts(carol))
      .when(accepts(lena))
      .refused('handover-gone');
    expect(say).toContain('Carol Chen accepted the hand-over of CASE-1002 1 min ago');
  });

  it('of an older hand-over does not accept the newer one', () => {
    const again = given(...offered, declines(carol), escalates(alice));
    expect(again.case.handover?.id).toBe('h2');
    again.when(accepts(carol, 'h1')).refused('handover-gone');
    again.when(accepts(carol, 'h2')).happens('HandoverAccepted');
  });

  it('of a case that waits for the client leaves it waiting', () => {
    expect(
      given(...offered, waits(alice))
        .when(accepts(carol))
        .happens('HandoverAccepted').status,
    ).toBe('Awaiting client');
  });
});

describe('Decline', () => {
  it('leaves the case with its owner and keeps the reason', () => {
    const after = given(...offered).when(declines(carol, '  Not a specialist matter '));
    expect(after.happens('HandoverDeclined')).toMatchObject({
      handover: null,
      holder: { kind: 'owner', person: 'alice' },
    });
  });

  it('makes finding an owner the escalator’s turn where nobody owned it', () => {
    const it = given(opened(), escalates(bob)).when(declines(carol)).happens('HandoverDeclined');
    expect(it.holder).toMatchObject({ kind: 'turn', person: 'bob' });
  });

  it('requires a reason that fits', () => {
    given(...offered)
      .when(declines(carol, ' '))
      .refused('reason-missing');
    given(...offered)
      .when(declines(carol, 'x'.repeat(10_001)))
      .refused('text-too-long');
  });

  it('is for those who were asked and the leads', () => {
    given(...offered)
      .when(declines(bob))
      .refused('not-asked');
    given(...offered)
      .when(declines(lena))
      .happens('HandoverDeclined');
  });

  it('lets the case be escalated again', () => {
    given(...offered, declines(carol))
      .when(escalates(alice))
      .happens('HandoverProposed');
  });
});

describe('a hand-over that nobody accepts', () => {
  const accept15 = 15 * MINUTE_MS;

  it('moves on after accept_within, not before: to the next level, then to the leads', () => {
    given(...offered, wakes({ afterMs: accept15 / 2 }))
      .when(wakes({ afterMs: accept15 / 2 - 1 }))
      .happens();
    const third = given(...offered)
      .when(wakes({ afterMs: accept15 }))
      .happens('HandoverMovedOn');
    expect(third.handover).toMatchObject({ asked: L3, askedBefore: ['L2 Specialists'] });
    const leads = given(...offered, wakes({ afterMs: accept15 }))
      .when(wakes({ afterMs: accept15 }))
      .happens('HandoverMovedOn');
    expect(leads.handover).toMatchObject({
      asked: { kind: 'leads' },
      acceptBy: TEN + 2 * MINUTE_MS + 2 * accept15 + DAY_MS,
      askedBefore: ['L2 Specialists', 'L3 Management'],
    });
    expect(leads.holder).toMatchObject({ kind: 'owner', person: 'alice' });
  });

  it('ends when the leads have let a day of the case pass: the owner keeps it', () => {
    const leads = given(...offered, wakes({ afterMs: accept15 }), wakes({ afterMs: accept15 }));
    leads.when(wakes({ afterMs: 4 * 60 * MINUTE_MS })).happens('HandoverReminded');
    const it = leads.when(wakes({ afterMs: DAY_MS })).happens('HandoverExpired');
    expect(it).toMatchObject({ handover: null, holder: { kind: 'owner', person: 'alice' } });
  });

  it('may still be accepted late by the level that let the time pass', () => {
    const it = given(...offered, wakes({ afterMs: accept15 }))
      .when(accepts(carol))
      .happens('HandoverAccepted');
    expect(it).toMatchObject({ holder: { person: 'carol' }, level: 'L2 Specialists' });
  });

  it('gives the next level its full time, however late it was looked at', () => {
    const late = given(...offered)
      .when(wakes({ afterMs: 2 * accept15 + MINUTE_MS }))
      .happens('HandoverMovedOn');
    expect(late.handover).toMatchObject({ asked: L3, acceptBy: TEN + 2 * MINUTE_MS + 3 * accept15 + MINUTE_MS });
  });

  it('waits in open time: an offer on Friday evening is not over on Friday night', () => {
    const fridayEvening = 4 * DAY_MS + 6 * 60 * MINUTE_MS + 50 * MINUTE_MS;
    const it = given(opened(), takes(alice), passes(fridayEvening - MINUTE_MS), escalates(alice, { afterMs: 0 })).case;
    // 16:50 on Friday and 15 open minutes: 09:05 on Monday.
    expect(it.handover?.acceptBy).toBe(later(TEN, 7 * DAY_MS - 55 * MINUTE_MS));
  });

  it('of a P1 waits round the clock', () => {
    const it = given(
      opened(),
      triages(alice, 'P1'),
      passes(12 * 60 * MINUTE_MS),
      escalates(alice, { afterMs: 0 }),
    ).case;
    expect((it.handover?.acceptBy ?? 0) - (it.handover?.at ?? 0)).toBe(accept15);
  });

  it('is moved on before somebody acts, so that they act on what is so', () => {
    given(...offered, passes(accept15))
      .when(accepts(lena))
      .happens('HandoverMovedOn', 'HandoverAccepted');
  });
});

describe('a hand-over ends when the case goes another way', () => {
  it.each([
    ['taken', takes(bob), 'CaseTaken'],
    ['assigned', assigns(lena, bob.id), 'CaseAssigned'],
    ['resolved', resolves(alice), 'CaseResolved'],
  ] as const)('it was %s', (_, doing, type) => {
    const it = given(...offered)
      .when(doing)
      .happens('HandoverWithdrawn', type);
    expect(it.handover).toBeNull();
    given(...offered, doing)
      .when(accepts(carol))
      .refused('handover-gone');
  });
});

describe('a desk without levels', () => {
  it('has nobody to escalate to, and takes turns among the leads', () => {
    const flat: Desk = { ...DESK, levels: [] };
    expect(givenOn(flat, opened()).case).toMatchObject({ level: null, holder: { kind: 'turn', person: 'lena' } });
    givenOn(flat, opened()).when(escalates(alice)).refused('no-further-level');
  });
});
