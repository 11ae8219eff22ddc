/** POST /api/messages before anybody is believed: method, kind and size of the body, and where it wants answers sent. */
import type { IncomingMessage } from 'node:http';
import { readJson } from '../../src/inputs/json';
import { allowedServiceUrl } from './hosts';
import { type Activity, readActivity } from './payloads';
import { tenantsOf } from './refs';
import type { TeamsSettings } from './settings';

export type AtTheDoor =
  | { readonly ok: true; readonly activity: Activity }
  | { readonly ok: false; readonly status: number; readonly why: string };

const BODY_BYTES_MAX = 1024 * 1024;

/** A body that may be looked at further. The token is checked after it, the tenant after the token. */
export async function readAtTheDoor(request: IncomingMessage, config: TeamsSettings): Promise<AtTheDoor> {
  if (request.method !== 'POST') return turnedAway(405, 'only POST is answered here');
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    return turnedAway(415, 'the body must be application/json');
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') return turnedAway(415, 'the body must not be encoded');
  const text = await bodyOf(request);
  if (text === null) return turnedAway(413, 'the body is too large');
  const body = parsed(text);
  if (body === undefined) return turnedAway(400, 'the body is not JSON');
  const read = readActivity(body);
  if (!read.ok) return turnedAway(400, read.why);
  // Without a service URL the SDK skips the check of the token's own, and the turn would run.
  if (allowedServiceUrl(read.activity.serviceUrl, config.serviceHosts) === null)
    return turnedAway(403, 'the service URL is not an allowed host');
  return { ok: true, activity: read.activity };
}

/** Whether an activity is of our tenant; the SDK does not ask. One that names none, or two, is not. */
export function isOurTenant(activity: Activity, config: TeamsSettings): boolean {
  const tenants = tenantsOf(activity);
  return tenants.length > 0 && tenants.every((tenant) => tenant.toLowerCase() === config.tenantId.toLowerCase());
}

const turnedAway = (status: number, why: string): AtTheDoor => ({ ok: false, status, why });

/** The whole body as text, or null when it is too large; what is left of such a body is not read. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES_MAX) return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const piece = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += piece.length;
    if (bytes > BODY_BYTES_MAX) return null;
    chunks.push(piece);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}
