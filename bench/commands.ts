/** Slash commands over signed HTTP beside bare Bolt, and what they do to memory. */
import { type Fired, fire } from './client';
import { median } from './numbers';
import { type Bare, type Baton, startBareBolt, startBaton } from './processes';
import { compared, type Row } from './report';
import { commanded, openedCase, openWorkspace, type Recorded, until, type Workspace } from './workspace';

/** The emulated Slack remembers 500 triggers: a round stays below. */
const REQUESTS_A_ROUND = 400;
/** Bare Bolt is done with a round in a blink; it gets the same requests several times over. */
const BARE_TIMES = 4;
/** Each has one card update waiting after a round, and Slack takes one every 1.2 s. */
const CASES = 5;
const MB = 1024 * 1024;

export interface Sizes {
  readonly rounds: number;
  /** Changes after which memory is looked at again; a multiple of 400. */
  readonly changes: number;
}

interface Round {
  readonly perSecond: number;
  readonly p99Ms: readonly number[];
  readonly cpuMs: number;
}

export async function commandRows(sizes: Sizes): Promise<readonly Row[]> {
  const workspace = await openWorkspace();
  const baton = await startBaton(workspace.settings);
  const bare = await startBareBolt(workspace.settings);
  workspace.connect(baton.url);
  const opening = await startBareBolt(workspace.settings, await formOf(workspace));
  try {
    const atStart = await baton.metric('process_resident_memory_bytes');
    const refs: string[] = [];
    for (let count = 0; count < CASES; count += 1)
      refs.push((await openedCase(workspace.world, `Bench case ${count}.`)).ref);
    for (let done = 0; done < sizes.changes; done += REQUESTS_A_ROUND) await noteRound(workspace, baton, refs);
    const afterChanges = await baton.metric('process_resident_memory_bytes');
    const memory = [
      compared(
        {
          what: 'resident memory after start',
          value: atStart / MB,
          unit: 'MB',
          how: 'connected to Slack over HTTP, SQLite',
        },
        { what: 'bare Bolt', value: (await bare.usage()).residentBytes / MB },
      ),
      compared(
        {
          what: `resident memory after ${sizes.changes} changes`,
          value: afterChanges / MB,
          unit: 'MB',
          how: `notes on ${CASES} cases, cards kept up to date`,
        },
        { what: 'after start', value: atStart / MB },
      ),
    ];
    return [...(await rounds(sizes, workspace, { baton, bare, opening, refs })), ...memory];
  } finally {
    await Promise.all([baton.stop(), bare.stop(), opening.stop(), workspace.stop()]);
  }
}

async function rounds(
  sizes: Sizes,
  workspace: Workspace,
  { baton, bare, opening, refs }: { baton: Baton; bare: Bare; opening: Bare; refs: readonly string[] },
): Promise<readonly Row[]> {
  const opened: Round[] = [];
  const noted: Round[] = [];
  const acked: Round[] = [];
  const opens: Round[] = [];
  // One round unmeasured: all of them are warm then.
  for (let round = -1; round < sizes.rounds; round += 1) {
    const results = [
      await bareRound(workspace, bare),
      await newRound(workspace, baton),
      await noteRound(workspace, baton, refs),
      await openingRound(workspace, opening),
    ];
    if (round < 0) continue;
    for (const [at, list] of [acked, opened, noted, opens].entries()) list.push(results[at] as Round);
  }
  const how = `median of ${sizes.rounds} rounds of ${REQUESTS_A_ROUND}, 10 connections`;
  type Beside = readonly [what: string, of: readonly Round[]];
  const ACK: Beside = ['bare Bolt, ack only', acked];
  const OPEN: Beside = ['bare Bolt, opens the same form', opens];
  const speed = (what: string, of: readonly Round[], beside: Beside): Row =>
    compared(
      {
        what: `${what}: requests a second`,
        value: median(of.map((it) => it.perSecond)),
        unit: '/s',
        how: `${how}; p99 ${Math.round(median(of.flatMap((it) => it.p99Ms)))} ms`,
      },
      { what: beside[0], value: median(beside[1].map((it) => it.perSecond)) },
    );
  const cpu = (what: string, of: readonly Round[], beside: Beside): Row =>
    compared(
      {
        what: `${what}: CPU of the process a request`,
        value: median(of.map((it) => it.cpuMs)),
        unit: 'ms',
        how: 'with everything that it sets off',
      },
      { what: beside[0], value: median(beside[1].map((it) => it.cpuMs)) },
    );
  const form = '/case new TITLE (opens the form)';
  const note = '/case note REF TEXT (a committed change)';
  return [
    speed(form, opened, ACK),
    speed(form, opened, OPEN),
    cpu(form, opened, OPEN),
    speed(note, noted, ACK),
    cpu(note, noted, ACK),
  ];
}

/** The form that `/case new TITLE` opens, to be opened by something else. */
async function formOf({ world }: Workspace): Promise<object> {
  await commanded(world, 'new Printer 1 is on fire');
  const view = await until(world, () => world.snapshot().modals['U0ALICE']?.at(-1));
  const plain = (text = '-') => ({ type: 'plain_text', text });
  const { callback_id, title, submit, close, blocks } = view;
  return { type: 'modal', callback_id, title: plain(title), submit: plain(submit), close: plain(close), blocks };
}

/** Bare Bolt with a form to open: like Baton it is done when all of them are open. */
function openingRound(workspace: Workspace, bare: Bare): Promise<Round> {
  return workspace.withStoppedClock(async () => {
    const requests = await workspace.record(texts((at) => `new Printer ${at} is on fire`));
    workspace.world.clearCalls();
    const before = await bare.usage();
    const fired = await fire(bare.url, requests);
    await until(workspace.world, () => (formsIn(workspace) === requests.length ? true : undefined));
    return roundOf(fired, (await bare.usage()).cpuSeconds - before.cpuSeconds);
  });
}

const formsIn = ({ world }: Workspace): number =>
  world.calls.filter((one) => one.kind === 'call' && one.method === 'views.open' && one.result['ok']).length;

function roundOf(fired: Fired, cpuSeconds: number): Round {
  const sorted = [...fired.latenciesMs].sort((one, other) => one - other);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  return { perSecond: fired.perSecond, p99Ms: [p99], cpuMs: (cpuSeconds * 1000) / fired.latenciesMs.length };
}

const texts = (text: (at: number) => string): string[] => Array.from({ length: REQUESTS_A_ROUND }, (_, at) => text(at));

async function bareRound(workspace: Workspace, bare: Bare): Promise<Round> {
  const requests = await workspace.record(texts((at) => `new Printer ${at} is on fire`));
  const repeated = Array.from({ length: BARE_TIMES }, () => requests).flat();
  const before = await bare.usage();
  const fired = await fire(bare.url, repeated);
  return roundOf(fired, (await bare.usage()).cpuSeconds - before.cpuSeconds);
}

/** Every request must have opened its form, or what was measured is something else. */
function newRound(workspace: Workspace, baton: Baton): Promise<Round> {
  return workspace.withStoppedClock(async () => {
    const requests = await workspace.record(texts((at) => `new Printer ${at} is on fire`));
    workspace.world.clearCalls();
    const round = await measured(baton, requests);
    const forms = formsIn(workspace);
    if (forms !== requests.length) throw new Error(`${requests.length} commands opened ${forms} forms`);
    return round;
  });
}

/** Every request must have become a committed change. */
async function noteRound(workspace: Workspace, baton: Baton, refs: readonly string[]): Promise<Round> {
  const requests = await workspace.record(
    texts((at) => `note ${refs[at % refs.length]} The client called again, ${at}`),
  );
  const before = await baton.metric('baton_changes_total', 'AddNote');
  const round = await measured(baton, requests);
  const changes = (await baton.metric('baton_changes_total', 'AddNote')) - before;
  if (changes !== requests.length) throw new Error(`${requests.length} notes made ${changes} changes`);
  return round;
}

async function measured(baton: Baton, requests: readonly Recorded[]): Promise<Round> {
  const before = await baton.metric('process_cpu_seconds_total');
  const fired = await fire(baton.url, requests);
  await baton.drained();
  return roundOf(fired, (await baton.metric('process_cpu_seconds_total')) - before);
}
