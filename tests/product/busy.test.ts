/** A day on which Slack says who had rather not be asked: by people in Slack, as the product runs. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SlackMessage } from '../../adapters/sandbox/slack/protocol';
import { MINUTE_MS } from '../../src/domain/ids';
import { eventually, type Product, SlackPerson, startProduct, wordsOn } from '../support/product';

const PEOPLE = `people:
  - { id: alice, name: Alice Anderson, slack: U0ALICE, hours: 24x7, max_open: 5 }
  - { id: bob, name: Bob Brown, slack: U0BOB, hours: 24x7, max_open: 5 }
  - { id: carol, name: Carol Chen, slack: U0CAROL, hours: 24x7 }
  - { id: lena, name: Lena Lead, slack: U0LENA, role: lead }

levels:
  - { name: L1 Frontline, members: [alice, bob], accept_within: 30m, route: load }
  - { name: L2 Specialists, members: [carol], accept_within: 30m }
`;
const HALF_A_DAY = 12 * 60;

describe('A day with do-not-disturb', () => {
  let product: Product;
  let alice: SlackPerson;
  let bob: SlackPerson;
  let lena: SlackPerson;
  let ravi: SlackPerson;

  beforeAll(async () => {
    const example = readFileSync(join(__dirname, '..', '..', 'desk.yaml'), 'utf8');
    const desk = join(mkdtempSync(join(tmpdir(), 'baton-')), 'desk.yaml');
    writeFileSync(desk, example.replace(/people:[\s\S]*?(?=\nchannels:)/, PEOPLE));
    product = await startProduct({ DESK_CONFIG: desk });
    [alice, bob, lena, ravi] = ['U0ALICE', 'U0BOB', 'U0LENA', 'U0RAVI'].map((id) => new SlackPerson(product, id)) as [
      SlackPerson,
      SlackPerson,
      SlackPerson,
      SlackPerson,
    ];
  });
  afterAll(() => product.stop());

  /** A minute goes by, Slack is asked, and what it told is known: the rota says these words, or no longer. */
  const asked = async (words: string, shown: boolean): Promise<void> => {
    product.slack.clearCalls();
    product.push(MINUTE_MS);
    await eventually(product, 'Slack is asked who has do-not-disturb on', () =>
      product.slack.calls.some((call) => call.kind === 'call' && call.method === 'users.info'),
    );
    for (let known = false; !known; ) {
      const before = lena.messages('Who is on').length;
      await lena.types('rota');
      const view: SlackMessage = await eventually(product, 'the rota', () => lena.messages('Who is on')[before]);
      known = wordsOn(view).includes(words) === shown;
    }
  };
  const privately = ({ id }: SlackPerson): string =>
    product.slack.snapshot().channels.find(({ kind, members }) => kind === 'im' && members.includes(id))?.id ?? 'none';
  const opens = async (ref: string, title: string): Promise<void> => {
    await ravi.types(`new ${title}`);
    await ravi.fills({});
    await ravi.card(ref, 'New');
  };

  it('sends a P2 to the second person, who reads that the first has it on', async () => {
    // Bob holds a case, so that Alice is the one with the least to do.
    await opens('CASE-1001', 'Labels do not print');
    await lena.types('p3 CASE-1001');
    await lena.types('assign CASE-1001 @bob');
    await bob.card('CASE-1001', 'Bob Brown');
    expect((await product.slack.act({ act: 'setDnd', user: alice.id, minutes: HALF_A_DAY })).ok).toBe(true);
    await asked('Alice Anderson (do not disturb until', true);
    await opens('CASE-1002', 'The price export stops half way');
    await lena.types('p2 CASE-1002');
    await bob.card('CASE-1002', 'Bob Brown’s turn', 'P2');
    const told = await bob.sees('CASE-1002 needs an owner and it is your turn', privately(bob));
    expect(wordsOn(told)).toMatch(/you: on shift, 1 of 5, Alice Anderson has do not disturb on until /);
    expect(alice.messages('CASE-1002', privately(alice))).toEqual([]);
    await lena.types('show CASE-1002');
    await lena.sees('Alice Anderson has do not disturb on until');
  });

  it('warns whoever gives her a case all the same, and says who is there', async () => {
    await lena.types('assign CASE-1002 @alice');
    const said = await lena.sees('Mind that Alice Anderson has do not disturb on until');
    expect(wordsOn(said)).toContain('On shift now: Bob Brown');
    await alice.card('CASE-1002', 'Alice Anderson');
  });

  it('still asks somebody when both are not to be disturbed, and nobody is held up while Slack fails', async () => {
    const away = { act: 'setStatus', user: bob.id, emoji: ':palm_tree:', text: 'Vacationing' } as const;
    expect((await product.slack.act(away)).ok).toBe(true);
    await asked('Bob Brown (away by their status)', true);
    product.slack.fault({ method: 'dnd.teamInfo', times: 99, status: 500 });
    product.slack.fault({ method: 'users.info', times: 99, delayMs: 5000 });
    product.push(MINUTE_MS);
    await opens('CASE-1003', 'Nobody at Contoso can log in');
    await lena.types('p1 CASE-1003');
    await alice.card('CASE-1003', '’s turn', 'P1');
  });
});
