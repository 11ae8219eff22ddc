import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SandboxClock } from './clock';
import { startTour } from './tour';
import type { Setup, SlackSide, TeamsSide, UiEvent } from './uiState';

/** What stands behind the page. */
export interface PageParts {
  slack: SlackSide;
  teams: TeamsSide;
  clock: SandboxClock;
  setup: Setup;
  /** The instant of the next thing that the product will do by itself, in milliseconds; null when there is none. */
  nextWarning?: () => number | null | Promise<number | null>;
}

/** The one-way stream by which every open page learns what changed. */
export interface StateStream {
  join(req: IncomingMessage, res: ServerResponse): void;
  stop(): void;
}

/** Changes within this time travel together: a case that is opened changes a dozen things at once. */
const GATHER_MS = 25;
const KEEP_ALIVE_MS = 20_000;

type Part = 'slack' | 'teams' | 'clock';

export function streamState(parts: PageParts): StateStream {
  const pages = new Set<ServerResponse>();
  const tour = startTour(parts.setup.rooms);
  const changed = new Set<Part>();
  let gathering: NodeJS.Timeout | null = null;
  let told = '';

  const look = (): UiEvent => ({
    part: 'tour',
    value: { done: tour.look(parts.slack.snapshot(), parts.teams.snapshot()) },
  });
  const send = (events: UiEvent[]) => {
    const frames = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
    for (const page of pages) page.write(frames);
  };
  const flush = () => {
    gathering = null;
    const events = [...changed].map((part) => read(parts, part));
    changed.clear();
    const step = look();
    const words = JSON.stringify(step);
    if (words !== told) events.push(step);
    told = words;
    send(events);
  };
  const note = (part: Part) => {
    changed.add(part);
    gathering ??= setTimeout(flush, GATHER_MS);
  };
  const stops = [
    parts.slack.onChange(() => note('slack')),
    parts.teams.onChange(() => note('teams')),
    parts.clock.onPush(() => note('clock')),
  ];
  const alive = setInterval(() => {
    for (const page of pages) page.write(': still here\n\n');
  }, KEEP_ALIVE_MS);
  alive.unref();

  return {
    join(req, res) {
      res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', connection: 'keep-alive' });
      const all: UiEvent[] = [
        { part: 'setup', value: parts.setup },
        read(parts, 'clock'),
        read(parts, 'slack'),
        read(parts, 'teams'),
        look(),
      ];
      res.write(all.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
      pages.add(res);
      req.on('close', () => pages.delete(res));
    },
    stop() {
      for (const stop of stops) stop();
      clearInterval(alive);
      if (gathering) clearTimeout(gathering);
      for (const page of pages) page.end();
    },
  };
}

function read(parts: PageParts, part: Part): UiEvent {
  if (part === 'slack') return { part, value: parts.slack.snapshot() };
  if (part === 'teams') return { part, value: parts.teams.snapshot() };
  return { part, value: { now: parts.clock.now(), offsetMs: parts.clock.offsetMs() } };
}
