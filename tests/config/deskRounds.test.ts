/** What the desk file says of shifts and digests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDesk } from '../../src/config/deskFile';
import type { Desk } from '../../src/domain/desk/desk';
import { instant } from '../../src/domain/ids';
import { isOpen } from '../../src/domain/sla/walk';

function deskOf(text: string): Desk {
  const read = readDesk(text, { path: 'desk.yaml' });
  if ('problem' in read) throw new Error(read.problem);
  return read.desk;
}
const problemOf = (text: string): string => {
  const read = readDesk(text, { path: 'desk.yaml' });
  return 'problem' in read ? read.problem : 'none';
};
const on = (text: string) => instant(Date.parse(text));

describe('hours of a person', () => {
  const people = (rest: string): string =>
    `desk: { timezone: Europe/London, holidays: [2026-12-25] }\npeople:\n  - { id: ann, name: Ann, ${rest} }\n`;

  it('are in their own zone, and the desk’s holidays are theirs', () => {
    const hours = deskOf(people('timezone: Europe/Berlin, hours: { mon: "09:00-17:00", fri: ["09:00-12:00"] }'))
      .people[0]?.hours;
    if (hours === undefined) throw new Error('no hours');
    expect(isOpen(hours, on('2026-11-23T08:00:00Z'))).toBe(true);
    expect(isOpen(hours, on('2026-11-23T16:00:00Z'))).toBe(false);
    expect(isOpen(hours, on('2026-12-25T10:00:00Z'))).toBe(false);
    expect(isOpen(hours, on('2026-12-18T10:00:00Z'))).toBe(true);
  });

  it('are the desk’s zone’s where the person names none, and may be round the clock', () => {
    expect(deskOf(people('hours: { mon: "09:00-17:00" }')).people[0]?.hours?.zone).toBe('Europe/London');
    expect(isOpen(deskOf(people('hours: 24x7')).people[0]!.hours!, on('2026-11-22T03:00:00Z'))).toBe(true);
  });

  it('are not known where the file does not say', () => {
    expect(deskOf(people('role: agent')).people[0]).not.toHaveProperty('hours');
  });

  it('without an open minute, or that are no hours, are refused with line and key', () => {
    expect(problemOf(people('hours: { mon: [] }'))).toBe(
      'desk.yaml:3: people[0].hours: has no open minute; name the days they work, such as mon: ["09:00-17:00"], or leave hours out',
    );
    expect(problemOf(people('hours: { mon: "09:00-25:00" }'))).toMatch(
      /^desk\.yaml:3: people\[0\]\.hours\.mon\[0\]: "09:00-25:00" is not a stretch of a day/,
    );
  });
});

describe('digests', () => {
  it('go out at 08:30 and 17:30 once they are wanted, or when the file says', () => {
    expect(deskOf('digest: {}').digest).toEqual({ morning: '08:30', evening: '17:30' });
    expect(deskOf('digest: { morning: "7:00" }').digest).toEqual({ morning: '07:00', evening: '17:30' });
  });

  it('are not sent by a desk that does not ask for them', () => {
    expect(deskOf('desk: { name: Acme }')).not.toHaveProperty('digest');
    expect(deskOf(readFileSync(join(__dirname, '../../desk.yaml'), 'utf8'))).not.toHaveProperty('digest');
  });

  it('at a time that no clock shows are refused with line and key', () => {
    for (const time of ['25:00', '24:00', '8', 'noon', '08:60'])
      expect(problemOf(`digest: { morning: "${time}" }`)).toBe(
        `desk.yaml:1: digest.morning: "${time}" is not a time of day; write it as "08:30", from 00:00 to 23:59`,
      );
    expect(problemOf('digest: { noon: "12:00" }')).toMatch(/^desk\.yaml:1: digest\.noon: "noon" is not a known key/);
  });
});
