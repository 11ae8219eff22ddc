/** Ten kills on each database; `npm run kill -- --kills 200 --db postgres` is the same at length. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { killLoop } from '../kill/loop';
import { isPglite } from '../support/postgres';
import { type Ground, postgres, sqliteFile } from '../support/stores';

const ROOT = join(__dirname, '..', '..');
const KILLS = Number(process.env['KILLS'] ?? 10);

beforeAll(() => {
  execFileSync(process.execPath, [join(ROOT, 'build.mjs'), '--with-tests'], { cwd: ROOT, stdio: 'ignore' });
});

describe.each([
  ['SQLite', sqliteFile],
  ['PostgreSQL', postgres],
] as const)('kill -9 under load, on %s', (name, openGround) => {
  if (name === 'PostgreSQL' && isPglite()) {
    it.skip('needs a server of more than one connection', () => undefined);
    return;
  }
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround();
  });
  afterAll(() => ground.drop());

  it(`anywhere and at named points loses nothing and doubles nothing over ${KILLS} kills`, async () => {
    const killed = await killLoop({ kills: KILLS, databaseUrl: ground.url, random: Math.random });
    expect(killed).toMatchObject({ lost: [], doubled: [], repeatedSilently: 0 });
    expect(killed.repeatedFlagged).toBeLessThanOrEqual(KILLS);
    expect(killed.cases).toBeGreaterThan(0);
  }, 600_000);
});
