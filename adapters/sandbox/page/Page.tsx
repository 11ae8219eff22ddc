import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Room, Setup } from '../uiState';
import { CallsPanel } from './chrome/CallsPanel';
import { Header } from './chrome/Header';
import { type Shown, Tabs } from './chrome/Tabs';
import { TourStrip } from './chrome/TourStrip';
import { useTheme } from './chrome/theme';
import { SandboxProvider, useSandboxValue, useToast, useWorld, type World } from './sandbox';
import { SlackWindow } from './slack/SlackWindow';
import { TeamsWindow } from './teams/TeamsWindow';

export function Page() {
  const world = useWorld();
  if (!(world.setup && world.slack && world.teams)) {
    return (
      <p class="starting">
        {world.live ? 'Opening the sandbox…' : 'The sandbox does not answer. Start it again with npm start.'}
      </p>
    );
  }
  return <Desk world={world} setup={world.setup} />;
}

/** Who and what the address asks for: `#as=alice&show=teams`, so that a second window can be somebody else. */
function asked(name: string): string | null {
  return new URLSearchParams(location.hash.slice(1)).get(name);
}

function Desk({ world, setup }: { world: World; setup: Setup }) {
  const [key, setKey] = useState(() => asked('as') ?? setup.people[0]?.key ?? '');
  const [shown, setShown] = useState<Shown>(() => (asked('show') as Shown | null) ?? 'both');
  const [going, setGoing] = useState<{ room: Room; turn: number } | null>(null);
  const [callsOpen, setCallsOpen] = useState(false);
  const [toast, tell, dismiss] = useToast();
  const [theme, setTheme] = useTheme();
  const goTo = useCallback((room: Room) => setGoing((old) => ({ room, turn: (old?.turn ?? 0) + 1 })), []);
  const me = setup.people.find((one) => one.key === key) ?? setup.people[0];
  useEffect(() => history.replaceState(null, '', `#as=${me?.key ?? ''}&show=${shown}`), [me, shown]);
  if (!me) throw new Error('the sandbox has no people');
  const value = useSandboxValue({ setup, me, clock: world.clock, tell, goTo });
  return (
    <SandboxProvider value={value}>
      <div class={`desk show-${shown}`}>
        <Header
          onBe={setKey}
          theme={theme}
          onTheme={setTheme}
          callsOpen={callsOpen}
          onCalls={() => setCallsOpen(!callsOpen)}
        >
          <Tabs shown={shown} onShow={setShown} />
        </Header>
        <TourStrip done={world.tour.done} onBe={setKey} clock={world.clock} />
        {!world.live && (
          <p class="lost" role="alert">
            The connection to the sandbox is lost. This page comes back by itself once it runs again.
          </p>
        )}
        <main class="windows">
          {world.slack && <SlackWindow slack={world.slack} going={going} />}
          {world.teams && <TeamsWindow teams={world.teams} going={going} theme={theme} />}
        </main>
        {callsOpen && <CallsPanel world={world} onClose={() => setCallsOpen(false)} />}
        <footer class="honest">
          An emulation on this machine. It cannot show how each Slack and Teams client really draws a message, what a
          tenant’s policies forbid, or the platforms’ true rate limits.
        </footer>
        <div class="toast-place" role="status" aria-live="polite">
          {toast && (
            <div class="toast" key={toast.id} data-testid="toast">
              <span>{toast.words}</span>
              <button type="button" aria-label="Dismiss" onClick={dismiss}>
                ×
              </button>
            </div>
          )}
        </div>
      </div>
    </SandboxProvider>
  );
}
