import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Surface } from '../../src/app/ports';
import { openBackground } from './background';
import { openBot } from './bot';
import { openConnector } from './connector';
import { openConversations } from './conversations';
import { openHttp } from './http';
import { lostOf } from './lost';
import { assertUsable, type TeamsParts } from './settings';
import { accountsOf, openSurface } from './surface';
import { openTokens } from './token';
import { openVoice } from './voice';

export { checkTeams } from './doctor';
export { manifestFor, teamsPackage, writeTeamsPackage } from './package';
export type { TeamsParts, TeamsSettings } from './settings';
export { addressOf as teamsAddress } from './text';

export interface TeamsAdapter {
  readonly surface: Surface;
  /** POST /api/messages. Always answers, never rejects. */
  http(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Waits for private answers that are under way. */
  stop(): Promise<void>;
}

/** Teams, by the real Bot Framework adapter for what comes in and plain REST for what goes out. Throws on empty settings. */
export function startTeams(parts: TeamsParts): TeamsAdapter {
  assertUsable(parts.config);
  const { config, desk, log } = parts;
  const tokens = openTokens(config);
  const connector = openConnector(config, tokens);
  const conversations = openConversations(parts);
  const voice = openVoice({ config, connector, conversations });
  const accountOf = accountsOf(desk);
  const background = openBackground(log);
  const teams = { ...parts, connector, conversations, voice, accountOf, background };
  return {
    surface: openSurface(voice, accountOf, (now) => lostOf(connector, conversations, now)),
    http: openHttp(teams, openBot(config, tokens)),
    stop: () => background.settled(),
  };
}
