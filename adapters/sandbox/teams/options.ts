import type { JsonObject, TeamsUser } from './protocol';

/** A person of the seed; what is left out (initials, colour, zone, e-mail) is derived. */
export type SeedUser = Pick<TeamsUser, 'id' | 'aadObjectId' | 'name'> & Partial<TeamsUser>;

export interface SeedTeam {
  id: string;
  aadGroupId: string;
  name: string;
  /** User ids; everybody when left out. */
  members?: string[];
  /** Default true. */
  appInstalled?: boolean;
  /** The first one is General: in Teams its id is the team's own id. */
  channels: { id: string; name: string; topic?: string }[];
}

export interface SeedMessage {
  conversation: string;
  from: string;
  text: string;
  /** How long before the start it was written. */
  agoMs: number;
  replies?: { from: string; text: string; agoMs: number }[];
}

export interface TeamsSeed {
  users: SeedUser[];
  teams: SeedTeam[];
  /** Who has the app in the personal chat; everybody when left out. */
  personalInstalls?: string[];
  messages?: SeedMessage[];
}

export interface TeamsWorldOptions {
  seed: TeamsSeed;
  /** The app manifest that an operator uploads, as JSON. */
  manifest: JsonObject;
  appId: string;
  appPassword: string;
  tenantId: string;
  /** Where the bot listens, e.g. `http://127.0.0.1:3000/api/messages`; may be set later by `world.connect`. */
  messagingEndpoint?: string;
  /** Milliseconds since the epoch; stamps messages. Tokens use the machine's clock, as the SDK checks them by it. */
  now?: () => number;
  /** How long a turn may last before Teams gives up and sends the activity again. Default 15 s. */
  turnLimitMs?: number;
  /** The shorter limit of message-extension invokes. Default 5 s. */
  extensionLimitMs?: number;
  /** How often a slow activity is sent again. Default 1. */
  redeliveriesMax?: number;
  /** How long the bot's own tokens live. Default 1 h. */
  tokenLifetimeMs?: number;
  /** Answer 429 above the documented rates. Default false. */
  rateLimits?: boolean;
}

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';
/** A message above this gets 413: "Message size too big", counted in UTF-16 as Teams does. */
export const MESSAGE_BYTES_MAX = 100 * 1024;
/** One card above this is refused: the class of limit that Teams documents for cards. */
export const CARD_BYTES_MAX = 28 * 1024;
export const UNREACHABLE = 'Unable to reach app. Please try again.';
