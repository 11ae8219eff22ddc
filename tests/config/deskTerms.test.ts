import { readDesk } from '../../src/config/deskFile';
import type { Desk } from '../../src/domain/desk/desk';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/ids';
import { DEFAULT_RULES } from '../../src/domain/sla/rules';

const FILE = `
desk: { timezone: Europe/London, hours: { mon: "09:00-17:00", tue: "09:00-17:00" } }
calendars:
  early: { hours: { mon: "06:00-10:00" } }
people: [ { id: alice, name: Alice Anderson } ]
levels:
  - { name: L1, members: [alice], hours: early }
priorities:
  P1: { first_response: 1h, resolution: 4h, triage: 15m, next_response: 1h, update_every: 2h, hours: 24x7 }
  P2: { first_response: { within: 1d, hours: early }, resolution: 2d }
sla:
  tiers:
    gold:
      hours: 24x7
      priorities:
        P2: { resolution: 1d, update_every: none, hours: early, next_response: { within: 1d, hours: 24x7 } }
  clients:
    - { name: Globex Corp, tier: gold }
    - { name: Initech, priorities: { P1: { triage: 5m } } }
  pauses: { first_response: [awaiting client], resolution: [new, awaiting client], update: [] }
  grace_after_opening: 30m
  on_priority_change: restart
  on_reopen: restart
`;
const deskOf = (text: string): Desk => {
  const read = readDesk(text, { path: 'desk.yaml' });
  if ('problem' in read) throw new Error(read.problem);
  return read.desk;
};
const problemOf = (text: string): string => {
  const read = readDesk(text, { path: 'desk.yaml' });
  return 'problem' in read ? read.problem : 'no problem';
};

describe('what the desk file says of clocks', () => {
  it('targets of five clocks, tiers, clients, levels, pauses and grace', () => {
    const { sla, priorities } = deskOf(FILE);
    expect(sla?.priorities['P1']).toMatchObject({
      triage: { ms: 15 * MINUTE_MS, calendar: null },
      next_response: { ms: HOUR_MS, calendar: null },
      update: { ms: 2 * HOUR_MS, calendar: null },
    });
    expect(priorities[1]).toMatchObject({
      firstResponseMs: 4 * HOUR_MS,
      resolutionMs: 16 * HOUR_MS,
      updateEveryMs: null,
    });
    expect(sla?.priorities['P2']?.first_response).toEqual({ ms: 4 * HOUR_MS, calendar: 'early' });
    expect(sla?.tiers['gold']).toEqual({
      calendar: '24x7',
      priorities: {
        P2: {
          calendar: 'early',
          clocks: {
            resolution: { ms: 4 * HOUR_MS, calendar: null },
            update: { ms: null, calendar: null },
            next_response: { ms: DAY_MS, calendar: '24x7' },
          },
        },
      },
    });
    expect(sla?.clients).toMatchObject([
      { name: 'Globex Corp', tier: 'gold', priorities: {} },
      { name: 'Initech', tier: null, priorities: { P1: { clocks: { triage: { ms: 5 * MINUTE_MS } } } } },
    ]);
    expect(sla).toMatchObject({
      levelCalendars: { L1: 'early' },
      pauses: { first_response: ['Awaiting client'], resolution: ['New', 'Awaiting client'] },
      graceMs: 30 * MINUTE_MS,
      onPriorityChange: 'restart',
      onReopen: 'restart',
    });
    expect(sla?.pauses.update).toBeUndefined();
  });

  it('nothing of it: the usual rules, and the targets of the priorities', () => {
    expect(deskOf('desk: {}').sla).toMatchObject({
      ...DEFAULT_RULES,
      priorities: { P1: { update: { ms: 2 * HOUR_MS } } },
    });
  });

  it.each([
    [
      'a tier of an unknown priority',
      'P2: { resolution: 1d, update',
      'P4: { resolution: 1d, update',
      '16: sla.tiers.gold.priorities.P4: "P4" is not a known priority; did you mean P1?',
    ],
    [
      'a tier on an unknown calendar',
      'hours: 24x7\n      priorities',
      'hours: erly\n      priorities',
      '14: sla.tiers.gold.hours: "erly" is not a known calendar; did you mean early?',
    ],
    [
      'a clock on an unknown calendar',
      'within: 1d, hours: early',
      'within: 1d, hours: night',
      '10: priorities.P2.first_response.hours: "night" is not a known calendar; known are desk, 24x7, early',
    ],
    [
      'a level on an unknown calendar',
      'members: [alice], hours: early',
      'members: [alice], hours: nigth',
      '7: levels[0].hours: "nigth" is not a known calendar; known are desk, 24x7, early',
    ],
    [
      'a client of an unknown tier',
      'tier: gold',
      'tier: golden',
      '18: sla.clients[0].tier: "golden" is not a known tier; did you mean gold?',
    ],
    [
      'a client twice',
      'name: Initech',
      'name: globex corp',
      '19: sla.clients[1].name: client "globex corp" is already taken by sla.clients[0].name',
    ],
    [
      'a target that is none',
      'resolution: 4h',
      'resolution: none',
      '9: priorities.P1.resolution: must be a length of time such as 4h; every priority promises this one',
    ],
    [
      'a target without its length',
      '{ within: 1d, hours: early }',
      '{ hours: early }',
      '10: priorities.P2.first_response.within: write a length of time such as 30m, 4h or 2d',
    ],
    [
      'a length that is none',
      'triage: 15m',
      'triage: soon',
      '9: priorities.P1.triage: "soon" is not a length of time; write 90s, 30m, 4h or 2d',
    ],
    [
      'a clock that there is not',
      'triage: 5m',
      'triag: 5m',
      '19: sla.clients[1].priorities.P1.triag: "triag" is not a known key; did you mean triage?',
    ],
    [
      'a status that there is not',
      'first_response: [awaiting client]',
      'first_response: [waiting]',
      '20: sla.pauses.first_response[0]: "waiting" is not a known choice; known are new, triaged, in progress, awaiting client',
    ],
    [
      'grace that is none',
      'grace_after_opening: 30m',
      'grace_after_opening: 0m',
      '21: sla.grace_after_opening: "0m" is no time at all; write at least 1s',
    ],
    [
      'a rule that there is not',
      'on_reopen: restart',
      'on_reopen: begin',
      '23: sla.on_reopen: "begin" is not a known choice; known are resume, restart',
    ],
    [
      'a calendar with hours that there are not',
      'mon: "06:00-10:00"',
      'mon: "06:00-25:00"',
      '4: calendars.early.hours.mon[0]: "06:00-25:00" is not a stretch of a day; write "09:00-17:30", with times from 00:00 to 24:00',
    ],
  ])('%s is one line with line and key', (_, replaced, by, problem) => {
    expect(FILE).toContain(replaced);
    expect(problemOf(FILE.replace(replaced, by))).toBe(`desk.yaml:${problem}`);
  });
});
