/** A steady load on one process or several: how long an acknowledgement takes, how late alarms are, and what a killed process leaves. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { openStore } from '../../adapters/storage';
import type { Store } from '../../src/app/ports';
import { instant } from '../../src/domain/ids';
import { openBalancer } from './balancer';
import { type Baton, freePort, startBaton } from './baton';
import { judge, quiet, type Verdict } from './judge';
import { envOf, openSlack, ROOT } from './slackAt';
import { createTraffic } from './traffic';

export interface Steady {
  readonly databaseUrl: string;
  readonly processes: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** One of several is killed in the middle. */
  readonly killOne: boolean;
}

interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface SteadyTold extends Verdict {
  readonly actsPerSecond: number;
  /** From the emulated Slack's sending of an event to its acknowledgement, in milliseconds. */
  readonly ackMs: Spread;
  /** How long after its mark a warning or breach was recorded, in milliseconds. */
  readonly alarmLateMs: Spread;
  readonly alarmsTwice: number;
  /** From the start of a process after a kill to the last alarm that had come due meanwhile. Null: nothing was due. */
  readonly caughtUpMs: number | null;
}

/** Targets of seconds, around the clock, so that alarms ring all the time. */
function hastyDesk(folder: string): string {
  const desk = parse(readFileSync(join(ROOT, 'desk.yaml'), 'utf8'));
  desk.desk.hours = '24x7';
  for (const priority of Object.values<Record<string, unknown>>(desk.priorities)) {
    Object.assign(priority, { first_response: '8s', resolution: '12s', hours: '24x7', update_every: 'none' });
  }
  for (const one of ['update_every', 'triage', 'next_response'])
    for (const priority of Object.values<Record<string, unknown>>(desk.priorities)) delete priority[one];
  const path = join(folder, 'desk.yaml');
  writeFileSync(path, stringify(desk));
  return path;
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

interface Rung {
  readonly name: string;
  readonly dueAt: number;
  readonly at: number;
}

async function alarmsIn(store: Store): Promise<readonly Rung[]> {
  const rung: Rung[] = [];
  for (const type of ['SlaWarned', 'SlaBreached'] as const) {
    for (let offset = 0; ; offset += 500) {
      const page = await store.happened({ type, from: instant(0), until: instant(Date.now() + 1), offset, limit: 500 });
      for (const { stream, at, event } of page) {
        if (event.type !== 'SlaWarned' && event.type !== 'SlaBreached') continue;
        const mark = event.type === 'SlaWarned' ? event.mark : 'breach';
        rung.push({ name: `${stream} ${event.clock} ${mark}`, dueAt: event.at, at });
      }
      if (page.length < 500) break;
    }
  }
  return rung;
}

export async function steady({ databaseUrl, processes, seconds, perSecond, killOne }: Steady): Promise<SteadyTold> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-steady-'));
  const acks: number[] = [];
  const slack = await openSlack();
  const ports = await Promise.all(Array.from({ length: processes }, freePort));
  const balancer = await openBalancer(ports);
  slack.setRequestUrl(`http://127.0.0.1:${balancer.port}/slack/events`);
  const env = { ...envOf(slack.apiUrl, databaseUrl), DESK_CONFIG: hastyDesk(folder) };
  const start = (port: number | undefined): Promise<Baton> => startBaton({ ...env, PORT: String(port) }, null);
  const running: Baton[] = [];
  const store = await openStore(databaseUrl);
  try {
    for (const port of ports) running.push(await start(port));
    const traffic = createTraffic(slack);
    let seen = 0;
    const off = slack.onChange(() => {
      for (const one of slack.calls) {
        if (one.id <= seen) continue;
        seen = one.id;
        if (one.kind === 'delivery' && one.status === 200) acks.push(one.ms);
      }
    });
    const rest = traffic.run(perSecond);
    const began = performance.now();
    let isKilled = false;
    while (performance.now() - began < seconds * 1000) {
      await wait(1000);
      traffic.catchUp();
      if (!killOne || isKilled || performance.now() - began < seconds * 500) continue;
      running.shift()?.child.kill('SIGKILL');
      isKilled = true;
    }
    rest();
    off();
    const actsPerSecond = Math.round((traffic.acts() / (performance.now() - began)) * 1000);
    const rung = await alarmsIn(store);
    const caughtUpMs = killOne ? null : await afterKill(running, store, () => start(ports[0]));
    await quiet(store, slack, traffic);
    const all = await alarmsIn(store);
    return {
      ...(await judge(store, slack, traffic)),
      actsPerSecond,
      ackMs: spreadOf(acks),
      alarmLateMs: spreadOf(rung.map(({ at, dueAt }) => at - dueAt)),
      alarmsTwice: all.length - new Set(all.map(({ name }) => name)).size,
      caughtUpMs,
    };
  } finally {
    for (const { child } of running) child.kill('SIGKILL');
    await Promise.all(running.map(({ gone }) => gone));
    await store.close();
    await balancer.close();
    await slack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long nothing runs: long enough for alarms with targets of seconds to come due meanwhile. */
const DOWN_MS = 5000;
/** No more overdue alarms for so long after a start: all of them have been rung. */
const SETTLED_MS = 5000;

/** All processes are killed, alarms come due for five seconds, and one is started. */
async function afterKill(running: Baton[], store: Store, start: () => Promise<Baton>): Promise<number | null> {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.map(({ gone }) => gone));
  const before = Date.now();
  await wait(DOWN_MS);
  const began = Date.now();
  running.splice(0, running.length, await start());
  const missed = async () => (await alarmsIn(store)).filter(({ dueAt }) => dueAt >= before && dueAt < began);
  let [rung, since] = [0, Date.now()];
  while (Date.now() - since < SETTLED_MS) {
    await wait(200);
    const now = (await missed()).length;
    if (now !== rung) [rung, since] = [now, Date.now()];
  }
  return rung === 0 ? null : Math.max(...(await missed()).map(({ at }) => at)) - began;
}
