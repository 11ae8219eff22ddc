import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createSlackWorld,
  type SlackManifest,
  type SlackSeed,
  type SlackWorld,
  type SlackWorldOptions,
} from '../../adapters/sandbox/slack';
import type { SlackMessage, SlackView } from '../../adapters/sandbox/slack/protocol';
import { type Log, type Slack, startSlack } from '../../adapters/slack';
import { readSlackManifest } from '../../adapters/slack/manifest';
import type { Doors } from '../../src/app/doors';
import type { Answer, Button, Form, View } from '../../src/app/view';
import type { Desk } from '../../src/domain/desk/desk';
import { instant, personId, priorityName } from '../../src/domain/ids';
import { ALWAYS } from '../../src/domain/sla/calendar';

export const SECRETS = { signingSecret: 'a-signing-secret', botToken: 'xoxb-baton', appToken: 'xapp-baton' };

export const SEED: SlackSeed = {
  team: { id: 'T0ACME', name: 'Acme', domain: 'acme' },
  app: { id: 'A0BATON', bot_id: 'B0BATON', bot_user_id: 'U0BATON' },
  users: [
    { id: 'U0RAVI', name: 'ravi', real_name: 'Ravi Reporter' },
    { id: 'U0ALICE', name: 'alice', real_name: 'Alice A.' },
    { id: 'U0LENA', name: 'lena', real_name: 'Lena Lead' },
  ],
  channels: [
    { id: 'C0SUPPORT', name: 'support', members: ['U0RAVI', 'U0ALICE', 'U0BATON'] },
    { id: 'C0TRIAGE', name: 'triage', members: ['U0ALICE', 'U0LENA', 'U0BATON'] },
    { id: 'C0ELSEWHERE', name: 'elsewhere', members: ['U0RAVI', 'U0ALICE'] },
  ],
  messages: [{ channel: 'C0SUPPORT', user: 'U0RAVI', text: 'The printer burns &amp; smokes', ago_ms: 60_000 }],
};

export const DESK: Desk = {
  name: 'Acme Support',
  prefix: 'CASE',
  zone: 'Europe/London',
  calendars: { desk: ALWAYS },
  people: [
    {
      id: personId('alice'),
      name: 'Alice Anderson',
      role: 'agent',
      email: null,
      zone: null,
      accounts: { slack: 'U0ALICE' },
    },
    { id: personId('lena'), name: 'Lena Lead', role: 'lead', email: null, zone: null, accounts: { slack: 'U0LENA' } },
    { id: personId('tom'), name: 'Tom Teams', role: 'agent', email: null, zone: null, accounts: { teams: 'tom' } },
  ],
  levels: [],
  triage: { slack: 'C0TRIAGE' },
  leads: {},
  intake: [{ platform: 'slack', channel: 'C0SUPPORT', mode: 'ask' }],
  priorities: [
    {
      name: priorityName('P1'),
      label: 'Urgent',
      emoji: ['red_circle'],
      firstResponseMs: 1,
      resolutionMs: 2,
      when: 'now',
      updateEveryMs: null,
      calendar: 'desk',
    },
  ],
  categories: [],
  emoji: { open: [], take: [], wait: [], resolve: [] },
  warnAt: [],
  resolutionStarts: 'reported',
  untriaged: priorityName('P1'),
  closeAfterMs: 1,
};

export const button = (given: Partial<Button> = {}): Button => ({
  verb: 'take',
  label: 'Take',
  style: 'plain',
  data: { case: 'c1', seen: 3 },
  opensForm: false,
  confirm: null,
  inMenu: false,
  ...given,
});

export const view = (given: Partial<View> = {}): View => ({
  summary: 'CASE-1042 is here',
  title: null,
  tone: 'plain',
  facts: [],
  sections: [],
  buttons: [],
  footer: null,
  ...given,
});

export const said = (summary: string, given: Partial<View> = {}): Answer => ({
  kind: 'said',
  view: view({ summary, sections: [{ kind: 'lines', lines: [[{ kind: 'text', text: summary }]] }], ...given }),
});

export const FORM: Form = {
  verb: 'open',
  title: 'Open a new case for a client',
  submit: 'Open case',
  cancel: 'Cancel',
  intro: [{ kind: 'lines', lines: [[{ kind: 'text', text: 'A case needs a title.' }]] }],
  fields: [
    {
      kind: 'line',
      name: 'title',
      label: 'Title',
      value: 'Printer',
      required: true,
      hint: null,
      maxLength: 200,
      placeholder: null,
    },
    {
      kind: 'text',
      name: 'text',
      label: 'What happened',
      value: '',
      required: false,
      hint: 'In your words',
      maxLength: 10_000,
      placeholder: 'Then',
    },
    { kind: 'client', name: 'client', label: 'Client', value: null, required: false, hint: null, known: [] },
    {
      kind: 'choice',
      name: 'priority',
      label: 'Priority',
      value: 'P1',
      required: false,
      hint: null,
      options: [
        { value: 'P1', label: 'Urgent', description: 'The client cannot work' },
        { value: 'P2', label: 'Standard', description: null },
      ],
    },
  ],
  data: { nonce: 'n1' },
};

type Call = { [Name in keyof Doors]: { door: Name; args: Parameters<Doors[Name]> } }[keyof Doors];

/** Doors that write down who came in, and answer as the test says. */
export function fakeDoors(answers: Partial<Doors> = {}) {
  const calls: Call[] = [];
  const answer = { ...answers };
  const done: Answer = { kind: 'done' };
  const usual: Doors = {
    line: async () => said('Hello'),
    press: async () => done,
    submit: async () => done,
    openFrom: async () => ({ kind: 'form', form: FORM }),
    reacted: async () => undefined,
    heard: async () => undefined,
    edited: async () => undefined,
    deleted: async () => undefined,
    home: async () => view({ summary: 'Your cases', title: [{ kind: 'strong', text: 'My cases' }] }),
    clients: async () => [],
  };
  const doors = Object.fromEntries(
    Object.keys(usual).map((door) => [
      door,
      (...args: unknown[]) => {
        calls.push({ door, args } as unknown as Call);
        const chosen = answer[door as keyof Doors] ?? usual[door as keyof Doors];
        return (chosen as (...given: unknown[]) => unknown)(...args);
      },
    ]),
  ) as unknown as Doors;
  const last = <Name extends keyof Doors>(door: Name): Parameters<Doors[Name]> => {
    const found = calls.filter((call) => call.door === door).at(-1);
    if (!found) throw new Error(`nobody came in by ${door}`);
    return found.args as Parameters<Doors[Name]>;
  };
  return {
    doors,
    calls,
    answer,
    last,
    count: (door: keyof Doors) => calls.filter((call) => call.door === door).length,
  };
}

export function quietLog() {
  const lines: { level: string; fields: object; message: string }[] = [];
  const waiting = new Set<() => void>();
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields, message });
    for (const look of waiting) look();
  };
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  /** Resolves when this many lines have these words. */
  const says = (words: string, times = 1): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (lines.filter((line) => line.message.includes(words)).length < times) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { log, lines, says, all: () => JSON.stringify(lines) };
}

export interface Running {
  world: SlackWorld;
  slack: Slack;
  url: string;
  manifest: SlackManifest;
  fake: ReturnType<typeof fakeDoors>;
  log: ReturnType<typeof quietLog>;
  clock: { now: () => number; push: (ms: number) => void };
  stop(): Promise<void>;
}

interface Setting {
  delivery?: 'http' | 'socket';
  answers?: Partial<Doors>;
  world?: Partial<SlackWorldOptions>;
  wallClock?: () => number;
  desk?: () => Desk;
}

/** The real adapter in front of the emulated workspace, on free ports. */
export async function running({
  delivery = 'http',
  answers = {},
  world: more = {},
  wallClock,
  desk = () => DESK,
}: Setting = {}): Promise<Running> {
  let now = Date.parse('2026-03-02T10:00:00Z');
  const clock = {
    now: () => now,
    push: (ms: number) => {
      now += ms;
    },
  };
  const manifest = readSlackManifest() as unknown as SlackManifest;
  const world = createSlackWorld({ seed: SEED, manifest, now: clock.now, ...SECRETS, delivery, ...more });
  await world.start(0);
  const fake = fakeDoors(answers);
  const log = quietLog();
  const way =
    delivery === 'http'
      ? ({ kind: 'http', signingSecret: SECRETS.signingSecret } as const)
      : ({ kind: 'socket', appToken: SECRETS.appToken } as const);
  const slack = await startSlack({
    config: { ...way, botToken: SECRETS.botToken, apiUrl: world.apiUrl },
    doors: fake.doors,
    desk,
    clock: { now: () => instant(clock.now()) },
    log: log.log,
    ...(wallClock ? { wallClock } : {}),
  });
  const server = await serve(slack);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  world.setRequestUrl(url);
  return {
    world,
    slack,
    url,
    manifest,
    fake,
    log,
    clock,
    stop: async () => {
      await slack.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await world.stop();
    },
  };
}

function serve(slack: Slack): Promise<Server> {
  const server = createServer((request, response) => {
    if (slack.http === null) response.writeHead(404).end();
    else void slack.http(request, response);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** Resolves when the world has come to hold what is looked for; the test's own time limit ends the wait. */
export function until<Found>(world: SlackWorld, look: () => Found | undefined | false | null): Promise<Found> {
  return new Promise((resolve) => {
    const check = (): void => {
      const found = look();
      if (found === undefined || found === false || found === null) return;
      stop();
      resolve(found);
    };
    const stop = world.onChange(check);
    check();
  });
}

export const flat = (message: { text?: string; blocks: unknown }): string =>
  JSON.stringify([message.text, message.blocks]);

export function messageWith(world: SlackWorld, words: string): Promise<SlackMessage> {
  return until(world, () => world.snapshot().messages.find((one) => flat(one).includes(words)));
}

export function topModal(world: SlackWorld, user: string): Promise<SlackView> {
  return until(world, () => world.snapshot().modals[user]?.at(-1));
}

type Element = { action_id: string; value?: string; options?: { value: string }[] };

/** Presses the button with this verb (or the menu that holds it) on a message or view. */
export async function press(
  world: SlackWorld,
  user: string,
  place: { channel: string; ts: string } | { view_id: string },
  verb: string,
) {
  const { messages, modals, homes } = world.snapshot();
  const all = [...Object.values(modals).flat(), ...Object.values(homes)];
  const blocks =
    'view_id' in place
      ? all.find((one) => one.id === place.view_id)?.blocks
      : messages.find((one) => one.channel === place.channel && one.ts === place.ts)?.blocks;
  for (const block of blocks ?? []) {
    for (const element of (block.elements ?? []) as unknown as Element[]) {
      const option = element.options?.find((one) => one.value.startsWith(`${verb}?`));
      const found = element.action_id?.startsWith(`baton:${verb}:`) || option;
      if (!found) continue;
      const { action_id } = element;
      return world.act({
        act: 'press',
        user,
        place,
        block_id: block.block_id,
        action_id,
        ...(option ? { value: option.value } : {}),
      });
    }
  }
  throw new Error(`there is no button "${verb}" there`);
}

/** Sends a body to the door as Slack would, or as somebody who is not Slack. */
export async function send(url: string, request: { body: string; headers: Record<string, string> }): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    body: request.body,
    headers: { connection: 'close', ...request.headers },
  });
  await response.arrayBuffer();
  return response.status;
}
