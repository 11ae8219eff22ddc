/** One engine with both real adapters in front of it, spoken to by signed requests: every answer and every trace is seen. */

import { keptAttendance } from '../../src/app/attendance';
import { createDoors, type Doors } from '../../src/app/doors';
import { actorName } from '../../src/app/perform';
import { createSeals } from '../../src/app/seal';
import { sealedDoors } from '../../src/app/sealed';
import type { Answer } from '../../src/app/view';
import { type Party, partyKey } from '../../src/domain/case/case';
import type { Desk, Person, Role } from '../../src/domain/desk/desk';
import { personId } from '../../src/domain/ids';
import { type Running, running } from '../adapters/slackSupport';
import { type Bench, openBench, RITA, SUPPORT, TENANT_ID } from '../adapters/teamsBench';
import { type Floor, openFloor, whispered } from '../support/floor';
import { DESK, OFFICE } from '../support/given';
import { type Ask, toSlack, toTeams } from './requests';

export type Platform = 'slack' | 'teams';

/** Everybody who may knock: by what the desk file says of them when they do, or said when their card was drawn. */
export const WHO = {
  stranger: 'somebody of the workspace who is not of the desk',
  reporter: 'whoever reported the case, not of the desk',
  viewer: 'a viewer',
  agent: 'an agent of the first level',
  specialist: 'an agent of the level that is asked',
  lead: 'a lead',
  admin: 'an admin',
  former: 'an agent when the card was drawn, taken out of the desk file since',
  demoted: 'a lead when the card was drawn, a viewer since',
} as const;
export type Who = keyof typeof WHO;
export const EVERYBODY = Object.keys(WHO) as readonly Who[];

const ROLES: Readonly<Partial<Record<Who, Role>>> = {
  viewer: 'viewer',
  agent: 'agent',
  specialist: 'agent',
  lead: 'lead',
  admin: 'admin',
  former: 'agent',
  demoted: 'lead',
};
const account = (who: string, platform: Platform): string =>
  platform === 'slack' ? `U0${who.toUpperCase()}` : `teams-${who}`;
const personCalled = (who: string, role: Role): Person => ({
  id: personId(who),
  name: `The ${who}`,
  role,
  email: null,
  zone: null,
  accounts: { slack: account(who, 'slack'), teams: account(who, 'teams') },
});

const week = (start: string, end: string) => ({
  ...OFFICE,
  weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ start, end }]])),
});
/** Everybody who works cases has a triage shift, so that each has one to swap; the colleague is there to be done to. */
const BEFORE: Desk = {
  ...DESK,
  people: [
    personCalled('colleague', 'agent'),
    personCalled('boss', 'lead'),
    ...Object.entries(ROLES).map(([who, role]) => personCalled(who, role)),
  ],
  levels: [
    { name: 'L1', members: ['agent', 'colleague'].map(personId), acceptWithinMs: 1_800_000 },
    { name: 'L2', members: [personId('specialist')], acceptWithinMs: 1_800_000 },
  ],
  triageRota: {
    shifts: ['colleague', 'agent', 'specialist', 'lead', 'admin', 'former', 'demoted'].map((who, hour) => ({
      name: `Shift of ${who}`,
      who: [personId(who)],
      hours: week(`${10 + hour}:00`, `${11 + hour}:00`),
    })),
    overrides: {},
    withinMs: 900_000,
  },
};
const NOW: Desk = {
  ...BEFORE,
  people: BEFORE.people
    .filter(({ id }) => id !== 'former')
    .map((one) => (one.id === 'demoted' ? { ...one, role: 'viewer' } : one)),
};

export const person = (who: string): Party => ({ kind: 'person', id: personId(who), name: `The ${who}` });
/** How they stood when their card was drawn. */
export function partyOf(who: Who, platform: Platform): Party {
  return ROLES[who] === undefined ? guest(who, platform) : person(who);
}
const guest = (who: string, platform: Platform): Party => ({
  kind: 'guest',
  platform,
  user: account(who, platform),
  name: `The ${who}`,
});
/** How they stand when they knock. */
export function partyNow(who: Who, platform: Platform): Party {
  return who === 'former' ? guest(who, platform) : partyOf(who, platform);
}

export interface Got {
  /** What the engine answered; null for events, which have no answer. */
  readonly answer: unknown;
  readonly status: number;
}

export interface House {
  readonly floor: Floor;
  readonly desk: { readonly before: Desk; readonly now: Desk };
  /** Null where the platform has no such thing. */
  asks(platform: Platform, who: Who, ask: Ask, opensForm: boolean): Promise<Got | null>;
  /** All that somebody has caused so far, in one text. */
  traces(platform: Platform, who: Who): Promise<string>;
  stop(): Promise<void>;
}

export async function openHouse(): Promise<House> {
  const floor = await openFloor(BEFORE);
  const seals = createSeals('the secret of the house');
  const drafting = { ...floor.engine, draft: async () => ({ desk: floor.desk }) };
  const real = sealedDoors(createDoors(drafting), { seals, now: () => floor.at, refused: () => undefined });
  const seen: Promise<unknown>[] = [];
  const doors = Object.fromEntries(
    Object.entries(real).map(([name, door]) => [
      name,
      (...args: unknown[]) => {
        const answer = (door as (...given: unknown[]) => Promise<unknown>)(...args);
        seen.push(answer);
        return answer;
      },
    ]),
  ) as unknown as Doors;
  const slack = await running({ answers: doors, desk: () => floor.desk });
  const teams = await openBench({ desk: () => floor.desk });
  Object.assign(teams.app.answers, doors);
  const send = { slack: sendToSlack(slack), teams: sendToTeams(teams) };

  return {
    floor,
    desk: { before: BEFORE, now: NOW },
    async asks(platform, who, ask, opensForm) {
      const key = partyKey(partyNow(who, platform));
      const sealed = sealedAsk(ask, (verb, data, isForm) =>
        isForm ? seals.form(verb, data, key, floor.at) : seals.button(verb, data),
      );
      const before = seen.length;
      const status = await send[platform](sealed, account(who, platform), opensForm);
      if (status === null) return null;
      const answers = await Promise.all(seen.slice(before));
      await floor.settled();
      return { status, answer: answers.at(-1) ?? null };
    },
    async traces(platform, who) {
      const actor = actorName(partyNow(who, platform));
      const mine = floor.accepted.filter((one) => one.actor === actor).map(({ command }) => command);
      const told = whispered(floor[platform], account(who, platform)).length;
      return JSON.stringify([mine, await keptAttendance(floor.store), told]);
    },
    async stop() {
      await slack.stop();
      await teams.stop();
      await floor.close();
    },
  };
}

type Seal = (verb: Parameters<Doors['press']>[0], data: Parameters<Doors['press']>[1], isForm: boolean) => typeof data;
const sealedAsk = (ask: Ask, seal: Seal): Ask =>
  ask.door === 'press' || ask.door === 'submit'
    ? { ...ask, data: seal(ask.verb, ask.data, ask.door === 'submit') }
    : ask;

type Send = (ask: Ask, user: string, opensForm: boolean) => Promise<number | null>;

const sendToSlack =
  ({ world, url }: Running): Send =>
  async (ask, user) => {
    const request = toSlack(ask, user);
    if (request === null) return null;
    const { body, headers } = world.signed(request.body, { contentType: request.contentType });
    const answer = await fetch(url, { method: 'POST', body, headers });
    await answer.arrayBuffer();
    return answer.status;
  };

const sendToTeams =
  ({ world, endpoint }: Bench): Send =>
  async (ask, user, opensForm) => {
    const request = toTeams(ask, opensForm);
    if (request === null) return null;
    const { type: _, id: __, conversation, ...usual } = world.draft({ user: RITA, conversation: SUPPORT, text: '' });
    const place = 'at' in ask ? ask.at : null;
    const thread = place?.thread === null || place === null ? '' : `;messageid=${place.thread}`;
    const inPerson = request['conversation'] !== undefined || place === null;
    const activity = {
      ...usual,
      entities: [],
      ...request,
      timestamp: new Date().toISOString(),
      from: { id: `29:${user}`, aadObjectId: user, name: `The ${user.replace('teams-', '')}` },
      conversation: {
        id: inPerson ? `a:${user}` : `${place?.channel}${thread}`,
        conversationType: inPerson ? 'personal' : 'channel',
        tenantId: TENANT_ID,
      },
      channelData: { ...(request['channelData'] as object | undefined), tenant: { id: TENANT_ID } },
    };
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${world.token()}` };
    const answer = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(activity) });
    await answer.arrayBuffer();
    return answer.status;
  };

/** What an answer says, when it says anything. */
export const isAnswer = (given: unknown): given is Answer =>
  typeof given === 'object' && given !== null && 'kind' in given;
