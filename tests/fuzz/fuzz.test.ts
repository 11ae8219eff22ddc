import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Product, startProduct } from '../support/product';
import { fuzz, slowWords } from './fuzz';
import { diceOf, mutated } from './mutations';
import { type Recorded, record } from './recorded';

describe('Whatever is thrown at it', () => {
  const database = join(mkdtempSync(join(tmpdir(), 'baton-fuzz-')), 'baton.db');
  // The SDK prints the tokens that it refuses.
  const stderr = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  let product: Product;
  let recorded: readonly Recorded[];
  beforeAll(async () => {
    product = await startProduct({ DATABASE_URL: `file:${database}` });
    recorded = await record(product);
  }, 60_000);
  afterAll(async () => {
    stderr.mockRestore();
    await product.stop();
  });

  it('is made from one of every kind that the platforms send', () => {
    expect([...new Set(recorded.map((one) => `${one.to} ${one.kind}`))]).toEqual(
      expect.arrayContaining([
        'slack command /case',
        'slack event message',
        'slack event reaction_added',
        'slack event reaction_removed',
        'slack event app_home_opened',
        'slack interaction block_actions',
        'slack interaction view_submission',
        'slack interaction message_action',
        'slack options block_suggestion',
        'teams message',
        'teams messageUpdate',
        'teams messageDelete',
        'teams messageReaction',
        'teams installationUpdate',
        'teams invoke adaptiveCard/action',
        'teams invoke task/fetch',
        'teams invoke task/submit',
        'teams invoke composeExtension/fetchTask',
        'teams invoke composeExtension/submitAction',
      ]),
    );
  });

  it('is the same again from the same seed', () => {
    const { payload } = recorded[0]!;
    expect(mutated(payload, diceOf(7, 3))).toEqual(mutated(payload, diceOf(7, 3)));
    expect(JSON.stringify(mutated(payload, diceOf(7, 3)))).not.toBe(JSON.stringify(mutated(payload, diceOf(7, 4))));
  });

  it('is answered 2xx or 4xx within a second, changes nothing without authority, and Baton stays up', async () => {
    const { findings, statuses, kinds, slow } = await fuzz(
      { product, database, recorded },
      { seed: 20261121, payloads: 2_000 },
    );
    for (const one of slow) process.stdout.write(`slow: ${slowWords(one)}\n`);
    expect(findings).toEqual([]);
    expect(statuses['200']).toBeGreaterThan(300);
    expect(statuses['401']).toBeGreaterThan(300);
    expect(kinds.size).toBeGreaterThan(25);
  }, 180_000);
});
