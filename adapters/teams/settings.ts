import type { Caller, Doors } from '../../src/app/doors/types';
import type { Clock, DeskNow, Store } from '../../src/app/ports';

export type { Caller, Doors };

/** What the environment says about Teams; `null` means Microsoft's public cloud. */
export interface TeamsSettings {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  /** Hosts (`host` or `host:port`) to which the bot's token may go besides Microsoft's own. */
  readonly serviceHosts: readonly string[];
  readonly openIdMetadataUrl: string | null;
  readonly tokenIssuer: string | null;
  readonly loginUrl: string | null;
}

/** Structured logging: fields first, as pino takes them. Never a token, never what people wrote. */
export interface Log {
  info(fields: object, words: string): void;
  warn(fields: object, words: string): void;
  error(fields: object, words: string): void;
}

/** Everything the adapter is given; nothing else is reached for. */
export interface TeamsParts {
  readonly config: TeamsSettings;
  readonly doors: Doors;
  readonly desk: DeskNow;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<Store, 'conversation' | 'rememberConversation'>;
}

export const PLATFORM = 'teams';
export const LOGIN_URL = 'https://login.microsoftonline.com';
export const CONNECTOR_SCOPE = 'https://api.botframework.com';
export const TOKEN_ISSUER = 'https://api.botframework.com';
export const OPENID_METADATA_URL = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

/** Throws with a sentence when the settings would leave the door open; an empty app id switches authentication off. */
export function assertUsable(config: TeamsSettings): void {
  const missing = Object.entries({
    TEAMS_APP_ID: config.appId,
    TEAMS_APP_PASSWORD: config.appPassword,
    TEAMS_TENANT_ID: config.tenantId,
  }).find(([, value]) => value.trim() === '');
  if (missing !== undefined) {
    throw new Error(`${missing[0]} is empty: without it anybody could speak to Baton in the name of Teams.`);
  }
}
