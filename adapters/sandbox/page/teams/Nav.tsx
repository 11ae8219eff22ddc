import type { ComponentChildren } from 'preact';
import { Icon } from '../common/Icon';
import { type TeamsSpot, useTeams } from './context';

/** The rail and, beside it, the list of teams, channels and the chat with the bot. */
export function Nav({ spot, onGo }: { spot: TeamsSpot; onGo: (spot: TeamsSpot) => void }) {
  const { teams, me } = useTeams();
  const mine = teams.teams.filter((team) => team.members.includes(me.id));
  const first = mine[0]?.channels[0];
  return (
    <>
      <div class="t-rail" role="navigation" aria-label="Teams areas">
        <RailButton on={spot.kind === 'chat'} label="Chat" onClick={() => onGo({ kind: 'chat' })}>
          <Icon name="chat" size={20} />
        </RailButton>
        <RailButton
          on={spot.kind === 'channel'}
          label="Teams"
          onClick={() => first && onGo({ kind: 'channel', id: first.id })}
        >
          <Icon name="team" size={20} />
        </RailButton>
      </div>
      <nav class="t-list" aria-label="Teams channels and chats">
        <h3>Chat</h3>
        <button
          type="button"
          class={spot.kind === 'chat' ? 't-link on' : 't-link'}
          aria-current={spot.kind === 'chat' ? 'page' : undefined}
          data-testid="teams-chat"
          onClick={() => onGo({ kind: 'chat' })}
        >
          <img src="/ui/icon.svg" alt="" width="22" height="22" />
          <span>{teams.bot.name}</span>
        </button>
        {mine.map((team) => (
          <div key={team.id}>
            <h3>{team.name}</h3>
            {team.channels.map((channel) => {
              const on = spot.kind === 'channel' && spot.id === channel.id;
              return (
                <button
                  type="button"
                  key={channel.id}
                  class={on ? 't-link on' : 't-link'}
                  aria-current={on ? 'page' : undefined}
                  data-testid={`teams-channel-${channel.name.toLowerCase()}`}
                  onClick={() => onGo({ kind: 'channel', id: channel.id })}
                >
                  <span>{channel.name}</span>
                </button>
              );
            })}
          </div>
        ))}
        {mine.length === 0 && <p class="t-list-empty">You are in no team.</p>}
      </nav>
    </>
  );
}

function RailButton(props: { on: boolean; label: string; onClick: () => void; children: ComponentChildren }) {
  return (
    <button
      type="button"
      class={props.on ? 't-rail-button on' : 't-rail-button'}
      aria-pressed={props.on}
      onClick={props.onClick}
    >
      {props.children}
      <small>{props.label}</small>
    </button>
  );
}
