/** What very many events leave in memory: messages in the threads of cases and reactions on their cards, over signed HTTP. */
import { fire } from './client';
import { type Baton, startBaton } from './processes';
import { compared, type Row } from './report';
import { openedCase, openWorkspace, type Recorded, type Workspace } from './workspace';

const MB = 1024 * 1024;
const CASES = 10;
const AT_A_TIME = 1000;
/** A change of priority is also told in the thread, and Slack takes one message a second there. */
const REACTION_EVERY = 200;
const SAMPLES = 10;

interface Template {
  readonly event: Readonly<Record<string, unknown>>;
  readonly rest: Readonly<Record<string, unknown>>;
}

/** `events`: after how many it is looked at, the fewest first. */
export async function memoryRows(events: readonly number[]): Promise<readonly Row[]> {
  const workspace = await openWorkspace();
  const baton = await startBaton(workspace.settings);
  workspace.connect(baton.url);
  try {
    const templates = await templatesOf(workspace, baton);
    const atStart = await seen(baton, []);
    const looks: { readonly count: number; readonly it: Seen }[] = [];
    let sent = 0;
    for (const count of events) {
      const heaps: number[] = [];
      for (; sent < count; sent += AT_A_TIME) {
        await fire(baton.url, requestsOf(workspace, templates, sent));
        heaps.push(await baton.metric('nodejs_heap_size_used_bytes'));
      }
      await baton.drained();
      looks.push({ count, it: await seen(baton, heaps.slice(-SAMPLES)) });
    }
    const changes = await baton.metric('baton_changes_total', 'HearMessage');
    if (changes < sent * 0.9) throw new Error(`${sent} events made ${changes} changes`);
    return looks.flatMap(({ count, it }, at) => rowsOf(count, it, looks[at - 1] ?? { count: 0, it: atStart }));
  } finally {
    await Promise.all([baton.stop(), workspace.stop()]);
  }
}

interface Seen {
  readonly resident: number;
  /** The least of the last samples: what a collection has just left. */
  readonly heap: number;
}

async function seen(baton: Baton, heaps: readonly number[]): Promise<Seen> {
  const heap = await baton.metric('nodejs_heap_size_used_bytes');
  return { resident: await baton.metric('process_resident_memory_bytes'), heap: Math.min(...heaps, heap) };
}

function rowsOf(count: number, it: Seen, before: { readonly count: number; readonly it: Seen }): readonly Row[] {
  const after = `after ${count.toLocaleString('en')} events`;
  const beside = before.count === 0 ? 'after start' : `after ${before.count.toLocaleString('en')}`;
  return [
    compared(
      {
        what: `resident memory ${after}`,
        value: it.resident / MB,
        unit: 'MB',
        how: `words in the threads of ${CASES} cases, SQLite; up to 64 MB of it are the database's cache`,
      },
      { what: beside, value: before.it.resident / MB },
    ),
    compared(
      {
        what: `JavaScript heap ${after}`,
        value: it.heap / MB,
        unit: 'MB',
        how: `the least of ${SAMPLES} samples, one every ${AT_A_TIME.toLocaleString('en')} events; 25,000 signatures are remembered against replays`,
      },
      { what: beside, value: before.it.heap / MB },
    ),
  ];
}

interface Templates {
  /** Of each case a word in its thread. */
  readonly words: readonly Template[];
  /** A reaction on its card and the removal. */
  readonly reactions: readonly (readonly [Template, Template])[];
}

/** Opens cases from messages and records one event of each kind, which all the others are made from. */
async function templatesOf(workspace: Workspace, baton: Baton): Promise<Templates> {
  const { world } = workspace;
  const words: Template[] = [];
  const reactions: (readonly [Template, Template])[] = [];
  for (let count = 0; count < CASES; count += 1) {
    const { ts } = await openedCase(world, `Bench case ${count}.`);
    const card = { user: 'U0ALICE', channel: 'C0TRIAGE' } as const;
    words.push(
      await recorded(workspace, () =>
        world.act({ act: 'say', ...card, thread_ts: ts, text: 'The client called again.' }),
      ),
    );
    const name = 'red_circle';
    reactions.push([
      await recorded(workspace, () => world.act({ act: 'react', ...card, ts, name })),
      await recorded(workspace, () => world.act({ act: 'unreact', ...card, ts, name })),
    ]);
  }
  await baton.drained();
  return { words, reactions };
}

async function recorded(workspace: Workspace, act: () => Promise<{ readonly ok: boolean }>): Promise<Template> {
  const [request, ...more] = await workspace.recordActs(async () => {
    if (!(await act()).ok) throw new Error('an act was refused');
  });
  if (request === undefined || more.length > 0) throw new Error(`one event was expected, not ${more.length + 1}`);
  const { event, ...rest } = JSON.parse(request.body) as Template['rest'] & { readonly event: Template['event'] };
  return { event, rest };
}

function requestsOf({ world }: Workspace, { words, reactions }: Templates, from: number): readonly Recorded[] {
  return Array.from({ length: AT_A_TIME }, (_, at) => {
    const number = from + at;
    const turn = Math.floor(number / REACTION_EVERY);
    const pair = reactions[Math.floor(turn / 2) % reactions.length];
    const template = number % REACTION_EVERY === 0 ? pair?.[turn % 2] : words[number % words.length];
    if (template === undefined) throw new Error('there is nothing to send');
    return signed(world, template, number);
  });
}

/** The same once more under names of its own: its id, its time and, where it is one, the message's. */
function signed(world: Workspace['world'], { event, rest }: Template, number: number): Recorded {
  const ts = `${Math.floor(Date.now() / 1000)}.${String(number % 1_000_000).padStart(6, '0')}`;
  const fresh = { ...event, event_ts: ts, ...('ts' in event ? { ts } : {}) };
  const body = JSON.stringify({ ...rest, event_id: `EvBENCH${number}`, event: fresh });
  return world.signed(body, { contentType: 'application/json' });
}
