import { readDesk } from '../src/config/deskFile';
import type { Desk } from '../src/domain/desk/desk';

/** The people and channels of the emulated Slack; round the clock, so that a run at night measures the same. */
export const DESK = `
desk: { name: Acme Support, prefix: CASE, timezone: Europe/London, hours: 24x7 }
people:
  - { id: alice, name: Alice Anderson, slack: U0ALICE, role: agent }
  - { id: carol, name: Carol Chen, slack: U0CAROL, role: agent }
  - { id: lena, name: Lena Lead, slack: U0LENA, role: lead }
levels:
  - { name: L1 Frontline, members: [alice], accept_within: 30m }
  - { name: L2 Specialists, members: [carol], accept_within: 15m }
channels:
  triage: { slack: C0TRIAGE }
  leads: { slack: C0LEADS }
priorities:
  P1: { label: Urgent, emoji: [red_circle], first_response: 1h, resolution: 4h, when: The client cannot work, hours: 24x7 }
  P2: { label: Standard, emoji: [large_orange_circle], first_response: 4h, resolution: 2d, when: The client is hindered, hours: 24x7 }
  P3: { label: Low, emoji: [large_blue_circle], first_response: 1d, resolution: 5d, when: Everything else, hours: 24x7 }
sla: { warn_at: 75%, untriaged: P3 }
`;

export function benchDesk(): Desk {
  const read = readDesk(DESK, { path: 'bench/desk.ts' });
  if ('problem' in read) throw new Error(read.problem);
  return read.desk;
}
