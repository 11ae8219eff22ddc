import { DAY_MS, HOUR_MS, MINUTE_MS, personId } from '../../../src/domain/ids';
import type { Clock, ClockName } from '../../../src/domain/sla/clock';
import {
  alice,
  assigns,
  baton,
  bob,
  carol,
  DESK,
  escalates,
  given,
  givenOn,
  lena,
  notes,
  opened,
  passes,
  ravi,
  reopens,
  replies,
  resolves,
  resumes,
  TEN,
  takes,
  triages,
  vera,
  waits,
  wakes,
} from '../../support/given';

const clock = (it: { readonly clocks: readonly Clock[] }, name: ClockName): Clock => {
  const found = it.clocks.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name} clock`);
  return found;
};
const stateOfBoth = (it: { readonly clocks: readonly Clock[] }): readonly string[] =>
  it.clocks.map(({ state }) => state);

describe('taking a case', () => {
  it('makes it mine, starts the work and ends the first response', () => {
    const it = given(opened()).when(takes(bob)).happens('CaseTaken', 'WorkStarted');
    expect(it).toMatchObject({ status: 'In progress', holder: { kind: 'owner', person: 'bob' } });
    expect(stateOfBoth(it)).toEqual(['stopped', 'running']);
  });

  it('takes it over from somebody who has it', () => {
    expect(given(opened(), takes(bob)).when(takes(alice)).happens('CaseTaken').holder).toMatchObject({
      person: 'alice',
    });
  });

  it('by emoji leaves it with its owner, and says whose it is and how to take it over', () => {
    const say = given(opened(), takes(bob))
      .when(takes(alice, { takeOver: false }))
      .refused('owned-already');
    expect(say).toContain('Bob Brown');
    expect(say).toContain('take CASE-1002');
  });

  it('is refused when it is mine already', () => {
    given(opened(), takes(bob)).when(takes(bob)).refused('already-yours');
  });

  it('leaves a case that waits for the client waiting', () => {
    expect(given(opened(), waits(alice)).when(takes(bob)).happens('CaseTaken').status).toBe('Awaiting client');
  });

  it('ends an open hand-over', () => {
    const it = given(opened(), takes(alice), escalates(alice))
      .when(takes(bob))
      .happens('HandoverWithdrawn', 'CaseTaken');
    expect(it.handover).toBeNull();
  });

  it.each([
    ['resolved', [resolves(bob)], 'case-resolved'],
    ['closed', [resolves(bob), wakes({ afterMs: 3 * DAY_MS })], 'case-closed'],
  ] as const)('is refused when it is %s', (_, ended, code) => {
    given(opened(), ...ended)
      .when(takes(alice))
      .refused(code);
  });
});

describe('assigning a case', () => {
  it('gives it to the person, and is not yet an answer to the client', () => {
    const it = given(opened()).when(assigns(lena, carol.id)).happens('CaseAssigned', 'WorkStarted');
    expect(it).toMatchObject({ status: 'In progress', holder: { kind: 'owner', person: 'carol' } });
    expect(stateOfBoth(it)).toEqual(['running', 'running']);
  });

  it('to oneself is Take by another name', () => {
    expect(stateOfBoth(given(opened()).when(assigns(bob, bob.id)).happens('CaseAssigned', 'WorkStarted'))).toEqual([
      'stopped',
      'running',
    ]);
  });

  it.each([
    ['a viewer', vera.id, 'person-cannot-own'],
    ['nobody of the desk', personId('zed'), 'person-unknown'],
    ['whoever has it already', bob.id, 'already-theirs'],
  ] as const)('to %s is refused', (_, to, code) => {
    given(opened(), takes(bob)).when(assigns(lena, to)).refused(code);
  });

  it('is refused on a resolved case', () => {
    given(opened(), resolves(alice)).when(assigns(lena, bob.id)).refused('case-resolved');
  });
});

describe('waiting for the client', () => {
  it('stops the resolution clock only: the client still waits for a first word', () => {
    const it = given(opened()).when(waits(alice)).happens('ClientAwaited');
    expect(it.status).toBe('Awaiting client');
    expect(stateOfBoth(it)).toEqual(['running', 'paused']);
  });

  it('is refused twice', () => {
    given(opened(), waits(alice)).when(waits(bob)).refused('already-waiting');
  });

  it('goes on with what was left', () => {
    const it = given(opened(), takes(alice), passes(HOUR_MS), waits(alice, { afterMs: 0 }), passes(3 * HOUR_MS))
      .when(resumes(alice, { afterMs: 0 }))
      .happens('CaseResumed');
    expect(it.status).toBe('In progress');
    expect(clock(it, 'resolution')).toMatchObject({ state: 'running', elapsedMs: HOUR_MS + MINUTE_MS });
  });

  it('cannot be resumed when it does not wait', () => {
    given(opened()).when(resumes(alice)).refused('not-waiting');
    given(opened(), resolves(alice)).when(resumes(alice)).refused('case-resolved');
  });

  it('never breaches its resolution, however long the client takes', () => {
    const it = given(opened(), takes(alice), waits(alice))
      .when(wakes({ afterMs: 60 * DAY_MS }))
      .happens();
    expect(clock(it, 'resolution').breachedAt).toBeNull();
  });

  it('before any work starts the resolution clock when it is resumed, where the desk counts from In progress', () => {
    const desk = { ...DESK, resolutionStarts: 'in_progress' as const };
    const it = givenOn(desk, opened(), waits(alice)).when(resumes(alice)).happens('CaseResumed');
    expect(clock(it, 'resolution')).toMatchObject({ state: 'running', elapsedMs: 0 });
  });
});

describe('resolving and reopening', () => {
  it('asks how, ends both clocks and says when it will close', () => {
    given(opened(), takes(alice))
      .when(resolves(alice, { how: '  ' }))
      .refused('how-missing');
    given(opened(), takes(alice))
      .when(resolves(alice, { how: 'x'.repeat(10_001) }))
      .refused('text-too-long');
    const it = given(opened()).when(resolves(alice)).happens('CaseResolved');
    expect(it).toMatchObject({
      status: 'Resolved',
      resolution: 'We put it out.',
      closesAt: TEN + MINUTE_MS + 3 * DAY_MS,
    });
    expect(stateOfBoth(it)).toEqual(['stopped', 'stopped']);
  });

  it('is refused twice, and on a closed case', () => {
    given(opened(), resolves(alice)).when(resolves(bob)).refused('already-resolved');
    given(opened(), resolves(alice), wakes({ afterMs: 3 * DAY_MS }))
      .when(resolves(bob))
      .refused('case-closed');
  });

  it('ends an open hand-over', () => {
    const it = given(opened(), takes(alice), escalates(alice))
      .when(resolves(alice))
      .happens('HandoverWithdrawn', 'CaseResolved');
    expect(it.handover).toBeNull();
  });

  it('closes after close_after to the millisecond, and not before', () => {
    const resolved = given(opened(), resolves(alice));
    resolved.when(wakes({ afterMs: 3 * DAY_MS - 1 })).happens();
    const it = resolved.when(wakes({ afterMs: 3 * DAY_MS })).happens('CaseClosed');
    expect(it).toMatchObject({ status: 'Closed', resolution: 'We put it out.', changed: { status: { by: baton } } });
  });

  it('goes on with what was left, and the time it lay resolved does not count', () => {
    const it = given(opened(), takes(alice), passes(HOUR_MS), resolves(alice, { afterMs: 0 }), passes(DAY_MS))
      .when(reopens(alice, { afterMs: 0 }))
      .happens('CaseReopened');
    expect(clock(it, 'resolution')).toMatchObject({ state: 'running', elapsedMs: HOUR_MS + MINUTE_MS });
    expect(clock(it, 'first_response').state).toBe('stopped');
  });

  it.each([
    ['with an owner is in progress', [takes(alice)], 'In progress'],
    ['that was triaged is triaged', [triages(alice, 'P1')], 'Triaged'],
    ['that nobody had looked at is new', [], 'New'],
  ] as const)('a case %s again when it is reopened', (_, before, status) => {
    expect(
      given(opened(), ...before, resolves(bob))
        .when(reopens(bob))
        .happens('CaseReopened').status,
    ).toBe(status);
  });

  it('reopens a closed case too', () => {
    const closed = given(opened(), takes(alice), resolves(alice), wakes({ afterMs: 3 * DAY_MS }));
    expect(closed.when(reopens(bob)).happens('CaseReopened').status).toBe('In progress');
  });

  it('has nothing to reopen on a live case', () => {
    given(opened()).when(reopens(alice)).refused('not-resolved');
  });

  it('is not warned about while it is resolved', () => {
    given(opened(), resolves(alice))
      .when(wakes({ afterMs: 2 * DAY_MS }))
      .happens();
  });
});

describe('a press on a card that is out of date', () => {
  it.each([
    ['Take', takes(alice, { seen: 2 }), takes(bob), 'Bob Brown took CASE-1002 1 min ago'],
    ['Take', takes(alice, { seen: 2 }), assigns(lena, bob.id), 'Lena Lead assigned CASE-1002 1 min ago'],
    ['Resolve', resolves(alice, { seen: 2 }), resolves(bob), 'Bob Brown resolved CASE-1002 1 min ago'],
    ['Resolve', resolves(alice, { seen: 2 }), takes(bob), 'Bob Brown took CASE-1002 1 min ago'],
    ['Waiting on client', waits(alice, { seen: 2 }), waits(bob), 'Bob Brown set waiting on the client: CASE-1002'],
    ['Set priority', triages(alice, 'P3', { seen: 2 }), triages(bob, 'P1'), 'Bob Brown set P1 on CASE-1002 1 min ago'],
    ['Escalate', escalates(alice, { seen: 2 }), escalates(bob), 'Bob Brown escalated CASE-1002 1 min ago'],
    ['Reopen', reopens(alice, { seen: 2 }), resolves(bob), 'Bob Brown resolved CASE-1002 1 min ago'],
  ] as const)('%s has no effect, and the person hears what happened and by whom', (_, press, meanwhile, words) => {
    const say = given(opened(), meanwhile).when(press).refused('stale');
    expect(say).toContain(words);
    expect(say).toContain('Your press changed nothing');
  });

  it('says what happened last where several things did', () => {
    const say = given(opened(), takes(bob), waits(bob), takes(lena))
      .when(takes(alice, { seen: 2 }))
      .refused('stale');
    expect(say).toContain('Lena Lead took');
  });

  it('counts when only something else has changed', () => {
    given(opened(), triages(bob, 'P1'), notes(bob))
      .when(takes(alice, { seen: 2 }))
      .happens('CaseTaken', 'WorkStarted');
    given(opened(), takes(bob))
      .when(triages(alice, 'P1', { seen: 2 }))
      .happens('CaseTriaged');
  });

  it('counts when it was one’s own press that changed it', () => {
    given(opened(), takes(alice))
      .when(resolves(alice, { seen: 2 }))
      .happens('CaseResolved');
  });

  it('is judged by the rules alone when it was typed', () => {
    given(opened(), takes(bob)).when(takes(alice)).happens('CaseTaken');
  });

  it('hears of Baton’s own doing as well', () => {
    const closed = given(opened(), resolves(bob), wakes({ afterMs: 3 * DAY_MS }));
    const say = closed.when(reopens(alice, { seen: 4, afterMs: 0 })).refused('stale');
    expect(say).toContain('Baton closed CASE-1002 just now');
  });
});

describe('notes and replies', () => {
  it('a note changes no clock, and goes onto a closed case too', () => {
    const it = given(opened()).when(notes(alice)).happens('NoteAdded');
    expect(it).toMatchObject({ notes: 1, status: 'New' });
    expect(stateOfBoth(it)).toEqual(['running', 'running']);
    given(opened(), resolves(alice), wakes({ afterMs: 3 * DAY_MS }))
      .when(notes(alice))
      .happens('NoteAdded');
  });

  it('a reply is the first public word of staff', () => {
    expect(stateOfBoth(given(opened()).when(replies(alice)).happens('ReplySent'))).toEqual(['stopped', 'running']);
  });

  it('a reply to a case that waits leaves it waiting', () => {
    expect(given(opened(), waits(alice)).when(replies(alice)).happens('ReplySent').status).toBe('Awaiting client');
  });

  it.each([
    ['', 'text-missing'],
    ['  \n', 'text-missing'],
    ['x'.repeat(10_001), 'text-too-long'],
  ] as const)('a note or reply of %# is refused', (text, code) => {
    given(opened()).when(notes(alice, text)).refused(code);
    given(opened()).when(replies(alice, text)).refused(code);
  });

  it('a reply on a resolved case is refused with what to do', () => {
    expect(given(opened(), resolves(alice)).when(replies(alice)).refused('case-resolved')).toContain('Reopen');
  });
});

describe('a command for a case that does not exist', () => {
  it('is refused with how to find others', () => {
    expect(given().when(takes(alice)).refused('no-such-case')).toContain('`list`');
    given().when(takes(ravi)).refused('not-of-the-desk');
  });
});
