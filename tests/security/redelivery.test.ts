/** What a platform sends again under new names, eleven times and in any order, has its effect once. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import fc from 'fast-check';
import type { JsonObject } from '../../adapters/sandbox/teams/protocol';
import {
  eventually,
  type Product,
  SlackPerson,
  SUPPORT,
  startProduct,
  TeamsPerson,
  TRIAGE,
  textOf,
} from '../support/product';

const TIMES = 11;
const database = join(mkdtempSync(join(tmpdir(), 'baton-again-')), 'baton.db');
let product: Product;
let ravi: SlackPerson;
let alice: SlackPerson;
let inTeams: TeamsPerson;
beforeAll(async () => {
  product = await startProduct({ DATABASE_URL: `file:${database}` });
  ravi = new SlackPerson(product, 'U0RAVI');
  alice = new SlackPerson(product, 'U0ALICE');
  inTeams = new TeamsPerson(product, '29:1-alice-acme');
});
afterAll(() => product.stop());

/** Everything that people caused, by what it was. */
function happened(): Readonly<Record<string, number>> {
  const client = new BetterSqlite3(database, { readonly: true });
  const rows = client
    .prepare(`select type, count(*) as n from journal where json_extract(by, '$.kind') <> 'system' group by type`)
    .all() as { type: string; n: number }[];
  client.close();
  return Object.fromEntries(rows.map(({ type, n }) => [type, n]));
}
const wanted = (what: string): number => {
  const client = new BetterSqlite3(database, { readonly: true });
  const found = client.prepare('select count(*) as n from outbox where dedupe like ?').get(what) as { n: number };
  client.close();
  return found.n;
};

/** What Slack has sent since, by kind and in order. */
const sentBySlack = (kind: string): JsonObject[] =>
  product.slack.calls.flatMap((call) =>
    call.kind === 'delivery' && `${call.what} ${call.type}` === kind ? [call.payload as JsonObject] : [],
  );
const sentByTeams = (path: string): JsonObject[] =>
  product.teams.calls.flatMap((call) =>
    call.direction === 'toBot' && call.path === path ? [call.payload as JsonObject] : [],
  );

let fresh = 0;
const renamed = (payload: JsonObject): JsonObject => {
  fresh += 1;
  return { ...payload, event_id: `Ev-again-${fresh}` };
};
async function slackAgain(payload: JsonObject): Promise<number> {
  const { body, headers } = product.slack.signed(JSON.stringify(payload), { contentType: 'application/json' });
  return (await fetch(`${product.url}/slack/events`, { method: 'POST', body, headers })).status;
}
/** Under another id, as Teams does after half a minute (botbuilder-dotnet #5005), with `more` of it new besides. */
async function teamsAgain(activity: JsonObject, more: JsonObject = {}): Promise<number> {
  fresh += 1;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${product.teams.token()}` };
  const body = JSON.stringify({ ...activity, id: `again-${fresh}`, ...more });
  return (await fetch(`${product.url}/api/messages`, { method: 'POST', body, headers })).status;
}
const eleven = <Sent>(send: () => Promise<Sent>): Promise<Sent[]> =>
  Promise.all(Array.from({ length: TIMES }, () => send()));
const last = <One>(all: readonly One[]): One => {
  const found = all.at(-1);
  if (found === undefined) throw new Error('nothing of the kind was sent');
  return found;
};

describe('In Slack', () => {
  it('a message, its edits and an emoji, shuffled among themselves', async () => {
    const first = await ravi.says('The gate does not open', 'C0SUPPORT');
    await alice.reacts('ticket', { channel: 'C0SUPPORT', ts: first });
    await ravi.sees('is open: The gate does not open', 'C0SUPPORT');
    const ts = await ravi.says('It creaks', 'C0SUPPORT', first);
    for (const text of ['It creaks a lot', 'It creaks all day'])
      await product.slack.act({ act: 'edit', user: ravi.id, channel: 'C0SUPPORT', ts, text });
    await alice.reacts('red_circle', { channel: 'C0SUPPORT', ts: first });
    await alice.card('CASE-1001', 'P1 Urgent');
    await product.slack.settled();
    const before = happened();
    const told = wanted('offer:%');
    const events = [...sentBySlack('event message'), ...sentBySlack('event reaction_added')];
    expect(events.length).toBeGreaterThanOrEqual(6);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(events, { minLength: events.length }), async (shuffled) => {
        expect(await Promise.all(shuffled.map((one) => slackAgain(renamed(one))))).toEqual(shuffled.map(() => 200));
      }),
      { numRuns: TIMES },
    );
    expect(happened()).toEqual(before);
    expect(wanted('offer:%')).toBe(told);
    await alice.types('show CASE-1001');
    await alice.sees('It creaks all day');
  });
});

/** Times that no other delivery has. */
const later = (): JsonObject => {
  fresh += 1;
  const at = new Date(Date.now() + fresh).toISOString();
  return { timestamp: at, localTimestamp: at };
};
const caseCard = (title: string) =>
  eventually(product, `the card of ${title}`, () =>
    inTeams.messages(`· ${title}`, TRIAGE).find((one) => one.fromBot && !textOf(one).includes('Hand-over')),
  );

describe('In Teams', () => {
  it('a command to Baton opens one case', async () => {
    const activity = product.teams.draft({ user: inTeams.id, conversation: SUPPORT, text: '@Baton case new Labels' });
    const before = happened()['CaseOpened'] ?? 0;
    expect(await eleven(() => teamsAgain(activity))).toEqual(Array(TIMES).fill(200));
    expect(happened()['CaseOpened']).toBe(before + 1);
  });

  it('a message in a case’s thread is heard once, and its edit changes it once', async () => {
    const root = await inTeams.says('case new Blank pages', SUPPORT, { mentionBot: true });
    await caseCard('Blank pages');
    const ravi = '29:1-ravi-acme';
    const said = product.teams.draft({ user: ravi, conversation: SUPPORT, text: 'They are blank' });
    const inThread = {
      ...said,
      conversation: { ...(said['conversation'] as object), id: `${SUPPORT};messageid=${root}` },
    };
    const before = happened();
    await teamsAgain(inThread, { id: 'the-message' });
    await eleven(() => teamsAgain(inThread));
    expect(happened()['MessageHeard']).toBe((before['MessageHeard'] ?? 0) + 1);
    const channelData = { ...(said['channelData'] as object), eventType: 'editMessage' };
    const edit = { ...inThread, type: 'messageUpdate', text: 'All are blank', channelData, id: 'the-message' };
    const sentOn = said['localTimestamp'] ?? null;
    await eleven(() => teamsAgain(edit, { id: 'the-message', ...later(), localTimestamp: sentOn }));
    expect(happened()['MessageEdited']).toBe((before['MessageEdited'] ?? 0) + 1);
  });

  it.each([
    ['a new id', () => ({})],
    ['a new id and time', () => later()],
  ])('a press, an emoji and a form under %s', async (how, more) => {
    await inTeams.says(`case new Form under ${how}`, SUPPORT, { mentionBot: true });
    const card = await caseCard(`Form under ${how}`);
    await inTeams.reacts('1f534_largeredcircle', card);
    await inTeams.presses('Take', card);
    await eventually(product, 'taken', () => inTeams.messages('In progress').find((one) => one.id === card.id));
    await inTeams.presses('Escalate', card);
    await inTeams.fills('Hand over', { tried: 'x', needed: 'y', told: 'z' });
    await product.teams.settled();
    const before = happened();
    for (const path of ['messageReaction', 'invoke adaptiveCard/action', 'invoke task/fetch', 'invoke task/submit']) {
      const activity = last(sentByTeams(path));
      const answers = await eleven(() => teamsAgain(activity, more()));
      expect(answers).toEqual(Array(TIMES).fill(200));
    }
    // An emoji at another time is noted once more by whoever counts votes; nobody sees anything of it.
    expect({ ...happened(), TriageNoted: 0 }).toEqual({ ...before, TriageNoted: 0 });
  });
});
