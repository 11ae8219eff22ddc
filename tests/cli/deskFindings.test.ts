import { coverageFindings, peopleFindings } from '../../src/cli/deskFindings';
import { secretsIn, sectionText } from '../../src/cli/findings';
import { defaultDesk, readDesk } from '../../src/config/deskFile';
import type { Desk } from '../../src/domain/desk/desk';
import { instant } from '../../src/domain/ids';

const MONDAY_NINE = instant(Date.UTC(2026, 10, 23, 9));

function desk(words: string): Desk {
  const read = readDesk(words, { path: 'desk.yaml' });
  if ('problem' in read) throw new Error(read.problem);
  return read.desk;
}

const PEOPLE = `
people:
  - { id: ann, name: Ann, slack: U0ANN, role: agent }
  - { id: tom, name: Tom, teams: 00000000-0000-0000-0000-000000000001, role: lead }
`;

describe('the people of a desk', () => {
  it('are all reached when each is on some platform that is connected', () => {
    expect(peopleFindings(desk(PEOPLE), ['slack', 'teams'])[0]).toEqual({
      mark: 'good',
      say: 'Everybody of the desk (2) has an account on Slack or Teams.',
    });
  });

  it('are not reached on a platform that is not', () => {
    expect(peopleFindings(desk(PEOPLE), ['slack'])[0]).toEqual({
      mark: 'bad',
      say: 'Tom has no account on Slack: add slack to "tom" in the desk file.',
    });
  });

  it('are asked for on an empty desk, and nothing else is', () => {
    expect(peopleFindings(defaultDesk(), ['slack'])).toEqual([
      { mark: 'bad', say: expect.stringContaining('Nobody is on the desk') },
    ]);
  });

  it('need levels, and levels need more than viewers', () => {
    const viewers = `${PEOPLE.replace('role: agent', 'role: viewer')}levels: [{ name: L1, members: [ann], accept_within: 5m }]\n`;
    const said = (it: Desk): string => JSON.stringify(peopleFindings(it, ['slack', 'teams']));
    expect(said(desk(PEOPLE))).toContain('The desk has no levels');
    expect(said(desk(viewers))).toContain('The level L1 has nobody who can take a case');
  });
});

describe('the coverage of a desk', () => {
  const hours = (rest: string): Desk =>
    desk(
      `desk: { name: Acme, timezone: Europe/London, ${rest} }\npriorities:\n  P1: { first_response: 1h, resolution: 4h, when: x, hours: desk }\n`,
    );

  it('tells how long the desk is open and when a promise made now comes due', () => {
    const found = coverageFindings(
      hours('hours: { mon: ["09:00-17:00"], tue: ["09:00-17:00"] }, holidays: [2026-12-25]'),
      MONDAY_NINE,
    );
    expect(found).toEqual([
      { mark: 'good', say: 'The desk is open 16 of the next 168 hours (Europe/London).' },
      {
        mark: 'good',
        say: expect.stringMatching(
          /^P1 \(desk\): opened now, a first response is due Mon 23 Nov.* 10:00, a solution Mon 23 Nov.* 13:00\.$/,
        ),
      },
    ]);
  });

  it('wonders about a desk that names no holiday any more', () => {
    const found = coverageFindings(hours('hours: { mon: ["09:00-17:00"] }, holidays: [2025-12-25]'), MONDAY_NINE);
    expect(found[1]).toEqual({ mark: 'note', say: expect.stringContaining('no holiday from today on') });
  });

  it('notices a calendar whose last open day is over', () => {
    const past = hours('hours: { mon: ["09:00-17:00"] }');
    const calendar = {
      ...past.calendars['desk'],
      weekly: {},
      overrides: { '2026-01-05': [{ start: '09:00', end: '17:00' }] },
    };
    const found = coverageFindings({ ...past, calendars: { ...past.calendars, desk: calendar as never } }, MONDAY_NINE);
    expect(found.at(-1)).toEqual({ mark: 'bad', say: expect.stringContaining('nothing would ever be due') });
    expect(found[0]).toEqual({ mark: 'note', say: expect.stringContaining('closed for the next 7 days') });
  });
});

describe('what is printed', () => {
  it('is one line a finding, without any secret whatever was said', () => {
    const secrets = secretsIn({
      SLACK_BOT_TOKEN: 'xoxb-1234',
      TEAMS_APP_PASSWORD: 'hush hush',
      DATABASE_URL: 'postgres://desk:p%40ssword@db:5432/cases',
      DESK_CONFIG: './desk.yaml',
    });
    const say = 'no: xoxb-1234,\n  hush hush, p%40ssword, p@ssword, ./desk.yaml';
    expect(sectionText({ title: 'Slack', findings: [{ mark: 'bad', say }] }, secrets)).toBe(
      'Slack\n  ✗ no: [hidden], [hidden], [hidden], [hidden], ./desk.yaml\n',
    );
  });
});
