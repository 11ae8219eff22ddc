import type { SlackSeed } from './slack';
import type { TeamsSeed } from './teams/options';
import type { Person, Rooms } from './uiState';

/** One small company on both platforms, as the example desk file names it: Acme Support and a client's guest. */

type Somebody = { key: string; name: string; title: string; slack: string; aad: string };

const aad = (end: string): string => `00000000-0000-0000-0000-${end.padStart(12, '0')}`;

const ALICE: Somebody = {
  key: 'alice',
  name: 'Alice Anderson',
  title: 'Support agent',
  slack: 'U0ALICE',
  aad: aad('a11c'),
};
const BOB: Somebody = { key: 'bob', name: 'Bob Brown', title: 'Support agent', slack: 'U0BOB', aad: aad('0b0b') };
const CAROL: Somebody = {
  key: 'carol',
  name: 'Carol Chen',
  title: 'Specialist, identity and access',
  slack: 'U0CAROL',
  aad: aad('ca01'),
};
const LENA: Somebody = { key: 'lena', name: 'Lena Lead', title: 'Support lead', slack: 'U0LENA', aad: aad('1ea0') };
const RAVI: Somebody = {
  key: 'ravi',
  name: 'Ravi Reporter',
  title: 'Account manager',
  slack: 'U0RAVI',
  aad: aad('5a51'),
};
const GWEN: Somebody = {
  key: 'gwen',
  name: 'Gwen Grant',
  title: 'Guest, Northwind Traders',
  slack: 'U0GWEN',
  aad: aad('9e4e'),
};

const EVERYBODY = [RAVI, ALICE, BOB, CAROL, LENA, GWEN];
const DESK = [ALICE, BOB, CAROL, LENA];
const BOT = 'U0BATON';

const teamsId = (one: Somebody): string => `29:1-${one.key}-acme`;
const slackIds = (people: Somebody[]): string[] => [...people.map((one) => one.slack), BOT];

/** Those that a visitor can be. */
export const PEOPLE: Person[] = [
  { key: 'ravi', role: 'Reporter' },
  { key: 'alice', role: 'Agent' },
  { key: 'bob', role: 'Agent' },
  { key: 'carol', role: 'Specialist' },
  { key: 'lena', role: 'Lead' },
].flatMap(({ key, role }) =>
  EVERYBODY.filter((one) => one.key === key).map((one) => ({
    key,
    role,
    name: one.name,
    slack: one.slack,
    teams: teamsId(one),
  })),
);

export const ROOMS: Rooms = {
  support: { slack: 'C0SUPPORT', teams: '19:support@thread.tacv2' },
  triage: { slack: 'C0TRIAGE', teams: '19:triage@thread.tacv2' },
  leads: { slack: 'C0LEADS', teams: '19:leads@thread.tacv2' },
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const SUPPORT_TOPIC = 'Something is wrong for a client? Say it here.';
const TRIAGE_TOPIC = 'Every case has its card here. 🔴 🟠 🔵 set the priority.';
const LEADS_TOPIC = 'Cases at risk and breached promises';

export const SLACK_SEED: SlackSeed = {
  team: { id: 'T0ACME', name: 'Acme', domain: 'acme' },
  app: { id: 'A0BATON', bot_id: 'B0BATON', bot_user_id: BOT },
  users: EVERYBODY.map((one) => ({
    id: one.slack,
    name: one.key,
    real_name: one.name,
    title: one.title,
    email: `${one.key}@${one === GWEN ? 'northwind' : 'acme'}.test`,
  })),
  channels: [
    { id: 'C0GENERAL', name: 'general', members: slackIds([RAVI, ...DESK]), topic: 'Announcements and small talk' },
    { id: 'C0SUPPORT', name: 'support', members: slackIds(EVERYBODY), topic: SUPPORT_TOPIC },
    { id: 'C0TRIAGE', name: 'triage', members: slackIds(DESK), topic: TRIAGE_TOPIC },
    { id: 'C0LEADS', name: 'leads', kind: 'private', members: slackIds([CAROL, LENA]), topic: LEADS_TOPIC },
  ],
  messages: [
    {
      channel: 'C0GENERAL',
      user: LENA.slack,
      text: 'Morning all. Northwind’s new contract starts today: an urgent case gets its first answer *within the hour*, day and night.',
      ago_ms: 26 * HOUR_MS,
      reactions: [{ name: 'thumbsup', users: [BOB.slack, CAROL.slack] }],
    },
    {
      channel: 'C0SUPPORT',
      user: GWEN.slack,
      text: 'Good morning! Could somebody look at invoice 20417? It lists a delivery that never reached us.',
      ago_ms: 3 * HOUR_MS,
    },
    {
      channel: 'C0SUPPORT',
      user: BOB.slack,
      text: 'Thanks Gwen, I am asking the carrier.',
      ago_ms: 3 * HOUR_MS - 9 * MINUTE_MS,
      thread: 1,
    },
    {
      channel: 'C0SUPPORT',
      user: RAVI.slack,
      text: 'Nobody at Woodgrove can log in\nAll 60 seats, since about half an hour. They see “SSO error 503”; their IT lead is on the phone.',
      ago_ms: 14 * MINUTE_MS,
    },
    {
      channel: 'C0SUPPORT',
      user: RAVI.slack,
      text: 'And from Fabrikam, no hurry: they would like the monthly report as CSV.',
      ago_ms: 4 * MINUTE_MS,
    },
  ],
};

export const TEAMS_SEED: TeamsSeed = {
  users: EVERYBODY.map((one) => ({
    id: teamsId(one),
    aadObjectId: one.aad,
    name: one.name,
    title: one.title,
    email: `${one.key}@${one === GWEN ? 'northwind' : 'acme'}.test`,
  })),
  teams: [
    {
      id: '19:general@thread.tacv2',
      aadGroupId: '00000000-0000-0000-0000-0000000ac3e0',
      name: 'Acme Support',
      channels: [
        { id: '19:general@thread.tacv2', name: 'General', topic: 'Announcements' },
        { id: ROOMS.support.teams, name: 'Support', topic: SUPPORT_TOPIC },
        { id: ROOMS.triage.teams, name: 'Triage', topic: TRIAGE_TOPIC },
        { id: ROOMS.leads.teams, name: 'Leads', topic: LEADS_TOPIC },
      ],
    },
  ],
  messages: [
    {
      conversation: ROOMS.support.teams,
      from: teamsId(GWEN),
      text: 'Hello, is there a date for the new API keys page? Our developers are asking.',
      agoMs: 5 * HOUR_MS,
      replies: [
        {
          from: teamsId(CAROL),
          text: 'Thursday, if nothing burns. I will tell you here.',
          agoMs: 5 * HOUR_MS - 20 * MINUTE_MS,
        },
      ],
    },
    {
      conversation: ROOMS.support.teams,
      from: teamsId(RAVI),
      text: 'Tailspin cannot print shipping labels\nSince this morning’s update; their warehouse stands still.',
      agoMs: 11 * MINUTE_MS,
    },
  ],
};
