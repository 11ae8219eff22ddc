import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultDesk, readDesk } from '../../src/config/deskFile';
import { type Desk, personBy } from '../../src/domain/desk/desk';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/domain/ids';
import { cpuMsSince } from '../support/cpuTime';

function deskOf(text: string): Desk {
  const read = readDesk(text, { path: 'desk.yaml' });
  if ('problem' in read) throw new Error(read.problem);
  return read.desk;
}

function problemOf(text: string): string {
  const read = readDesk(text, { path: 'desk.yaml' });
  return 'problem' in read ? read.problem : 'no problem';
}

/** The example of the documentation, word for word where it matters. */
const ACME = `
desk:
  name: Acme Support
  prefix: CASE
  timezone: Europe/London
  hours:
    mon: ["09:00-12:30", "13:30-17:30"]
    tue: ["09:00-17:30"]
  holidays: [2026-12-25]
people:
  - { id: alice, name: Alice Anderson, email: alice@acme.test, slack: U0ALICE, teams: 00000000-0000-0000-0000-00000000a11c, role: agent }
  - { id: bob,   name: Bob Brown,      slack: U0BOB }
  - { id: lena,  name: Lena Lead,      email: lena@acme.test,  slack: U0LENA,  role: lead }
levels:
  - { name: L1 Frontline,  members: [alice, bob], accept_within: 30m }
  - { name: L3 Management, members: [lena],       accept_within: 1d }
channels:
  triage: { slack: C0TRIAGE, teams: "19:triage@thread.tacv2" }
  leads:  { slack: C0LEADS }
  intake: [ { slack: C0SUPPORT, mode: ask } ]
priorities:
  P1: { label: Urgent,   emoji: [red_circle, rotating_light], first_response: 1h, resolution: 4h,  when: "The client cannot work" , update_every: 2h, hours: 24x7 }
  P2: { label: Standard, emoji: [large_orange_circle],        first_response: 4h, resolution: 2d,  when: "The client is hindered but can work" }
  P3: { label: Low,      emoji: [large_blue_circle],          first_response: 1d, resolution: 5d,  when: "Everything else" }
emoji: { open: [ticket], take: [eyes], wait: [hourglass_flowing_sand], resolve: [white_check_mark] }
sla: { warn_at: 75%, resolution_starts: reported }
`;

describe('the desk file', () => {
  it('says who, when, where and how fast', () => {
    const desk = deskOf(ACME);
    expect(desk).toMatchObject({
      name: 'Acme Support',
      prefix: 'CASE',
      zone: 'Europe/London',
      triage: { slack: 'C0TRIAGE', teams: '19:triage@thread.tacv2' },
      leads: { slack: 'C0LEADS' },
      intake: [{ platform: 'slack', channel: 'C0SUPPORT', mode: 'ask' }],
      categories: ['Technical', 'Billing', 'Delivery', 'General enquiry'],
      emoji: { open: ['ticket'], take: ['eyes'], wait: ['hourglass_flowing_sand'], resolve: ['white_check_mark'] },
      warnAt: [{ kind: 'share', share: 0.75 }],
      resolutionStarts: 'reported',
      untriaged: 'P2',
      closeAfterMs: 3 * DAY_MS,
    });
    expect(desk.calendars['desk']).toMatchObject({
      zone: 'Europe/London',
      weekly: {
        mon: [
          { start: '09:00', end: '12:30' },
          { start: '13:30', end: '17:30' },
        ],
        wed: [],
      },
      holidays: [{ date: '2026-12-25', name: null }],
    });
    expect(desk.people.map(({ id, role }) => [id, role])).toEqual([
      ['alice', 'agent'],
      ['bob', 'agent'],
      ['lena', 'lead'],
    ]);
    expect(personBy(desk, 'teams', '00000000-0000-0000-0000-00000000a11c')?.id).toBe('alice');
    expect(desk.levels[0]).toEqual({ name: 'L1 Frontline', members: ['alice', 'bob'], acceptWithinMs: 30 * MINUTE_MS });
  });

  it('counts a d as the mean open day on business hours, and as 24 hours round the clock', () => {
    const meanMs = 8 * HOUR_MS; // Monday has 7.5 h, Tuesday 8.5 h.
    const desk = deskOf(ACME.replace('resolution: 4h', 'resolution: 1d'));
    expect(desk.priorities.map(({ resolutionMs }) => resolutionMs)).toEqual([DAY_MS, 2 * meanMs, 5 * meanMs]);
    expect(desk.priorities.map(({ calendar }) => calendar)).toEqual(['24x7', 'desk', 'desk']);
    expect(desk.levels[1]?.acceptWithinMs).toBe(meanMs);
  });

  it('says when to remind, what is stale and what a breach brings about, only where it is written', () => {
    const plain = deskOf(ACME);
    expect(plain.levels[0]).not.toHaveProperty('remindAt');
    expect(plain.priorities[0]).not.toHaveProperty('staleAfterMs');
    expect(plain.priorities[0]).not.toHaveProperty('onBreach');
    const desk = deskOf(
      ACME.replace('accept_within: 30m', 'accept_within: 30m, remind_at: [20%, 5m before]').replace(
        'resolution: 4h',
        'resolution: 4h, stale_after: 90m, on_breach: reassign',
      ),
    );
    expect(desk.levels[0]?.remindAt).toEqual([
      { kind: 'share', share: 0.2 },
      { kind: 'before', ms: 5 * MINUTE_MS },
    ]);
    expect(desk.priorities[0]).toMatchObject({ staleAfterMs: 90 * MINUTE_MS, onBreach: 'reassign' });
  });

  it('may be as short as one key: everything has a default', () => {
    expect(deskOf('desk: {}')).toEqual(defaultDesk());
    expect(deskOf('people:\n')).toEqual(defaultDesk());
    expect(defaultDesk()).toMatchObject({ prefix: 'CASE', people: [], levels: [], triage: {}, untriaged: 'P2' });
    expect(defaultDesk().priorities.map(({ name }) => name)).toEqual(['P1', 'P2', 'P3']);
  });

  it('takes 24x7 for the desk, and calendars by name', () => {
    const desk = deskOf(`
desk: { timezone: Asia/Kolkata, hours: 24x7 }
calendars:
  night: { hours: { mon: "22:00-06:00" }, breaks: { 2026-06-01: "23:00-23:30" }, overrides: { 2026-06-08: [] } }
  berlin: { timezone: Europe/Berlin, hours: { tue: ["8:00-24:00"] } }
priorities:
  A: { first_response: 90s, resolution: 1d }
  B: { first_response: 1h, resolution: 1d, hours: night }
  C: { first_response: 1h, resolution: 1d, hours: berlin }
  D: { first_response: 1h, resolution: 2d, hours: 24x7 }
`);
    expect(desk.priorities.map(({ resolutionMs }) => resolutionMs / HOUR_MS)).toEqual([24, 8, 16, 48]);
    expect(desk.priorities[0]?.firstResponseMs).toBe(90 * SECOND_MS);
    expect(desk.calendars['night']).toMatchObject({
      zone: 'Asia/Kolkata',
      breaks: [{ date: '2026-06-01', start: '23:00', end: '23:30' }],
      overrides: { '2026-06-08': [] },
    });
    expect(desk.calendars['berlin']).toMatchObject({
      zone: 'Europe/Berlin',
      weekly: { tue: [{ start: '08:00', end: '24:00' }] },
    });
    expect(desk.untriaged).toBe('C');
  });

  it('takes several warning marks, emoji with colons, +1 and 100 as emoji, names of holidays', () => {
    const desk = deskOf(`
desk: { holidays: [2026-12-25, { date: 2027-01-01, name: New Year }], close_after: 1h, categories: [Hardware] }
emoji: { take: [":eyes:", +1], wait: 100, open: [:ticket:] }
sla: { warn_at: [75%, 90.5%, 30m before], untriaged: P3, resolution_starts: in_progress }
`);
    expect(desk.warnAt).toEqual([
      { kind: 'share', share: 0.75 },
      { kind: 'share', share: 0.905 },
      { kind: 'before', ms: 30 * MINUTE_MS },
    ]);
    expect(desk.emoji).toMatchObject({ take: ['eyes', '+1'], wait: ['100'], open: ['ticket'] });
    expect(desk.calendars['desk']?.holidays).toEqual([
      { date: '2026-12-25', name: null },
      { date: '2027-01-01', name: 'New Year' },
    ]);
    expect([desk.closeAfterMs, desk.categories, desk.untriaged]).toEqual([HOUR_MS, ['Hardware'], 'P3']);
  });

  it('takes anchors in small numbers', () => {
    expect(
      deskOf('desk:\n  hours: { mon: &day ["09:00-17:00"], tue: *day }').calendars['desk']?.weekly.tue,
    ).toHaveLength(1);
  });

  it('is plain data', () => {
    const desk = deskOf(ACME);
    expect(JSON.parse(JSON.stringify(desk))).toEqual(desk);
  });

  it('of the repository is sound and describes the people of the sandbox', () => {
    const desk = deskOf(readFileSync(join(__dirname, '../../desk.yaml'), 'utf8'));
    expect(desk.people.map(({ id }) => id)).toEqual(['alice', 'bob', 'carol', 'lena']);
    expect(desk.levels.map(({ members }) => members)).toEqual([['alice', 'bob'], ['carol'], ['lena']]);
    expect(desk.intake.map(({ platform }) => platform)).toEqual(['slack', 'teams']);
  });
});

/** A desk file with one mistake: what of ACME is replaced by what, the line and key that must be named, and the sentence. */
const MISTAKES: readonly (readonly [what: string, replaced: string, by: string, problem: string])[] = [
  ['a typo in a key', 'levels:', 'levls:', '14: levls: "levls" is not a known key; did you mean levels?'],
  [
    'a key nobody knows',
    'prefix: CASE',
    'colour: red',
    '4: desk.colour: "colour" is not a known key; known are name, prefix, timezone, hours, holidays, overrides, breaks, close_after, categories',
  ],
  [
    'a typo in a priority',
    'first_response: 4h',
    'first_respons: 4h',
    '23: priorities.P2.first_respons: "first_respons" is not a known key; did you mean first_response? (and 1 more)',
  ],
  [
    'a missing target',
    'first_response: 1h, ',
    '',
    '22: priorities.P1.first_response: write a length of time such as 30m, 4h or 2d',
  ],
  [
    'a length of time without a unit',
    'resolution: 4h',
    'resolution: 4',
    '22: priorities.P1.resolution: "4" is not a length of time; write 90s, 30m, 4h or 2d',
  ],
  [
    'no time at all',
    'accept_within: 30m',
    'accept_within: 0m',
    '15: levels[0].accept_within: "0m" is no time at all; write at least 1s',
  ],
  [
    'an unknown thing to do about a breach',
    'resolution: 4h',
    'resolution: 4h, on_breach: panic',
    '22: priorities.P1.on_breach: "panic" is not a known choice; known are warn, raise, reassign',
  ],
  [
    'a reminder that is no mark',
    'accept_within: 30m',
    'accept_within: 30m, remind_at: sometimes',
    '15: levels[0].remind_at[0]: "sometimes" is not a mark; write 75% or 30m before',
  ],
  [
    'a lifetime',
    'resolution: 4h',
    'resolution: 99999d',
    '22: priorities.P1.resolution: "99999d" is more than ten years; that cannot be meant',
  ],
  [
    'an unknown zone',
    'Europe/London',
    'Europe/Lundon',
    '5: desk.timezone: "Europe/Lundon" is not a time zone; use an IANA name such as Europe/London',
  ],
  [
    'an hour that no day has',
    '09:00-12:30',
    '09:00-25:00',
    '7: desk.hours.mon[0]: "09:00-25:00" is not a stretch of a day; write "09:00-17:30", with times from 00:00 to 24:00',
  ],
  [
    'a day in full',
    'mon: [',
    'monday: [',
    '7: desk.hours.monday: "monday" is not a known key; known are mon, tue, wed, thu, fri, sat, sun',
  ],
  [
    'a date that does not exist',
    '2026-12-25',
    '2026-02-30',
    '9: desk.holidays[0].date: "2026-02-30" is not a date; write YYYY-MM-DD, such as 2026-12-25',
  ],
  [
    'a stranger on a level',
    'members: [lena]',
    'members: [lenna]',
    '16: levels[1].members[0]: "lenna" is not a known person; did you mean lena?',
  ],
  ['nobody on a level', 'members: [lena]', 'members: []', '16: levels[1].members: must name at least one person'],
  [
    'one person twice on a level',
    '[alice, bob]',
    '[alice, alice]',
    '15: levels[0].members[1]: member "alice" is already taken by levels[0].members[0]',
  ],
  [
    'two people of one id',
    'id: bob',
    'id: Alice',
    '12: people[1].id: person "Alice" is already taken by people[0].id (and 1 more)',
  ],
  [
    'two people of one account',
    'slack: U0BOB',
    'slack: U0ALICE',
    '12: people[1].slack: account "U0ALICE" is already taken by people[0].slack',
  ],
  [
    'a name for an id',
    'slack: U0BOB',
    'slack: "@bob"',
    '12: people[1].slack: must be the id, not the name; the platform shows it under "Copy link" or the details',
  ],
  [
    'an unknown role',
    'role: lead',
    'role: leed',
    '13: people[2].role: "leed" is not a known choice; did you mean lead?',
  ],
  ['a broken mail address', 'lena@acme.test', 'lena', '13: people[2].email: is not a mail address'],
  [
    'an unknown mode',
    'mode: ask',
    'mode: aks',
    '20: channels.intake[0].mode: "aks" is not a known choice; did you mean ask?',
  ],
  [
    'an intake channel of no platform',
    'slack: C0SUPPORT, ',
    '',
    '20: channels.intake[0]: must name one channel, by slack or by teams',
  ],
  [
    'one emoji in two priorities',
    '[large_blue_circle]',
    '[red_circle]',
    '24: priorities.P3.emoji[0]: emoji "red_circle" is already taken by priorities.P1.emoji[0]',
  ],
  [
    'one emoji for a priority and a verb',
    '[ticket]',
    '[rotating_light]',
    '25: emoji.open[0]: emoji "rotating_light" is already taken by priorities.P1.emoji[1]',
  ],
  [
    'an emoji in letters of its own',
    '[ticket]',
    '[🎫]',
    "25: emoji.open[0]: write Slack's name for the emoji, such as red_circle",
  ],
  [
    'two priorities of one name',
    '  P3:',
    '  p2:',
    '24: priorities.p2: priority "p2" is already taken by priorities.P2',
  ],
  [
    'a priority that is a number',
    '  P3:',
    '  3:',
    '24: priorities.3: must be a name that begins with a letter, such as P1',
  ],
  [
    'an unknown calendar',
    'hours: 24x7',
    'hours: weekend',
    '22: priorities.P1.hours: "weekend" is not a known calendar; known are desk, 24x7',
  ],
  [
    'a mark of 0 %',
    'warn_at: 75%',
    'warn_at: 0%',
    '26: sla.warn_at[0]: "0%" must lie between 0 % and 100 %, both excluded',
  ],
  [
    'a mark of 130 %',
    'warn_at: 75%',
    'warn_at: [75%, 130%]',
    '26: sla.warn_at[1]: "130%" must lie between 0 % and 100 %, both excluded',
  ],
  [
    'a mark of 100 %',
    'warn_at: 75%',
    'warn_at: 100%',
    '26: sla.warn_at[0]: "100%" must lie between 0 % and 100 %, both excluded',
  ],
  [
    'a mark without a sign',
    'warn_at: 75%',
    'warn_at: 75',
    '26: sla.warn_at[0]: "75" is not a mark; write 75% or 30m before',
  ],
  [
    'a mark at the very end',
    'warn_at: 75%',
    'warn_at: [75%, 0m before]',
    '26: sla.warn_at[1]: "0m" is no time at all; write at least 1s',
  ],
  [
    'an unknown zone of a person',
    'slack: U0BOB',
    'timezone: London',
    '12: people[1].timezone: "London" is not a time zone; use an IANA name such as Europe/London',
  ],
  [
    'an hour that no day has, in a calendar by name',
    'people:',
    'calendars: { night: { hours: { mon: "22:00-25:00" } } }\npeople:',
    '10: calendars.night.hours.mon[0]: "22:00-25:00" is not a stretch of a day; write "09:00-17:30", with times from 00:00 to 24:00',
  ],
  [
    'a calendar by name that never opens',
    'people:',
    'calendars: { night: { hours: { mon: [] } } }\npeople:',
    '10: calendars.night: calendar "night" has no open minute, so nothing could ever be due; give it hours, or write 24x7',
  ],
  [
    'a feed in the clear',
    '[2026-12-25]',
    '{ ical: "http://calendar.example/uk.ics" }',
    '9: desk.holidays[0]: the feed at calendar.example is read in the clear; use https:// (http:// is for this machine only)',
  ],
  ['no mark', 'warn_at: 75%', 'warn_at: []', '26: sla.warn_at: must hold at least one mark'],
  [
    'an unknown untriaged priority',
    'resolution_starts: reported',
    'untriaged: P4',
    '26: sla.untriaged: "P4" is not a known priority; did you mean P1?',
  ],
  [
    'a prefix with a dash',
    'prefix: CASE',
    'prefix: MY-CASE',
    '4: desk.prefix: must be 1 to 10 letters and figures beginning with a letter, such as CASE',
  ],
  [
    'words where a block belongs',
    'desk:\n',
    'desk: Acme\nx:\n',
    '2: desk: must be a block with the keys name, prefix, timezone, hours, holidays, overrides, breaks, close_after, categories (and 1 more)',
  ],
  [
    'an hour that never opens',
    '["09:00-12:30", "13:30-17:30"]\n    tue: ["09:00-17:30"]',
    '[]\n    tue: []',
    '6: desk.hours: calendar "desk" has no open minute, so nothing could ever be due; give it hours, or write 24x7',
  ],
  [
    'holidays from a calendar file',
    '[2026-12-25]',
    '{ ical: ./holidays.ics }',
    '9: desk.holidays[0]: ./holidays.ics is not there; paths count from the folder of the desk file',
  ],
  ['a tab', '  name: Acme', '\tname: Acme', '3: a tab in the indentation; use spaces'],
  ['a key written twice', 'prefix: CASE', 'name: Again', '4: "name" is written twice in the same block; keep one'],
  ['a missing bracket', '[alice, bob]', '[alice, bob', '15: is not YAML here: …'],
  ['a second document', 'people:', '---\npeople:', '10: a second document begins here (---); a desk file has one'],
  [
    'an alias to nowhere',
    'name: Acme Support',
    'name: *nobody',
    '1: has anchors and aliases that cannot be followed: Unresolved alias…',
  ],
];

/** One line, exactly so; a `…` at the end of `expected` stands for words of the YAML parser. */
function expectLine(told: string, expected: string): void {
  expect(told).not.toContain('\n');
  const open = expected.endsWith('…');
  expect(open ? told.slice(0, expected.length - 1) : told).toBe(open ? expected.slice(0, -1) : expected);
}

describe('a mistake in the desk file is one line with line and key', () => {
  it.each(MISTAKES)('%s', (_what, replaced, by, problem) => {
    expect(ACME).toContain(replaced);
    expectLine(problemOf(ACME.replace(replaced, by)), `desk.yaml:${problem}`);
  });

  it.each([
    ['an empty file', '', 'desk.yaml:1: is empty; delete it to use the built-in desk, or begin with "desk:"'],
    ['only comments', '# soon\n', 'desk.yaml:1: is empty; delete it to use the built-in desk, or begin with "desk:"'],
    [
      'a list',
      '- desk',
      'desk.yaml:1: the file: must be a block with the keys desk, calendars, people, levels, channels, priorities, emoji, sla, digest, rota, close_after, categories',
    ],
    [
      'a large file',
      `desk: { name: "${'x'.repeat(1024 * 1024)}" }`,
      'desk.yaml:1: is larger than 512 KB; that is no desk file',
    ],
    ['brackets without end', '['.repeat(500_000), 'desk.yaml:1: is nested too deeply to be a desk file'],
    ['dashes without end', '- '.repeat(250_000), 'desk.yaml:1: is nested too deeply to be a desk file'],
    [
      'keys within keys',
      Array.from({ length: 60 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      'desk.yaml:1: is nested too deeply to be a desk file',
    ],
    ['an alias of itself', 'desk: &desk\n  name: *desk', 'desk.yaml:1: is nested too deeply to be a desk file'],
  ])('%s', (_what, text, problem) => {
    const began = process.cpuUsage();
    expectLine(problemOf(text), problem);
    expect(cpuMsSince(began)).toBeLessThan(2000);
  });

  it('a bomb of aliases', () => {
    const lines = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (let at = 1; at < 9; at += 1) {
      const [before, name] = [String.fromCharCode(96 + at), String.fromCharCode(97 + at)];
      lines.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(',')}]`);
    }
    expect(problemOf(lines.join('\n'))).toContain('desk.yaml:1: has anchors and aliases that cannot be followed');
  });

  it('forty thousand keys', () => {
    const began = process.cpuUsage();
    expect(problemOf(Array.from({ length: 40_000 }, (_, at) => `k${at}: 1`).join('\n'))).toContain(
      'desk.yaml:1: k0: "k0" is not a known key',
    );
    expect(cpuMsSince(began)).toBeLessThan(5000);
  });
});
