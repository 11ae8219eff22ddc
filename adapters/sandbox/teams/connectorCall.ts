import type { TeamsCore } from './core';
import type { JsonObject } from './protocol';

/** One call of the Connector API, its path taken apart. `params` are the decoded variable parts, in order. */
export interface ConnectorCall {
  core: TeamsCore;
  verb: string;
  params: string[];
  query: URLSearchParams;
  body: JsonObject;
}
