/** The security checklist, line by line, against the product as it runs. What the adapters' own tests prove in depth is proven here from outside. */
import { mkdtempSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { JsonObject } from '../../adapters/sandbox/teams/protocol';
import { openConnector } from '../../adapters/teams/connector';
import { allowedServiceUrl } from '../../adapters/teams/hosts';
import { readConfig } from '../../src/config';
import { asOutsider, type Recorded, record } from '../fuzz/recorded';
import { type Product, SUPPORT, startProduct } from '../support/product';

const database = join(mkdtempSync(join(tmpdir(), 'baton-checklist-')), 'baton.db');
const stderr = jest.spyOn(console, 'error').mockImplementation(() => undefined);
let product: Product;
let recorded: readonly Recorded[];
beforeAll(async () => {
  product = await startProduct({ DATABASE_URL: `file:${database}` });
  recorded = await record(product);
});
afterAll(async () => {
  stderr.mockRestore();
  await product.stop();
});

const read = <Row>(query: string): Row[] => {
  const client = new BetterSqlite3(database, { readonly: true });
  const rows = client.prepare(query).all() as Row[];
  client.close();
  return rows;
};
const byPeople = (): string[] =>
  read<{ line: string }>(
    `select stream || version || type as line from journal where json_extract(by, '$.kind') <> 'system' order by rowid`,
  ).map(({ line }) => line);

let fresh = 0;
/** The same again under new ids, as if it happened anew. */
const anew = (payload: JsonObject): JsonObject => {
  fresh += 1;
  const text = JSON.stringify(payload)
    .replace(/"event_id":"[^"]*"/g, `"event_id":"Ev-new-${fresh}"`)
    .replace(/"trigger_id":"[^"]*"/g, `"trigger_id":"1.new.${fresh}"`);
  return JSON.parse(text) as JsonObject;
};
const recordedAs = (kind: string, holds = ''): Recorded => {
  const found = recorded.find((one) => one.kind === kind && JSON.stringify(one.payload).includes(holds));
  if (found === undefined) throw new Error(`nothing was recorded as ${kind} with ${holds}`);
  return found;
};

function slackBody({ what }: Recorded, payload: JsonObject): { body: string; contentType: string } {
  if (what === 'event') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const form = new URLSearchParams();
  if (what !== 'command') form.set('payload', JSON.stringify(payload));
  else for (const [name, value] of Object.entries(payload)) form.set(name, String(value));
  return { body: form.toString(), contentType: 'application/x-www-form-urlencoded' };
}

async function toSlack(
  one: Recorded,
  payload = anew(one.payload),
  forged: { timestamp?: number; secret?: string } = {},
) {
  const { body, contentType } = slackBody(one, payload);
  const { headers } = product.slack.signed(body, { contentType, ...forged });
  return send('/slack/events', headers, body);
}
async function send(path: string, headers: Record<string, string>, body: string) {
  const answer = await fetch(product.url + path, { method: 'POST', headers, body });
  return { status: answer.status, text: await answer.text() };
}
const toTeams = (activity: JsonObject, overrides = {}) =>
  send(
    '/api/messages',
    { 'content-type': 'application/json', authorization: `Bearer ${product.teams.token(overrides)}` },
    JSON.stringify(activity),
  );
const said = (user: string, text: string, more: JsonObject = {}): JsonObject => ({
  ...product.teams.draft({ user: `29:1-${user}-acme`, conversation: SUPPORT, text }),
  ...more,
});
const KINDS = [
  'command /case',
  'event message',
  'event reaction_added',
  'interaction block_actions',
  'interaction view_submission',
  'interaction message_action',
  'options block_suggestion',
];
const seconds = (off: number): number => Math.floor(Date.now() / 1000) + off;

describe('Ingress', () => {
  it.each(KINDS)('every route is signed, both ways in time and once only: %s', async (kind) => {
    const one = recordedAs(kind);
    const before = byPeople();
    const { body, contentType } = slackBody(one, anew(one.payload));
    for (const forged of [{ secret: 'x' }, { timestamp: seconds(-330) }, { timestamp: seconds(330) }]) {
      expect((await toSlack(one, anew(one.payload), forged)).status).toBe(401);
    }
    expect((await send('/slack/events', { 'content-type': contentType }, body)).status).toBe(401);
    expect(byPeople()).toEqual(before);
    const { headers } = product.slack.signed(body, { contentType });
    expect((await send('/slack/events', headers, body)).status).toBe(200);
    expect((await send('/slack/events', headers, body)).status).toBe(401);
  });

  it('an empty app id, which would switch the SDK’s authentication off, stops the start', () => {
    const read = readConfig({ TEAMS_APP_ID: '', TEAMS_APP_PASSWORD: 'p', TEAMS_TENANT_ID: 't' });
    expect(JSON.stringify(read)).toContain('TEAMS_APP_ID');
    expect('problems' in read).toBe(true);
  });

  it.each(['serviceUrl', 'channelId', 'id', 'conversation', 'type'])(
    'an activity without %s is refused, whatever its token',
    async (part) => {
      const { [part]: _, ...rest } = said('ravi', 'case new A case');
      const before = byPeople();
      expect((await toTeams(rest)).status).toBeGreaterThanOrEqual(400);
      expect(byPeople()).toEqual(before);
    },
  );

  it.each([
    ['another tenant', { tenant: { id: 'another' } }],
    ['no tenant', {}],
  ])('%s has no effect: the allow-list fails closed', async (_, channelData) => {
    const conversation = { id: SUPPORT, conversationType: 'channel' };
    const before = byPeople();
    expect((await toTeams(said('alice', 'case new A case', { channelData, conversation }))).status).toBe(403);
    expect(byPeople()).toEqual(before);
  });

  it('tokens are read by a jsonwebtoken of at least 9, the SDK’s own included', () => {
    const connector = createRequire(require.resolve('botframework-connector'));
    for (const path of [require.resolve('jsonwebtoken/package.json'), connector.resolve('jsonwebtoken/package.json')]) {
      expect(Number(String(require(path).version).split('.')[0])).toBeGreaterThanOrEqual(9);
    }
  });

  it.each([
    ['/slack/events', 1_000_001],
    ['/api/messages', 1_048_577],
  ])('a body has its limit, and so has its depth: %s', async (path, bytes) => {
    const type = { 'content-type': 'application/json' };
    expect((await send(path, type, 'x'.repeat(bytes)).catch(() => ({ status: 413 }))).status).toBe(413);
    const deep = `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    const { headers } = product.slack.signed(deep, { contentType: 'application/json' });
    expect((await send(path, { ...headers, authorization: `Bearer ${product.teams.token()}` }, deep)).status).toBe(400);
  });
});

describe('Where the bot’s token goes', () => {
  it.each([
    'https://evil.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.test/',
    'https://smba.trafficmanager.net@evil.test/',
    'https://evil.test/smba.trafficmanager.net',
    'http://smba.trafficmanager.net/',
    'https://smba.trafficmanager.net:8443/',
    'https://169.254.169.254/',
    'http://127.0.0.1:80/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '',
  ])('not to %s', (url) => expect(allowedServiceUrl(url, [])).toBeNull());

  it('a stored reference is checked again before a token is asked for', async () => {
    const current = jest.fn(async () => 'token');
    const config = { serviceHosts: [] } as unknown as Parameters<typeof openConnector>[0];
    const call = openConnector(config, { current, forget: () => undefined });
    await expect(call({ serviceUrl: 'https://evil.test/', method: 'GET', path: ['x'] })).rejects.toThrow(
      'not an allowed host',
    );
    expect(current).not.toHaveBeenCalled();
  });
});

describe('Authority', () => {
  const ACTIONS = [
    'take',
    'assign CASE-1001 @bob',
    'p1',
    'p2',
    'wait',
    'resume',
    'resolve Done',
    'reopen',
    'note x',
    'reply x',
    'target resolution 6h',
  ];
  const lineOf = (action: string): string => {
    const [word = '', ...rest] = action.split(' ');
    return action.includes('CASE-') ? action : [word, 'CASE-1001', ...rest].join(' ');
  };

  it.each(ACTIONS)('somebody who is not of the desk may not, in Slack or Teams: %s', async (action) => {
    const before = byPeople();
    const command = recordedAs('command /case');
    const payload = { ...anew(command.payload), user_id: 'U0GWEN', user_name: 'gwen', text: lineOf(action) };
    expect((await toSlack(command, payload)).status).toBe(200);
    expect((await toTeams(said('gwen', `@Baton case ${lineOf(action)}`))).status).toBe(200);
    expect(byPeople()).toEqual(before);
  });

  it('a press or a form of the desk in the hands of somebody else changes nothing', async () => {
    const before = byPeople();
    const interactions = recorded.filter((one) => /block_actions|view_submission|invoke/.test(one.kind));
    for (const one of interactions) {
      const payload = asOutsider(anew(one.payload)) as JsonObject;
      if (one.to === 'slack') await toSlack(one, payload);
      else await toTeams({ ...payload, id: `new-${fresh}` });
    }
    expect(interactions.length).toBeGreaterThan(7);
    expect(byPeople()).toEqual(before);
  });

  it.each([
    ['another case', /"case\\?":\\?"[^"\\]*/, '"case\\":\\"00000000-0000-4000-8000-000000000000'],
    ['another version', /"seen\\?":\d+/, '"seen\\":99'],
    ['no seal', /,\\?"sig\\?":\\?"[^"\\]*\\?"/, ''],
  ])('a button that says %s than Baton wrote on it is refused', async (_, part, instead) => {
    const one = recordedAs('interaction block_actions', 'baton:take');
    const text = JSON.stringify(anew(one.payload)).replace(part, instead);
    const before = byPeople();
    expect((await toSlack(one, JSON.parse(text) as JsonObject)).status).toBe(200);
    expect(byPeople()).toEqual(before);
  });

  it('people of another organisation in a shared channel may not, although they name one of the desk', async () => {
    const before = byPeople();
    for (const kind of ['interaction block_actions', 'interaction message_action', 'interaction view_submission']) {
      const one = recordedAs(kind);
      const payload = anew(one.payload);
      const foreign = { ...payload, user: { ...(payload['user'] as JsonObject), team_id: 'T0OTHER' } };
      await toSlack(one, foreign);
      await toSlack(one, {
        ...payload,
        team: null,
        enterprise: { id: 'E0OTHER' },
        user: { id: 'U0ALICE', team_id: null },
      });
    }
    const command = recordedAs('command /case');
    await toSlack(command, { ...anew(command.payload), team_id: 'T0OTHER', text: 'take CASE-1001' });
    expect(byPeople()).toEqual(before);
  });
});

describe('Inbound, once', () => {
  it('11 deliveries of one message under new ids open one case, and one emoji counts once', async () => {
    const one = recordedAs('event message', 'It burns again');
    const event = { ...(one.payload['event'] as JsonObject), ts: '1795300000.000100', event_ts: '1795300000.000100' };
    await Promise.all(Array.from({ length: 11 }, () => toSlack(one, { ...anew(one.payload), event })));
    const offers = read<{ n: number }>(
      "select count(*) as n from outbox where dedupe = 'offer:slack:C0SUPPORT:1795300000.000100'",
    );
    expect(offers).toEqual([{ n: 1 }]);
    const emoji = recordedAs('event reaction_added');
    // After the removal that was recorded a moment ago.
    const reaction = { ...(emoji.payload['event'] as JsonObject), event_ts: `${seconds(1)}.000200` };
    const triaged = (): number => byPeople().filter((line) => line.endsWith('CaseTriaged')).length;
    const before = triaged();
    await Promise.all(Array.from({ length: 11 }, () => toSlack(emoji, { ...anew(emoji.payload), event: reaction })));
    expect(triaged() - before).toBe(1);
  });

  it('11 deliveries of one activity in Teams open one case', async () => {
    const activity = said('ravi', '@Baton case new Eleven times');
    await Promise.all(Array.from({ length: 11 }, () => toTeams(activity)));
    expect(read<{ n: number }>("select count(*) as n from cases where search like '%eleven times%'")).toEqual([
      { n: 1 },
    ]);
  });

  it('a retry is not dropped for being one', async () => {
    const command = recordedAs('command /case');
    const { body, contentType } = slackBody(command, {
      ...anew(command.payload),
      user_id: 'U0ALICE',
      text: 'note CASE-1001 by retry',
    });
    const { headers } = product.slack.signed(body, { contentType });
    const before = byPeople().length;
    await send('/slack/events', { ...headers, 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' }, body);
    expect(byPeople().length - before).toBe(1);
  });
});

describe('Secrets', () => {
  it('the database and what lies beside it are their owner’s only', () => {
    for (const end of ['', '-wal', '-shm']) expect(statSync(`${database}${end}`).mode & 0o777).toBe(0o600);
  });

  it('no token is kept in the database, nor told by any page', async () => {
    const env = product.running.sandbox?.env ?? {};
    const secrets = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'TEAMS_APP_PASSWORD'].map((name) => String(env[name]));
    const seal = read<{ text: string }>("select text from memories where name = 'seal'")[0]?.text ?? '';
    const tables = read<{ name: string }>("select name from sqlite_master where type = 'table'");
    const kept = tables
      .flatMap(({ name }) => read(`select * from "${name}"`))
      .map((row) => JSON.stringify(row))
      .join('\n');
    const pages = await Promise.all(
      ['/metrics', '/readyz', '/healthz', '/nothing'].map((path) =>
        fetch(product.url + path).then((answer) => answer.text()),
      ),
    );
    expect(seal).toHaveLength(43);
    for (const secret of secrets) expect(kept).not.toContain(secret);
    for (const secret of [...secrets, seal]) expect(pages.join()).not.toContain(secret);
  });
});
