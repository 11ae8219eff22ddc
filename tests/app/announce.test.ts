import fc from 'fast-check';
import { announce } from '../../src/app/announce';
import type { Destination, Happened, Intent } from '../../src/app/ports';
import type { Party } from '../../src/domain/case/case';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/ids';
import { anyLife } from '../support/anyStory';
import {
  accepts,
  alice,
  assigns,
  beginning,
  bob,
  carol,
  DESK,
  type Doing,
  declines,
  escalates,
  gwen,
  lena,
  next,
  notes,
  opened,
  passes,
  ravi,
  reacts,
  reopens,
  replies,
  resolves,
  resumes,
  says,
  takes,
  told,
  triages,
  unreacts,
  waits,
  wakes,
} from '../support/given';

/** `view → where`, in order; the case's own card in the triage channels is left out where it is as always. */
const where = (to: Destination): string => {
  if (to.kind === 'channel') return to.thread === null ? to.channel : `${to.channel}/${to.thread}`;
  return to.kind === 'person' ? `${to.platform}:${to.user}` : `only ${to.user} in ${to.channel}`;
};
const CARDS = ['case-card → C0TRIAGE', 'case-card → 19:triage'];

function wanted(...doings: readonly Doing[]): readonly Intent[] {
  const before = told(beginning(), doings.slice(0, -1));
  const last = doings.at(-1) as Doing;
  const after = next(before, last);
  if (after.kind === 'refused') throw new Error(after.refusal.say);
  const happened: readonly Happened[] = after.story.journal
    .slice(before.journal.length)
    .map(({ event, by }) => ({ event, by }));
  return announce({ before: before.case, after: after.story.case!, happened, desk: DESK, at: after.story.at });
}
const tells = (...doings: readonly Doing[]): readonly string[] => {
  const lines = wanted(...doings).map(({ drawing, to }) => `${drawing.view} → ${where(to)}`);
  expect(lines.slice(0, 2)).toEqual(CARDS);
  return lines.slice(2);
};

const THREAD = 'C0SUPPORT/1.000';
/** It is Alice's turn on case 1002. She is on Slack and Teams; the case came by Slack, so she hears of it there. */
const turn = 'told → slack:U0ALICE';

describe('who is told what, and where', () => {
  it.each<readonly [string, readonly Doing[], readonly string[]]>([
    [
      'opened by emoji: the thread, the opener alone, and whose turn it is',
      [opened()],
      [`opened → ${THREAD}`, 'told → only U0RAVI in C0SUPPORT', turn],
    ],
    [
      'opened by form without a message: only whose turn it is',
      [opened(ravi, { source: null, cameBy: 'slack-form' })],
      [turn],
    ],
    ['triaged: whose turn it is', [opened(), triages(bob, 'P1')], [turn]],
    ['taken: a line in the thread', [opened(), takes(bob)], [`thread-line → ${THREAD}`]],
    ['taken over: the thread, and who had it', [opened(), takes(alice), takes(bob)], [`thread-line → ${THREAD}`, turn]],
    [
      'assigned: the thread, and who has it now',
      [opened(), assigns(lena, bob.id)],
      [`thread-line → ${THREAD}`, 'told → slack:U0BOB'],
    ],
    [
      'reassigned: the thread, who has it now and who had it',
      [opened(), takes(alice), assigns(lena, bob.id)],
      [`thread-line → ${THREAD}`, 'told → slack:U0BOB', turn],
    ],
    ['waiting, by the owner: the thread', [opened(), takes(alice), waits(alice)], [`thread-line → ${THREAD}`]],
    [
      'waiting, by somebody else: the thread and the owner',
      [opened(), takes(alice), waits(bob)],
      [`thread-line → ${THREAD}`, turn],
    ],
    ['resumed by hand: nobody', [opened(), takes(alice), waits(alice), resumes(alice)], []],
    ['the client answered: the owner', [opened(), takes(alice), waits(alice), says(ravi)], [turn]],
    ['the client wrote where the owner reads: nobody', [opened(), takes(alice), says(ravi)], []],
    [
      'the client wrote on a platform that the owner is not on: the owner',
      [opened(), takes(carol), says(ravi)],
      ['told → teams:teams-carol'],
    ],
    [
      'the client wrote after it was resolved: the owner',
      [opened(), takes(alice), resolves(alice), says(gwen)],
      [turn],
    ],
    ['the owner wrote after it was resolved: nobody', [opened(), takes(alice), resolves(alice), says(alice)], []],
    [
      'resolved by the owner: where the reporter reads',
      [opened(), takes(alice), resolves(alice)],
      [`resolved → ${THREAD}`],
    ],
    [
      'resolved by somebody else: the reporter and the owner',
      [opened(), takes(alice), resolves(bob)],
      [`resolved → ${THREAD}`, turn],
    ],
    [
      'resolved, reported without a message: the reporter in private',
      [opened(ravi, { source: null, cameBy: 'slack-form' }), resolves(bob)],
      ['resolved → slack:U0RAVI'],
    ],
    [
      'reopened by somebody else: the thread and the owner',
      [opened(), takes(alice), resolves(alice), reopens(bob)],
      [`thread-line → ${THREAD}`, turn],
    ],
    ['replied: where the reporter reads', [opened(), replies(bob)], [`reply → ${THREAD}`]],
    ['noted: nobody', [opened(), notes(bob)], []],
    ['disagreed: the other one', [opened(), takes(lena), reacts(alice, 'P2'), reacts(bob, 'P1')], [turn]],
    [
      'escalated: a card in the triage channels and to each one asked',
      [opened(), takes(alice), escalates(alice)],
      ['handover-card → C0TRIAGE', 'handover-card → 19:triage', 'handover-card → teams:teams-carol'],
    ],
    [
      'accepted: the cards, who escalated and the thread',
      [opened(), takes(alice), escalates(alice), accepts(carol)],
      [
        'handover-card → C0TRIAGE',
        'handover-card → 19:triage',
        'handover-card → teams:teams-carol',
        turn,
        `thread-line → ${THREAD}`,
      ],
    ],
    [
      'accepted, escalated by somebody else: both of them',
      [opened(), takes(alice), escalates(bob), accepts(carol)],
      [
        'handover-card → C0TRIAGE',
        'handover-card → 19:triage',
        'handover-card → teams:teams-carol',
        'told → slack:U0BOB',
        turn,
        `thread-line → ${THREAD}`,
      ],
    ],
    [
      'declined: the cards and who escalated',
      [opened(), takes(alice), escalates(alice), declines(carol)],
      ['handover-card → C0TRIAGE', 'handover-card → 19:triage', 'handover-card → teams:teams-carol', turn],
    ],
    [
      'not accepted in time: cards to the next level too, and who escalated',
      [opened(), takes(alice), escalates(alice), wakes({ afterMs: 15 * MINUTE_MS })],
      [
        'handover-card → C0TRIAGE',
        'handover-card → 19:triage',
        'handover-card → teams:teams-carol',
        'handover-card → slack:U0LENA',
        turn,
      ],
    ],
    [
      'at risk: the leads’ channel and whose turn it is',
      [opened(), wakes({ afterMs: 3 * HOUR_MS })],
      ['warning → C0LEADS', turn.replace('told', 'alarm')],
    ],
    [
      'breached: the leads’ channel and the owner',
      [opened(), assigns(lena, bob.id), wakes({ afterMs: 5 * HOUR_MS })],
      ['warning → C0LEADS', 'alarm → slack:U0BOB'],
    ],
  ])('%s', (_, doings, lines) => {
    expect(tells(...doings)).toEqual(lines);
  });

  it('a case that was taken while it was offered tells its owner once', () => {
    expect(tells(opened(), takes(alice), escalates(alice), takes(bob)).filter((line) => line === turn)).toEqual([turn]);
    expect(tells(opened(), takes(alice), escalates(alice), resolves(bob)).filter((line) => line === turn)).toEqual([
      turn,
    ]);
  });

  it('a reporter who owns the case is told of its end once', () => {
    const lines = tells(opened(alice, { source: null, cameBy: 'slack-form' }), takes(alice), resolves(bob));
    expect(lines).toEqual(['resolved → slack:U0ALICE']);
  });

  it('what was due is told besides what somebody did', () => {
    const lines = tells(opened(), assigns(lena, bob.id), passes(5 * HOUR_MS), takes(alice));
    expect(lines).toContain('warning → C0LEADS');
    // Bob hears that the case was taken over; the breach is news for whoever has it now.
    expect(lines.filter((line) => line.startsWith('told'))).toEqual(['told → slack:U0BOB']);
    expect(lines.filter((line) => line.startsWith('alarm'))).toEqual([turn.replace('told', 'alarm')]);
  });

  it('a case without an owner that is reopened tells whose turn it is', () => {
    expect(tells(opened(), resolves(bob), reopens(bob))).toEqual([`thread-line → ${THREAD}`, turn]);
  });

  it('taking an emoji off tells whose turn it is, but not the one who did it', () => {
    expect(tells(opened(), reacts(alice, 'P1'), unreacts(alice, 'P1'))).toEqual([]);
    expect(tells(opened(), reacts(bob, 'P1'), unreacts(bob, 'P1'))).toEqual([turn]);
  });
});

const account = (who: Party, platform: string): string | undefined =>
  who.kind === 'person' ? DESK.people.find(({ id }) => id === who.id)?.accounts[platform] : undefined;

describe('whatever happens', () => {
  it('nobody is told of their own doing, and nobody twice of the same', () => {
    fc.assert(
      fc.property(anyLife, (states) => {
        for (const [index, story] of states.entries()) {
          const before = states[index - 1];
          const fresh = story.journal.slice(before?.journal.length ?? 0);
          const intents = announce({
            before: before?.case ?? null,
            after: story.case!,
            happened: fresh.map(({ event, by }) => ({ event, by })),
            desk: story.desk,
            at: story.at,
          });
          const posts = intents.filter(({ kind, to }) => kind === 'post' && to.kind === 'person');
          const doer = fresh.find(({ by }) => by.kind !== 'system')?.by;
          const doing = new Set(fresh.filter(({ by }) => by.kind !== 'system').map(({ version }) => version));
          const ofDoing = posts
            .filter(({ drawing }) => doing.has(drawing.args['version'] as number))
            .map(({ to }) => where(to));
          expect(new Set(ofDoing).size).toBe(ofDoing.length);
          for (const { to } of posts.filter(({ drawing }) => doing.has(drawing.args['version'] as number)))
            expect(to.kind === 'person' && doer !== undefined && account(doer, to.platform) === to.user).toBe(false);
          const names = intents.filter(({ kind }) => kind === 'post').map(({ dedupe }) => dedupe);
          expect(new Set(names).size).toBe(names.length);
        }
      }),
      { numRuns: 60 },
    );
  });
});
