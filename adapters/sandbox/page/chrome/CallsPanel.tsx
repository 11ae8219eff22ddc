import { useEffect, useState } from 'preact/hooks';
import type { Json } from '../../slack/protocol';
import type { Calls } from '../../uiState';
import { Icon } from '../common/Icon';
import type { World } from '../sandbox';

type Line = {
  key: string;
  at: number;
  platform: 'Slack' | 'Teams';
  toApp: boolean;
  what: string;
  status: number;
  ms: number;
  attempt: number;
  sent: Json;
  answer: Json;
};
type Filter = 'all' | 'Slack' | 'Teams' | 'failed';
const KEPT_MAX = 400;

/** For developers: each call by the app and each delivery to it, newest first, with what was sent and answered. */
export function CallsPanel({ world, onClose }: { world: World; onClose: () => void }) {
  const lines = useCalls(world);
  const [filter, setFilter] = useState<Filter>('all');
  const shown = lines.filter(
    (line) => filter === 'all' || (filter === 'failed' ? failed(line) : line.platform === filter),
  );
  return (
    <section class="calls" aria-label="Developers: API calls" data-testid="calls">
      <div class="calls-top">
        <h2>API calls and deliveries</h2>
        <div class="tabs" role="group" aria-label="Filter calls">
          {(['all', 'Slack', 'Teams', 'failed'] as const).map((one) => (
            <button type="button" key={one} class="tab" aria-pressed={filter === one} onClick={() => setFilter(one)}>
              {one === 'all' ? 'All' : one === 'failed' ? 'Failed' : one}
            </button>
          ))}
        </div>
        <button type="button" class="top-button" aria-label="Close the developers’ panel" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div class="calls-list" tabIndex={0} role="region" aria-label="Calls, newest first">
        {shown.map((line) => (
          <CallLine key={line.key} line={line} />
        ))}
        {shown.length === 0 && (
          <p class="calls-empty">
            {filter === 'failed'
              ? 'Nothing has failed.'
              : 'Nothing yet. Say something in Slack or Teams and each call shows up here.'}
          </p>
        )}
      </div>
    </section>
  );
}

function CallLine({ line }: { line: Line }) {
  const [open, setOpen] = useState(false);
  return (
    <details class={failed(line) ? 'call failed' : 'call'} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <time>{new Date(line.at).toISOString().slice(11, 23)}</time>
        <span class={`tag tag-${line.platform.toLowerCase()}`}>{line.platform}</span>
        <span class="call-way" title={line.toApp ? 'delivered to the app' : 'called by the app'}>
          {line.toApp ? '→ app' : '← app'}
        </span>
        <span class="call-what">
          {line.what}
          {line.attempt > 0 && <em> attempt {line.attempt + 1}</em>}
        </span>
        <span class="call-status">{line.status === 0 ? 'no answer' : line.status}</span>
        <span class="call-ms">{Math.round(line.ms)} ms</span>
      </summary>
      {open && (
        <div class="call-bodies">
          <figure>
            <figcaption>Sent</figcaption>
            <pre>{JSON.stringify(line.sent, null, 2)}</pre>
          </figure>
          <figure>
            <figcaption>Answered</figcaption>
            <pre>{JSON.stringify(line.answer, null, 2)}</pre>
          </figure>
        </div>
      )}
    </details>
  );
}

function failed(line: Line): boolean {
  const answer = line.answer;
  const refused = answer !== null && typeof answer === 'object' && !Array.isArray(answer) && answer['ok'] === false;
  return line.status === 0 || line.status >= 400 || refused;
}

function useCalls(world: World): Line[] {
  const [calls, setCalls] = useState<Calls>({ slack: [], teams: [] });
  useEffect(() => {
    const stop = new AbortController();
    const after = `slack=${calls.slack.at(-1)?.id ?? 0}&teams=${calls.teams.at(-1)?.seq ?? 0}`;
    fetch(`/ui/calls?${after}`, { signal: stop.signal })
      .then(async (response) => (await response.json()) as Calls)
      .then((more) => setCalls((old) => joined(old, more)))
      .catch(() => undefined);
    return () => stop.abort();
  }, [world]);
  return [...calls.slack.map(slackLine), ...calls.teams.map(teamsLine)].sort((one, other) => other.at - one.at);
}

/** Two answers may overlap: what is known already is not taken twice. */
function joined(old: Calls, more: Calls): Calls {
  const lastSlack = old.slack.at(-1)?.id ?? 0;
  const lastTeams = old.teams.at(-1)?.seq ?? 0;
  const slack = more.slack.filter((call) => call.id > lastSlack);
  const teams = more.teams.filter((call) => call.seq > lastTeams);
  if (slack.length + teams.length === 0) return old;
  return { slack: [...old.slack, ...slack].slice(-KEPT_MAX), teams: [...old.teams, ...teams].slice(-KEPT_MAX) };
}

function slackLine(call: Calls['slack'][number]): Line {
  const base = { key: `s${call.id}`, at: call.at, platform: 'Slack' as const, status: call.status, ms: call.ms };
  if (call.kind === 'call')
    return { ...base, toApp: false, what: call.method, attempt: 0, sent: call.args, answer: call.result };
  return {
    ...base,
    toApp: true,
    what: `${call.what} ${call.type}`,
    attempt: call.attempt,
    sent: call.payload,
    answer: call.response,
  };
}

function teamsLine(call: Calls['teams'][number]): Line {
  const base = {
    key: `t${call.seq}`,
    at: call.at,
    platform: 'Teams' as const,
    status: call.status,
    ms: call.latencyMs,
  };
  const toApp = call.direction === 'toBot';
  return {
    ...base,
    toApp,
    what: toApp ? call.path : `${call.verb} ${call.path}`,
    attempt: call.attempt - 1,
    sent: call.payload,
    answer: call.response,
  };
}
