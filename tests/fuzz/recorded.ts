/** What the platforms send to Baton while people use it: recorded from a short day, one of every kind there is. */
import type { Json, JsonObject } from '../../adapters/sandbox/teams/protocol';
import { type Product, SlackPerson, SUPPORT, TeamsPerson } from '../support/product';

export interface Recorded {
  readonly to: 'slack' | 'teams';
  /** `event message`, `interaction view_submission`, `invoke task/fetch` … */
  readonly kind: string;
  readonly what: 'event' | 'command' | 'interaction' | 'options' | 'activity';
  readonly payload: JsonObject;
}

/** Lets people use both platforms and tells what that made the platforms send. */
export async function record(product: Product): Promise<readonly Recorded[]> {
  await inSlack(product);
  await inTeams(product);
  await Promise.all([product.slack.settled(), product.teams.settled()]);
  const slack = product.slack.calls.flatMap((call): Recorded[] =>
    call.kind === 'delivery'
      ? [{ to: 'slack', kind: `${call.what} ${call.type}`, what: call.what, payload: call.payload as JsonObject }]
      : [],
  );
  const teams = product.teams.calls.flatMap((call): Recorded[] =>
    call.direction === 'toBot'
      ? [{ to: 'teams', kind: call.path, what: 'activity', payload: call.payload as JsonObject }]
      : [],
  );
  return [...slack, ...teams];
}

async function inSlack(product: Product): Promise<void> {
  const alice = new SlackPerson(product, 'U0ALICE');
  const ravi = new SlackPerson(product, 'U0RAVI');
  const bob = new SlackPerson(product, 'U0BOB');
  await alice.types('new Printer on fire');
  const form = await alice.form();
  const client = form.blocks.find((block) => block.block_id === 'client');
  await product.slack.act({
    act: 'suggest',
    user: alice.id,
    place: { view_id: form.id },
    block_id: String(client?.block_id),
    action_id: 'baton:client',
    query: 'Glo',
  });
  await alice.fills({ 'What happened': 'Smoke' });
  const card = await alice.card('CASE-1001');
  await bob.reacts('red_circle', card);
  await bob.unreacts('red_circle', card);
  await alice.presses('Take', card);
  await alice.presses('Details', await alice.card('CASE-1001', 'In progress'));
  const burns = { user: ravi.id, channel: 'C0SUPPORT', text: 'It burns again', files: ['Photo of it.jpg'] };
  const { ts } = (await product.slack.act({ act: 'say', ...burns })) as { ts: string };
  await ravi.sees('Open a case');
  await product.slack.act({ act: 'edit', user: ravi.id, channel: 'C0SUPPORT', ts, text: 'It burns still' });
  await alice.shortcut('open_case', { channel: 'C0SUPPORT', ts });
  await alice.form();
  await product.slack.act({ act: 'deleteMessage', user: ravi.id, channel: 'C0SUPPORT', ts });
  await alice.home('My cases');
}

async function inTeams(product: Product): Promise<void> {
  const [alice, bob, ravi] = ['alice', 'bob', 'ravi'].map((key) => new TeamsPerson(product, `29:1-${key}-acme`)) as [
    TeamsPerson,
    TeamsPerson,
    TeamsPerson,
  ];
  await alice.says('case new Labels do not print', SUPPORT, { mentionBot: true });
  const card = await alice.card('CASE-1002');
  await bob.reacts('1f534_largeredcircle', card);
  await bob.swaps('1f534_largeredcircle', '1f7e0_orangecircle', card);
  await alice.presses('Take', card);
  await alice.presses('Escalate', await alice.card('CASE-1002', 'In progress'));
  await alice.fills('Hand over', { tried: 'x', needed: '', told: '' });
  const chat = product.teams.snapshot().chats.find(({ user }) => user === alice.id)!.id;
  await product.teams.act({
    act: 'say',
    user: alice.id,
    conversation: chat,
    text: 'case list mine',
    files: ['Labels.pdf'],
    pictures: 1,
  });
  const message = await ravi.sees('cannot print shipping labels', SUPPORT);
  await alice.opensExtension('openCase', message);
  await alice.fills('Open case', { title: '' });
  await product.teams.act({
    act: 'edit',
    user: ravi.id,
    conversation: message.conversation,
    messageId: message.id,
    text: 'It is worse',
  });
  await product.teams.act({
    act: 'deleteMessage',
    user: ravi.id,
    conversation: message.conversation,
    messageId: message.id,
  });
}

/** Everybody of the desk by every name that the platforms call them, so that a payload can be somebody else's. */
const STAFF =
  /U0ALICE|U0BOB|U0CAROL|U0LENA|29:1-(?:alice|bob|carol|lena)-acme|00000000-0000-0000-0000-00000000(?:a11c|0b0b|ca01|1ea0)/g;

/** The same payload as if somebody who is not of the desk had caused it. */
export function asOutsider(payload: Json): Json {
  const outsiders = JSON.stringify(payload).replace(STAFF, (name) => {
    if (name.startsWith('U0')) return 'U0GWEN';
    return name.startsWith('29:') ? '29:1-gwen-acme' : '00000000-0000-0000-0000-000000009e4e';
  });
  return JSON.parse(outsiders) as Json;
}
