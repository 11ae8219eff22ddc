import type { CommandOf } from '../../../src/domain/case/commands';
import { HOUR_MS, later, MINUTE_MS } from '../../../src/domain/ids';
import {
  alice,
  bob,
  DESK,
  given,
  givenOn,
  gwen,
  opened,
  passes,
  ravi,
  resolves,
  SOURCE,
  type Step,
  says,
  TEN,
  takes,
  vera,
  waits,
  wakes,
} from '../../support/given';

const responded = (it: { readonly clocks: readonly { readonly state: string }[] }): boolean =>
  it.clocks[0]?.state === 'stopped';

describe('the first response', () => {
  it('is the first public word of staff', () => {
    const it = given(opened()).when(says(bob)).happens('MessageHeard');
    expect(responded(it)).toBe(true);
    expect(it).toMatchObject({ messages: 1, lastStaffWordAt: TEN + MINUTE_MS, lastClientWordAt: null });
  });

  it.each([
    ['the reporter', ravi, 'public'],
    ['another guest', gwen, 'public'],
    ['a viewer', vera, 'public'],
    ['staff among themselves in the thread of the card', bob, 'desk'],
  ] as const)('is no word of %s', (_, who, audience) => {
    expect(responded(given(opened()).when(says(who, audience)).happens('MessageHeard'))).toBe(false);
  });

  it('is not the reporter’s own word, though they are of the desk', () => {
    expect(responded(given(opened(alice)).when(says(alice)).happens('MessageHeard'))).toBe(false);
    expect(responded(given(opened(alice)).when(says(bob)).happens('MessageHeard'))).toBe(true);
  });

  it('counts at the instant it was said, however late it is heard', () => {
    const said: Step = { by: bob, afterMs: 0, command: { ...heard(says(bob)), at: later(TEN, 10 * MINUTE_MS) } };
    const it = given(opened(), passes(30 * MINUTE_MS))
      .when(said)
      .happens('MessageHeard');
    expect(it.clocks[0]).toMatchObject({ state: 'stopped', since: TEN + 10 * MINUTE_MS, elapsedMs: 10 * MINUTE_MS });
  });

  it('was in time when it was said in time, though the due came before it was heard', () => {
    const due = 4 * HOUR_MS;
    const said: Step = { by: bob, afterMs: 0, command: { ...heard(says(bob)), at: later(TEN, due - 1000) } };
    const it = given(opened(), wakes({ afterMs: 3 * HOUR_MS }), passes(HOUR_MS + 1000))
      .when(said)
      .happens('MessageHeard');
    expect(it.clocks[0]).toMatchObject({ state: 'stopped', breachedAt: null });
  });
});

const heard = (said: ReturnType<typeof says>): CommandOf<'HearMessage'> =>
  said(TEN).command as CommandOf<'HearMessage'>;

describe('a word to a case that waits for the client', () => {
  it.each([
    ['the reporter', ravi],
    ['somebody else of the client', gwen],
  ] as const)('of %s resumes it', (_, who) => {
    const it = given(opened(), takes(alice), waits(alice)).when(says(who)).happens('MessageHeard', 'CaseResumed');
    expect(it).toMatchObject({ status: 'In progress', lastClientWordAt: TEN + 3 * MINUTE_MS });
    expect(it.clocks[1]?.state).toBe('running');
  });

  it('of a reporter who is of the desk resumes it', () => {
    expect(given(opened(alice), waits(bob)).when(says(alice)).happens('MessageHeard', 'CaseResumed').status).toBe(
      'In progress',
    );
  });

  it.each([
    ['staff', bob, 'public'],
    ['a viewer', vera, 'public'],
    ['anybody in the desk’s own threads', ravi, 'desk'],
  ] as const)('of %s does not', (_, who, audience) => {
    expect(given(opened(), waits(alice)).when(says(who, audience)).happens('MessageHeard').status).toBe(
      'Awaiting client',
    );
  });

  it('starts the resolution clock where the desk counts from In progress and nobody had begun', () => {
    const desk = { ...DESK, resolutionStarts: 'in_progress' as const };
    const it = givenOn(desk, opened(), waits(alice)).when(says(ravi)).happens('MessageHeard', 'CaseResumed');
    expect(it.clocks.map(({ name, state }) => [name, state])).toEqual([
      ['first_response', 'running'],
      ['resolution', 'running'],
    ]);
  });
});

describe('what is said on a case that is done', () => {
  it('is written down and reopens nothing', () => {
    expect(given(opened(), resolves(alice)).when(says(ravi)).happens('MessageHeard').status).toBe('Resolved');
  });
});

describe('messages that change afterwards', () => {
  const at = later(TEN, HOUR_MS);
  it('an edit and a deletion are written down, whoever made them', () => {
    const edit: Step = { by: ravi, afterMs: 0, command: { kind: 'HearEdit', place: SOURCE, text: 'Two printers', at } };
    const deletion: Step = { by: ravi, afterMs: 0, command: { kind: 'HearDeletion', place: SOURCE, at } };
    expect(given(opened()).when(edit).happens('MessageEdited').description).toBe('Two printers');
    given(opened()).when(deletion).happens('MessageDeleted');
  });

  it('only an edit of the source message changes the description, and an empty one does not', () => {
    const reply = { ...SOURCE, message: '2.0', thread: SOURCE.message };
    for (const [place, text] of [
      [reply, 'Two printers'],
      [SOURCE, ' '],
    ] as const) {
      const edit: Step = { by: ravi, afterMs: 0, command: { kind: 'HearEdit', place, text, at } };
      expect(given(opened()).when(edit).happens('MessageEdited').description).toBe('It smokes on the second floor.');
    }
  });

  it('words longer than a case can hold are cut, not lost', () => {
    const said: Step = { by: ravi, afterMs: 0, command: { ...heard(says(ravi)), text: 'x'.repeat(20_000) } };
    const after = given(opened(), said);
    expect(after.story.journal.at(-1)?.event).toMatchObject({ type: 'MessageHeard', text: 'x'.repeat(10_000) });
  });
});
