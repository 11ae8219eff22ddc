import { pushableClock } from '../../adapters/sandbox/clock';
import { ROOMS } from '../../adapters/sandbox/seed';
import type { SlackSnapshot } from '../../adapters/sandbox/slack/protocol';
import type { TeamsSnapshot } from '../../adapters/sandbox/teams/protocol';
import { startTour } from '../../adapters/sandbox/tour';

type Said = { where?: string; text?: string; blocks?: object[]; card?: object };

const slack = (...said: Said[]) =>
  ({
    messages: said.map((one) => ({
      channel: one.where ?? 'C0TRIAGE',
      bot_id: 'B1',
      text: one.text ?? '',
      blocks: one.blocks ?? [],
    })),
  }) as unknown as SlackSnapshot;

const teams = (...said: Said[]) =>
  ({
    messages: said.map((one) => ({
      conversation: one.where ?? '19:triage@thread.tacv2',
      fromBot: true,
      deleted: false,
      text: one.text ?? '',
      attachments: one.card ? [{ contentType: 'application/vnd.microsoft.card.adaptive', content: one.card }] : [],
    })),
  }) as unknown as TeamsSnapshot;

const slackCard = (status: string, priority: string, owner: string): Said => ({
  blocks: [
    { type: 'header', text: { type: 'plain_text', text: 'CASE-1042 Nobody can log in' } },
    {
      type: 'section',
      fields: [`*Status*\n${status}`, `*Priority:* ${priority}`, `*Owner*\n${owner}`].map((text) => ({
        type: 'mrkdwn',
        text,
      })),
    },
    { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Take' } }] },
  ],
});

const teamsCard = (status: string, priority: string, owner: string): Said => ({
  card: {
    body: [
      { type: 'TextBlock', text: 'CASE-1042 Nobody can log in' },
      {
        type: 'FactSet',
        facts: Object.entries({ Status: status, Priority: priority, Owner: owner }).map(([title, value]) => ({
          title,
          value,
        })),
      },
    ],
  },
});

const offer: Said = {
  text: 'CASE-1042 is handed over. Owner: Alice Anderson until somebody accepts',
  blocks: [
    {
      type: 'actions',
      elements: ['Accept', 'Decline'].map((text) => ({ type: 'button', text: { type: 'plain_text', text } })),
    },
  ],
};

describe('the tour ticks itself off', () => {
  test.each([
    ['Slack', (...said: [string, string, string]) => [slack(slackCard(...said)), teams()] as const],
    ['Teams', (...said: [string, string, string]) => [slack(), teams(teamsCard(...said))] as const],
  ])('by the card on %s', (_platform, world) => {
    const tour = startTour(ROOMS);
    expect(tour.look(slack({ text: 'Hello, I am Baton.' }), teams())).toEqual([]);
    expect(tour.look(...world('New', 'not set', 'nobody'))).toEqual(['capture']);
    expect(tour.look(...world('Triaged', 'P1 Urgent', 'nobody'))).toEqual(['capture', 'triage']);
    expect(tour.look(...world('In progress', 'P1 Urgent', 'Alice'))).toEqual(['capture', 'triage', 'take']);
    expect(tour.look(...world('Resolved', 'P1 Urgent', 'Alice'))).toEqual(['capture', 'triage', 'take', 'resolve']);
    expect(tour.look(slack(), teams())).toHaveLength(4);
  });

  test('a hand-over counts when it is offered, and as accepted when the owner changes', () => {
    const tour = startTour(ROOMS);
    const alices = slackCard('In progress', 'P1', 'Alice Anderson');
    expect(tour.look(slack(alices, offer), teams())).toContain('escalate');
    expect(tour.look(slack(alices, offer), teams())).not.toContain('accept');
    expect(tour.look(slack(slackCard('In progress', 'P1', 'Carol Chen')), teams())).toContain('accept');
  });

  test('a warning counts in the leads’ channel only', () => {
    const warning = 'CASE-1042 is at risk';
    expect(startTour(ROOMS).look(slack({ text: warning }), teams())).toEqual([]);
    expect(startTour(ROOMS).look(slack({ text: warning, where: 'C0LEADS' }), teams())).toEqual(['warn']);
    expect(startTour(ROOMS).look(slack(), teams({ text: warning, where: '19:leads@thread.tacv2' }))).toEqual(['warn']);
  });
});

describe('the clock', () => {
  test('goes with real time, ahead of it by what was pushed, and never back', () => {
    let real = 1000;
    const heard: number[] = [];
    const clock = pushableClock(() => real);
    const stop = clock.onPush((now) => heard.push(now));
    expect(clock.push(500)).toBe(true);
    real += 7;
    expect([clock.now(), clock.offsetMs(), heard]).toEqual([1507, 500, [1500]]);
    for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 32 * 86_400_000])
      expect(clock.push(wrong)).toBe(false);
    stop();
    clock.push(1);
    expect([clock.offsetMs(), heard.length]).toEqual([501, 1]);
  });
});
