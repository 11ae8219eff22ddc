import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TeamsNotice, TeamsSnapshot } from '../../teams/protocol';
import type { Room } from '../../uiState';
import type { Theme } from '../chrome/theme';
import { useSandbox } from '../sandbox';
import { ChannelPane } from './ChannelPane';
import { ChatPane } from './ChatPane';
import { TeamsProvider, type TeamsSpot } from './context';
import { Dialog } from './Dialog';
import { Nav } from './Nav';

type Props = { teams: TeamsSnapshot; going: { room: Room; turn: number } | null; theme: Theme };

/** The whole emulated Teams client of the person at the keyboard. */
export function TeamsWindow({ teams, going, theme }: Props) {
  const sandbox = useSandbox();
  const [wanted, setWanted] = useState<TeamsSpot>({ kind: 'channel', id: sandbox.setup.rooms.support.teams });
  const [drawer, setDrawer] = useState(false);
  const refreshed = useRef(new Set<string>());
  const me = teams.users.find((one) => one.id === sandbox.me.teams);
  const go = (spot: TeamsSpot) => {
    setWanted(spot);
    setDrawer(false);
  };
  useEffect(() => {
    if (going) go({ kind: 'channel', id: sandbox.setup.rooms[going.room].teams });
  }, [going]);
  const scene = useMemo(
    () => (me ? { teams, me, theme, now: sandbox.now, refreshed: refreshed.current } : null),
    [teams, me, theme, sandbox.now],
  );
  if (scene === null || me === undefined)
    return <section class="window teams">Nobody by that name in this tenant.</section>;
  const spot = reachable(teams, me.id, wanted);
  const dialog = teams.dialogs.find((one) => one.user === me.id);
  return (
    <TeamsProvider value={scene}>
      <section class="window teams" aria-label="Teams" data-testid="teams">
        <div class={`teams-body ${drawer ? 'drawer-open' : ''}`} inert={dialog !== undefined}>
          <Nav spot={spot} onGo={go} />
          <button
            type="button"
            class="drawer-shade"
            aria-label="Close the list"
            tabIndex={-1}
            onClick={() => setDrawer(false)}
          />
          <div class="t-main">
            <Banner notice={teams.notices.find((one) => one.user === me.id)} />
            {spot.kind === 'chat' ? (
              <ChatPane key={me.id} onDrawer={() => setDrawer(true)} />
            ) : (
              <ChannelPane key={`${me.id} ${spot.id}`} channelId={spot.id} onDrawer={() => setDrawer(true)} />
            )}
          </div>
        </div>
        {dialog && <Dialog dialog={dialog} />}
      </section>
    </TeamsProvider>
  );
}

function reachable(teams: TeamsSnapshot, user: string, wanted: TeamsSpot): TeamsSpot {
  if (wanted.kind === 'chat') return wanted;
  const channels = teams.teams.filter((team) => team.members.includes(user)).flatMap((team) => team.channels);
  const channel = channels.find((one) => one.id === wanted.id) ?? channels[0];
  return channel ? { kind: 'channel', id: channel.id } : { kind: 'chat' };
}

/** What Teams itself says to the person, until it is dismissed or something newer comes. */
function Banner({ notice }: { notice: TeamsNotice | undefined }) {
  const [dismissed, setDismissed] = useState(0);
  if (notice?.kind !== 'error' || notice.at <= dismissed) return null;
  return (
    <p class="t-banner" role="alert" data-testid="teams-banner">
      <span>{notice.text}</span>
      <button type="button" class="icon-button" aria-label="Dismiss" onClick={() => setDismissed(notice.at)}>
        ×
      </button>
    </p>
  );
}
