import { Client } from 'pg';
import { type FreshPostgres, freshPostgres } from './postgres';

describe('a suite that asks for PostgreSQL', () => {
  let database: FreshPostgres;
  beforeAll(async () => {
    database = await freshPostgres();
  });
  afterAll(() => database.drop());

  it('gets an empty database of its own', async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const before = await client.query(`select count(*)::int as tables from pg_tables where schemaname = 'public'`);
    await client.query('create table cases (id text primary key)');
    await client.query(`insert into cases values ('c1')`);
    const rows = await client.query('select id from cases');
    await client.end();
    expect(before.rows).toEqual([{ tables: 0 }]);
    expect(rows.rows).toEqual([{ id: 'c1' }]);
  });

  it('can close its connection and come back', async () => {
    for (let round = 0; round < 3; round += 1) {
      const client = new Client({ connectionString: database.url });
      await client.connect();
      await client.query('select 1');
      await client.end();
    }
    expect(database.connectionsMax).toBeGreaterThan(0);
  });
});
