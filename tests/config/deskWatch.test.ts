import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everyMs, loadDesk, watchDesk } from '../../src/config/deskWatch';
import { createFeeds } from '../../src/config/holidayFeeds';
import type { Desk } from '../../src/domain/desk/desk';
import { instant } from '../../src/domain/ids';
import { calendarOf } from '../support/feedServer';

const GOOD = 'desk: { name: First }';

/** No desk file here names a feed. */
const FEEDS = createFeeds({
  memory: { recall: async () => null, remember: async () => undefined },
  now: () => instant(0),
  fetch: async () => ({ problem: 'is not asked here' }),
});

describe('edits of the desk file', () => {
  let folder: string;
  let path: string;
  let check: () => Promise<void>;
  let stop: () => void;
  let stopped: boolean;
  let heard: string[];

  /** Two checks: a content counts when it was met twice. */
  const checks = async (): Promise<void> => {
    await check();
    await check();
  };

  const follow = async (): Promise<void> => {
    const loaded = await loadDesk({ path, given: false });
    if ('problem' in loaded) throw new Error(loaded.problem);
    const watch = {
      path,
      digest: loaded.digest,
      feeds: FEEDS,
      onGood: ({ name, calendars }: Desk) => {
        const days = calendars['desk']?.holidays.length ?? 0;
        heard.push(`good: ${name}${days === 0 ? '' : ` ${days}`}`);
      },
      onBad: (problem: string) => heard.push(`bad: ${problem.replace(folder, '')}`),
    };
    stop = watchDesk(watch, (doCheck) => {
      check = doCheck;
      return () => {
        stopped = true;
      };
    });
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'baton-desk-'));
    path = join(folder, 'desk.yaml');
    heard = [];
    stopped = false;
    writeFileSync(path, GOOD);
    await follow();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('are told once, and a file that stays the same is not', async () => {
    await checks();
    writeFileSync(path, 'desk: { name: Second }');
    await checks();
    await checks();
    expect(heard).toEqual(['good: Second']);
  });

  it('count only when the file holds still: an editor may be half-way through', async () => {
    writeFileSync(path, 'desk: { name: Half');
    await check();
    writeFileSync(path, 'desk: { name: Halfway }');
    await check();
    expect(heard).toEqual([]);
    await check();
    expect(heard).toEqual(['good: Halfway']);
  });

  it('that are bad are told once per content; mending them is told too', async () => {
    writeFileSync(path, 'desk: { nam: Second }');
    await checks();
    await checks();
    writeFileSync(path, 'desk: { nme: Second }');
    await checks();
    writeFileSync(path, GOOD);
    await checks();
    expect(heard).toEqual([
      'bad: /desk.yaml:1: desk.nam: "nam" is not a known key; did you mean name?',
      'bad: /desk.yaml:1: desk.nme: "nme" is not a known key; did you mean name?',
      'good: First',
    ]);
  });

  it('are followed through editors that remove the file and rename a new one into its place', async () => {
    rmSync(path);
    await check();
    writeFileSync(`${path}~`, 'desk: { name: Renamed }');
    renameSync(`${path}~`, path);
    await checks();
    expect(heard).toEqual(['good: Renamed']);
  });

  it('that take the file away keep the desk and say so once', async () => {
    rmSync(path);
    await checks();
    await checks();
    expect(heard).toEqual(['bad: /desk.yaml: is gone; the desk stays as it was until the file is back']);
  });

  it('of the holidays alone are followed too, and a bad one keeps the desk', async () => {
    const ics = join(folder, 'holidays.ics');
    writeFileSync(ics, calendarOf({ '2026-12-25': 'Christmas' }));
    writeFileSync(path, 'desk: { name: With holidays, holidays: { ical: ./holidays.ics } }');
    await checks();
    await checks();
    writeFileSync(ics, calendarOf({ '2026-12-25': 'Christmas', '2026-12-28': 'Boxing Day' }));
    await checks();
    writeFileSync(ics, 'half a cal');
    await checks();
    await checks();
    rmSync(ics);
    await checks();
    expect(heard).toEqual([
      'good: With holidays 1',
      'good: With holidays 2',
      'bad: /desk.yaml:1: desk.holidays[0]: ./holidays.ics is not an iCal file',
      'bad: /desk.yaml:1: desk.holidays[0]: ./holidays.ics is not there; paths count from the folder of the desk file',
    ]);
  });

  it('stop being followed when asked', () => {
    stop();
    expect(stopped).toBe(true);
  });

  it('are followed without anybody checking by hand', async () => {
    const stopWatching = await new Promise<() => void>((resolve, reject) => {
      const end = watchDesk(
        { path, digest: 'of an older desk', feeds: FEEDS, onGood: () => resolve(end), onBad: reject },
        everyMs(1),
      );
    });
    stopWatching();
  });
});

describe('the desk at the start', () => {
  it('is the built-in one where there is no file and none was named', async () => {
    expect(await loadDesk({ path: '/nowhere/desk.yaml', given: false })).toMatchObject({
      desk: { name: 'Support desk' },
      digest: null,
    });
  });

  it('is refused when the operator named a file that is not there', async () => {
    expect(await loadDesk({ path: '/nowhere/desk.yaml', given: true })).toEqual({
      problem: 'DESK_CONFIG: /nowhere/desk.yaml is not there; mend the path, or unset DESK_CONFIG to use ./desk.yaml.',
    });
  });

  it('is refused when the path is a folder', async () => {
    expect(await loadDesk({ path: tmpdir(), given: true })).toEqual({
      problem: `${tmpdir()}: cannot be read (EISDIR); check that it is a file and may be read`,
    });
  });
});
