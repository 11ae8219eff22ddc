import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { JsonObject, TeamsMessage } from '../../adapters/sandbox/teams/protocol';
import { createTeamsWorld, type TeamsWorld } from '../../adapters/sandbox/teams/world';
import { startTeams, type TeamsAdapter, type TeamsParts, type TeamsSettings } from '../../adapters/teams';
import { manifestFor } from '../../adapters/teams/package';
import type { Caller, Doors } from '../../adapters/teams/settings';
import type { Conversation } from '../../src/app/ports';
import type { Answer, Button, Form, View } from '../../src/app/view';
import type { Desk, Person } from '../../src/domain/desk/desk';
import { instant, personId } from '../../src/domain/ids';

export const APP_ID = '11111111-2222-4333-8444-555555555555';
export const TENANT_ID = '99999999-8888-4777-8666-555555555555';
export const TEAM = '19:general@thread.tacv2';
export const SUPPORT = '19:support@thread.tacv2';
export const ALICE = '29:alice';
export const ALICE_AAD = '00000000-0000-4000-8000-00000000a11c';
export const RITA = '29:rita';
export const RITA_AAD = '00000000-0000-4000-8000-000000000817';
export const CAROL = '29:carol';
export const CAROL_AAD = '00000000-0000-4000-8000-0000000ca801';

const FOLDER = join(__dirname, '../../manifests/teams');
export const manifestText = (): string => readFileSync(join(FOLDER, 'manifest.json'), 'utf8');

const person = (id: string, name: string, teams: string): Person => ({
  id: personId(id),
  name,
  role: 'agent',
  email: null,
  zone: null,
  accounts: { teams },
});

/** Only what the adapter asks of a desk. */
export const DESK = {
  name: 'Acme',
  people: [person('alice', 'Alice Anderson', ALICE_AAD.toUpperCase()), person('carol', 'Carol Jones', CAROL_AAD)],
  triage: { teams: SUPPORT },
  leads: {},
  intake: [],
} as unknown as Desk;

export interface Call {
  readonly door: keyof Doors;
  readonly args: readonly unknown[];
  readonly caller: Caller | null;
}

/** The app behind its doors, as far as an adapter can tell: it notes what it is asked and says what it is told to say. */
export interface FakeDoors {
  readonly doors: Doors;
  readonly calls: Call[];
  /** What the next calls of a door do instead of answering `done`. */
  answers: Partial<{ [Name in keyof Doors]: (...args: never[]) => unknown }>;
}

const DONE: Answer = { kind: 'done' };

export function fakeDoors(): FakeDoors {
  const fake: FakeDoors = { calls: [], answers: {}, doors: {} as Doors };
  const ask = async (door: keyof Doors, args: readonly unknown[], usual: unknown): Promise<never> => {
    const caller = args.find((arg) => typeof arg === 'object' && arg !== null && 'cause' in arg) as Caller | undefined;
    fake.calls.push({ door, args, caller: caller ?? null });
    const answer = fake.answers[door] as ((...given: readonly unknown[]) => unknown) | undefined;
    return (await (answer === undefined ? usual : answer(...args))) as never;
  };
  Object.assign(fake.doors, {
    line: (...args: unknown[]) => ask('line', args, DONE),
    press: (...args: unknown[]) => ask('press', args, DONE),
    submit: (...args: unknown[]) => ask('submit', args, DONE),
    openFrom: (...args: unknown[]) => ask('openFrom', args, DONE),
    reacted: (...args: unknown[]) => ask('reacted', args, undefined),
    heard: (...args: unknown[]) => ask('heard', args, undefined),
    edited: (...args: unknown[]) => ask('edited', args, undefined),
    deleted: (...args: unknown[]) => ask('deleted', args, undefined),
    home: (...args: unknown[]) => ask('home', args, view('home')),
    clients: (...args: unknown[]) => ask('clients', args, []),
  } satisfies { [Name in keyof Doors]: unknown });
  return fake;
}

export const view = (summary: string, more: Partial<View> = {}): View => ({
  summary,
  title: null,
  tone: 'plain',
  facts: [],
  sections: [{ kind: 'lines', lines: [[{ kind: 'text', text: summary }]] }],
  buttons: [],
  footer: null,
  ...more,
});
export const said = (summary: string, more: Partial<View> = {}): Answer => ({
  kind: 'said',
  view: view(summary, more),
});
export const button = (more: Partial<Button>): Button => ({
  verb: 'take',
  label: 'Take',
  style: 'plain',
  data: { case: 'c1', seen: 3 },
  opensForm: false,
  confirm: null,
  inMenu: false,
  ...more,
});

export const newCaseForm: Form = {
  verb: 'open',
  title: 'New case',
  submit: 'Open case',
  cancel: 'Cancel',
  intro: [{ kind: 'lines', lines: [[{ kind: 'text', text: 'Who cannot work, and since when?' }]] }],
  fields: [
    {
      kind: 'line',
      name: 'title',
      label: 'Title',
      value: 'Printer',
      required: true,
      hint: 'A few words',
      maxLength: 200,
      placeholder: null,
    },
    {
      kind: 'text',
      name: 'what',
      label: 'What happened',
      value: '',
      required: false,
      hint: null,
      maxLength: 10_000,
      placeholder: 'In your words',
    },
    {
      kind: 'client',
      name: 'client',
      label: 'Client',
      value: null,
      required: false,
      hint: null,
      known: [{ value: 'id:1', label: 'Globex' }],
    },
    {
      kind: 'choice',
      name: 'priority',
      label: 'Priority',
      value: null,
      required: false,
      hint: null,
      options: [{ value: 'P1', label: 'Urgent', description: 'The client cannot work' }],
    },
  ],
  data: { from: 'line' },
};

/** A store that remembers conversations and nothing else, and can be opened again by a second adapter. */
export function memoryStore() {
  const kept = new Map<string, Conversation>();
  return {
    kept,
    writes: 0,
    async conversation(platform: string, key: string) {
      return kept.get(`${platform} ${key}`) ?? null;
    },
    async rememberConversation(conversation: Conversation) {
      this.writes += 1;
      kept.set(`${conversation.platform} ${conversation.key}`, conversation);
    },
  };
}

export interface Bench {
  readonly world: TeamsWorld;
  readonly app: FakeDoors;
  readonly adapter: TeamsAdapter;
  readonly store: ReturnType<typeof memoryStore>;
  readonly logged: { readonly level: string; readonly words: string; readonly fields: object }[];
  readonly settings: TeamsSettings;
  readonly endpoint: string;
  /** Waits for the emulator and for private answers under way. */
  settled(): Promise<void>;
  messages(): TeamsMessage[];
  last(): TeamsMessage;
  /** The newest activity that the bot was sent. */
  lastActivity(): JsonObject;
  stop(): Promise<void>;
}

export async function openBench({
  desk = () => DESK,
  ...options
}: {
  turnLimitMs?: number;
  rateLimits?: boolean;
  desk?: () => Desk;
} = {}): Promise<Bench> {
  const world = await createTeamsWorld({
    seed: {
      users: [
        { id: ALICE, aadObjectId: ALICE_AAD, name: 'Alice Anderson' },
        { id: RITA, aadObjectId: RITA_AAD, name: 'Rita Reporter' },
        { id: CAROL, aadObjectId: CAROL_AAD, name: 'Carol Jones' },
      ],
      teams: [
        {
          id: TEAM,
          aadGroupId: '00000000-0000-4000-8000-00000000ea40',
          name: 'Acme',
          channels: [
            { id: TEAM, name: 'General' },
            { id: SUPPORT, name: 'Support' },
          ],
        },
      ],
    },
    manifest: manifestFor(manifestText(), APP_ID) as JsonObject,
    appId: APP_ID,
    appPassword: 'secret-of-the-bot',
    tenantId: TENANT_ID,
    ...options,
  });
  await world.start();
  const env = world.settings();
  const settings: TeamsSettings = {
    appId: env.TEAMS_APP_ID,
    appPassword: env.TEAMS_APP_PASSWORD,
    tenantId: env.TEAMS_TENANT_ID,
    serviceHosts: [env.TEAMS_SERVICE_URLS],
    openIdMetadataUrl: env.TEAMS_OPENID_METADATA_URL,
    tokenIssuer: env.TEAMS_TOKEN_ISSUER,
    loginUrl: env.TEAMS_LOGIN_URL,
  };
  const app = fakeDoors();
  const store = memoryStore();
  const logged: Bench['logged'] = [];
  const write = (level: string) => (fields: object, words: string) => void logged.push({ level, fields, words });
  const parts: TeamsParts = {
    config: settings,
    doors: app.doors,
    desk,
    clock: { now: () => instant(Date.now()) },
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    store,
  };
  const adapter = startTeams(parts);
  const server: Server = createServer((request, response) => void adapter.http(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;
  world.connect(endpoint);
  const messages = (): TeamsMessage[] => world.snapshot().messages;
  return {
    world,
    app,
    adapter,
    store,
    logged,
    settings,
    endpoint,
    messages,
    settled: async () => {
      await world.settled();
      await adapter.stop();
    },
    last: () => messages().at(-1)!,
    lastActivity: () => world.calls.filter((call) => call.direction === 'toBot').at(-1)!.payload as JsonObject,
    stop: async () => {
      await adapter.stop();
      await world.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** The card of a message as JSON. */
export const cardIn = (message: TeamsMessage): JsonObject => message.attachments[0]?.content as JsonObject;

/** Every action in a card, wherever it stands, by its title. */
export function actionsIn(card: unknown): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(walk);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return;
    const object = part as JsonObject;
    if (typeof object['type'] === 'string' && object['type'].startsWith('Action.'))
      found.set(String(object['title']), object);
    for (const [key, value] of Object.entries(object)) if (key !== 'data') walk(value);
  };
  walk(card);
  return found;
}

/** Everything in a card that a person reads. */
export function wordsIn(card: unknown): string {
  if (Array.isArray(card)) return card.map(wordsIn).join(' ');
  if (typeof card !== 'object' || card === null) return '';
  const object = card as Record<string, unknown>;
  const own = [object['text'], object['title'], object['label']].filter((part) => typeof part === 'string');
  const within = Object.entries(object).filter(([key]) => key !== 'data' && key !== 'msteams');
  return [...own, ...within.map(([, value]) => (typeof value === 'string' ? '' : wordsIn(value)))].join(' ');
}
