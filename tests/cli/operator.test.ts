import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SLACK_SEED } from '../../adapters/sandbox/seed';
import { createSlackWorld, type SlackManifest } from '../../adapters/sandbox/slack';
import { openStore } from '../../adapters/storage';
import { type Engine, perform } from '../../src/app/perform';
import { flawFindings, handlingFindings } from '../../src/cli/coverageFindings';
import { readDesk } from '../../src/config/deskFile';
import type { Command } from '../../src/domain/case/commands';
import { type CaseId, DAY_MS, HOUR_MS, instant, later, priorityName } from '../../src/domain/ids';
import { alice, ravi } from '../support/given';
import { baton, build, folder, type Ran } from './spawned';

const ROOT = join(__dirname, '..', '..');
const EXAMPLE = readFileSync(join(ROOT, 'desk.yaml'), 'utf8');

beforeAll(build);

interface Place {
  readonly cwd: string;
  readonly env: Record<string, string>;
}

/** A folder with a desk file and a database in which P1s were taken so many hours after they were opened, ten days ago. */
async function withCases(hours: readonly number[], desk = EXAMPLE): Promise<Place> {
  const cwd = folder();
  writeFileSync(join(cwd, 'desk.yaml'), desk);
  const read = readDesk(desk, { path: 'desk.yaml' });
  if ('problem' in read) throw new Error(read.problem);
  const store = await openStore(`file:${join(cwd, 'cases.db')}`);
  let at = instant(Date.now() - 10 * DAY_MS);
  const engine: Engine = {
    store,
    clock: { now: () => at },
    desk: () => read.desk,
    surfaces: new Map(),
    accepted: () => undefined,
    troubled: () => undefined,
    nudge: () => undefined,
  };
  const act = async (command: Command, it: CaseId | null): Promise<CaseId> => {
    const by = command.kind === 'OpenCase' ? ravi : alice;
    const outcome = await perform(engine, { command, case: it, by, cause: { what: 'test', keys: [] } });
    if (outcome.kind !== 'committed') throw new Error(JSON.stringify(outcome));
    return outcome.case.id;
  };
  for (const afterHours of hours) {
    const said = { title: `Taken after ${afterHours} h`, description: '', client: null, contact: null, category: null };
    const id = await act(
      { kind: 'OpenCase', ...said, priority: null, source: null, cameBy: 'test', reporter: ravi },
      null,
    );
    await act({ kind: 'TriageCase', priority: priorityName('P1'), seen: null }, id);
    at = later(at, afterHours * HOUR_MS);
    await act({ kind: 'TakeCase', takeOver: true, seen: null }, id);
    at = later(at, HOUR_MS / 2);
    await act({ kind: 'ResolveCase', how: 'done', seen: null }, id);
    at = later(at, -(afterHours + 0.5) * HOUR_MS);
  }
  await store.close();
  return { cwd, env: { DATABASE_URL: `file:${join(cwd, 'cases.db')}` } };
}

const draft = ({ cwd }: Place, edit: (words: string) => string): void =>
  writeFileSync(join(cwd, 'draft.yaml'), edit(EXAMPLE));
const TWO_HOURS = (words: string): string => words.replace('first_response: 1h', 'first_response: 2h');

describe('baton whatif', () => {
  it('compares the desk file with a draft over the journal, and changes nothing', async () => {
    const place = await withCases([0.5, 1.5, 3]);
    draft(place, TWO_HOURS);
    const ran = await baton(['whatif', '--desk', 'draft.yaml'], place);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('3 cases of the last 90 days, once on the desk file in force and once on draft.yaml.');
    expect(ran.out).toMatch(/First response +P1 +33 % \(1 of 3\) +67 % \(2 of 3\)/);
    expect(ran.out).toMatch(/Resolution +P1 +100 % \(3 of 3\) +100 % \(3 of 3\)/);
    expect(ran.out).toContain(
      '1 would come out differently:\n  CASE-1002  First response: missed → met  Taken after 1.5 h\n',
    );
    expect(ran.out).toContain('nothing has been changed');
    const again = await baton(['whatif', '--desk', 'desk.yaml'], place);
    expect(again.out).toContain('No case would come out differently.');
    expect(await baton(['whatif', '--desk', 'draft.yaml'], place)).toEqual(ran);
  });

  it('links to the cards of the cases that flip', async () => {
    const place = await withCases([1.5]);
    draft(place, TWO_HOURS);
    const store = await openStore(place.env['DATABASE_URL'] ?? '');
    const wanted = await store.claim(instant(Date.now()), 100, 1000);
    const card = wanted.find(({ drawing, to }) => drawing.view === 'case-card' && to.platform === 'slack');
    if (card === undefined) throw new Error('no card is wanted in Slack');
    const posted = { platform: 'slack', channel: 'C0TRIAGE', message: '1795303452.238000', thread: null };
    await store.settle(card, { kind: 'sent', posted, role: 'card' }, instant(Date.now()));
    const inTeams = wanted.find(({ drawing, to }) => drawing.view === 'case-card' && to.platform === 'teams');
    if (inTeams === undefined) throw new Error('no card is wanted in Teams');
    const told = { platform: 'teams', channel: '19:triage@thread.tacv2', message: '1795303452238', thread: null };
    await store.settle(inTeams, { kind: 'sent', posted: told, role: 'card' }, instant(Date.now()));
    await store.close();
    const secrets = { botToken: 'xoxb-whatif', appToken: 'xapp-whatif', signingSecret: 'the-signing-secret' };
    const manifest: SlackManifest = parse(readFileSync(join(ROOT, 'manifests/slack.yaml'), 'utf8'));
    const world = createSlackWorld({ seed: SLACK_SEED, manifest, now: Date.now, delivery: 'http', ...secrets });
    await world.start();
    const slack = {
      SLACK_API_URL: world.apiUrl,
      SLACK_BOT_TOKEN: secrets.botToken,
      SLACK_SIGNING_SECRET: secrets.signingSecret,
    };
    const teams = { TEAMS_APP_ID: 'the-app', TEAMS_APP_PASSWORD: 'the-password', TEAMS_TENANT_ID: 'the-tenant' };
    const asked = { ...place, env: { ...place.env, ...slack, ...teams } };
    const ran = await baton(['whatif', '--desk', 'draft.yaml'], asked);
    await world.stop();
    expect(ran.out).toMatch(
      /missed → met {2}Taken after 1\.5 h\n {4}https:\/\/acme\.slack\.com\/archives\/C0TRIAGE\/p1795303452238000\n {4}https:\/\/teams\.microsoft\.com\/l\/message\/19%3Atriage%40thread\.tacv2\/1795303452238\?parentMessageId=1795303452238\n/,
    );
    // Without an answer of Slack's the comparison is the same, without the links there.
    const alone = await baton(['whatif', '--desk', 'draft.yaml'], asked);
    expect([alone.code, alone.out.includes('missed → met')]).toEqual([0, true]);
    expect([alone.out.includes('slack.com'), alone.out.includes('teams.microsoft.com')]).toEqual([false, true]);
  });

  it('looks back as far as it is told', async () => {
    const place = await withCases([0.5]);
    draft(place, TWO_HOURS);
    const ran = await baton(['whatif', '--desk', 'draft.yaml', '--days', '5'], place);
    expect(ran.out).toBe('No case was opened in the last 5 days, so there is nothing to compare.\n');
  });

  it('says what is missing or wrong in one line', async () => {
    const place = await withCases([]);
    draft(place, (words) => words.replace('first_response: 1h', 'first_response: soon'));
    const wrong = async (...words: string[]): Promise<Ran> => baton(['whatif', ...words], place);
    expect(await wrong()).toMatchObject({
      code: 2,
      out: '',
      err: 'whatif needs a draft: npx baton whatif --desk draft.yaml [--days 90]\n',
    });
    expect((await wrong('--desk', 'draft.yaml')).err).toMatch(
      /^draft\.yaml:\d+: priorities\.P1\.first_response: "soon" is not a length of time.*\n$/,
    );
    expect((await wrong('--desk', 'gone.yaml')).err).toBe(
      'There is no gone.yaml: --desk names the draft of a desk file.\n',
    );
    expect((await wrong('--desk', 'desk.yaml', '--days', '0')).err).toContain(
      '--days: "0" is not a number of days from 1 to 3660',
    );
    expect((await wrong('--desk', 'desk.yaml', '--weeks', '2')).err).toContain("Unknown option '--weeks'");
  });

  it('makes no database where there is none', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'desk.yaml'), EXAMPLE);
    const asked = { cwd, env: { DATABASE_URL: 'file:./none.db' } };
    expect(await baton(['whatif', '--desk', 'desk.yaml'], asked)).toMatchObject({
      code: 2,
      err: 'DATABASE_URL: there is no database at ./none.db yet.\n',
    });
    expect(existsSync(join(cwd, 'none.db'))).toBe(false);
    expect((await baton(['whatif', '--desk', 'desk.yaml'], { cwd })).err).toContain(
      'The sandbox forgets its cases at its end',
    );
  });
});

const NINE_TO_FIVE =
  'hours: { mon: "09:00-17:00", tue: "09:00-17:00", wed: "09:00-17:00", thu: "09:00-17:00", fri: "09:00-17:00" }';
/** Alice and Bob alone take cases, with these hours. */
const withHours = (hours: string): string => EXAMPLE.replace('role: agent }', `role: agent, ${hours} }`);

describe('baton coverage', () => {
  it('says that nobody’s hours are known, and that too few cases were solved to know how long one takes', async () => {
    const place = await withCases([1]);
    const ran = await baton(['coverage'], place);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('– The desk file does not say when people work');
    expect(ran.out).toContain(
      '– P1: only 1 case was resolved in the last 90 days; with fewer than 8 Baton does not forecast',
    );
    expect(ran.out).toContain('– P2: no case was resolved in the last 90 days');
  });

  it('names the hours in which nobody is there, with exit code 1', async () => {
    const cwd = folder();
    const gone = EXAMPLE.replace(/role: agent }/g, `role: agent, ${NINE_TO_FIVE} }`).replace(
      'role: lead }',
      `role: lead, ${NINE_TO_FIVE} }`,
    );
    writeFileSync(join(cwd, 'desk.yaml'), gone);
    const ran = await baton(['coverage'], { cwd });
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/✗ P1: nobody is on shift on Monday.* from 17:00 to 09:00 the next day/);
    expect(ran.out).toContain('– The sandbox forgets its cases');
    const doctor = await baton(['doctor'], { cwd });
    expect(doctor.out).toMatch(/– P1: nobody is on shift on Monday.*Not needed for the sandbox/);
  });

  it('takes those who do not say for people who keep the desk’s hours', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'desk.yaml'), withHours(NINE_TO_FIVE));
    const ran = await baton(['coverage'], { cwd });
    expect(ran.out).toMatch(/P1: nobody is on shift every day from 20:00 to 08:00 the next day/);
  });

  it('asks Slack who has left and which channels are archived', async () => {
    const secrets = { botToken: 'xoxb-coverage', appToken: 'xapp-coverage', signingSecret: 'the-signing-secret' };
    const manifest: SlackManifest = parse(readFileSync(join(ROOT, 'manifests/slack.yaml'), 'utf8'));
    const world = createSlackWorld({ seed: SLACK_SEED, manifest, now: Date.now, delivery: 'http', ...secrets });
    await world.start();
    world.setArchived('C0SUPPORT', true);
    const cwd = folder();
    writeFileSync(join(cwd, 'desk.yaml'), EXAMPLE.replace('slack: U0BOB, ', 'slack: U0NOBODY, '));
    const env = {
      SLACK_API_URL: world.apiUrl,
      SLACK_BOT_TOKEN: secrets.botToken,
      SLACK_SIGNING_SECRET: secrets.signingSecret,
    };
    const ran = await baton(['coverage'], { cwd, env });
    await world.stop();
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('#support is archived');
    expect(ran.out).toContain('Slack knows no U0NOBODY');
    expect(ran.out).not.toContain('✓ Alice');
  });

  it('takes no further words', async () => {
    expect(await baton(['coverage', 'now'], { cwd: folder() })).toMatchObject({
      code: 2,
      err: 'coverage takes no further words ("now")\n',
    });
  });
});

describe('what is printed', () => {
  it('puts what is broken first, and one good line where nothing is', () => {
    const flaw = (say: string, weight: 'broken' | 'known') => ({ keys: [say], say, weight });
    expect(flawFindings([flaw('b', 'known'), flaw('a', 'broken')]).map(({ mark, say }) => `${mark} ${say}`)).toEqual([
      'bad a',
      'note b',
    ]);
    expect(flawFindings([]).map(({ mark }) => mark)).toEqual(['good']);
  });

  it('says how long a case takes', () => {
    expect(handlingFindings(new Map([[priorityName('P1'), { medianMs: 80 * 60_000, samples: 12 }]]))).toEqual([
      { mark: 'good', say: 'P1: a case takes 1 h 20 min of somebody’s shift (median of 12 cases).' },
    ]);
  });
});
