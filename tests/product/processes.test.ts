/** Several processes behind a balancer, as the README says: `npm run kill -- --db postgres --processes 3 --steady 60` at length. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { steady } from '../kill/steady';
import { isPglite } from '../support/postgres';
import { type Ground, postgres } from '../support/stores';

const ROOT = join(__dirname, '..', '..');

describe('Three processes on one PostgreSQL, of which one is killed under load', () => {
  if (isPglite()) {
    it.skip('need a server of more than one connection', () => undefined);
    return;
  }
  let ground: Ground;
  beforeAll(async () => {
    execFileSync(process.execPath, [join(ROOT, 'build.mjs'), '--with-tests'], { cwd: ROOT, stdio: 'ignore' });
    ground = await postgres();
  });
  afterAll(() => ground.drop());

  it('lose nothing, double nothing, and warn of each thing once', async () => {
    const how = { processes: 3, seconds: 14, perSecond: 50, killOne: true };
    const told = await steady({ databaseUrl: ground.url, ...how });
    expect(told).toMatchObject({ lost: [], doubled: [], repeatedSilently: 0, alarmsTwice: 0 });
    expect(told.cases).toBeGreaterThan(0);
    expect(told.alarmLateMs.count).toBeGreaterThan(0);
  }, 400_000);
});
