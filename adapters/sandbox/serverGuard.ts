import type { IncomingMessage, ServerResponse } from 'node:http';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const BODY_MAX_BYTES = 256 * 1024;

/** Nothing inline, nothing from elsewhere: what people and the app write can never become script. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function protect(res: ServerResponse): void {
  res.setHeader('content-security-policy', POLICY);
  res.setHeader('x-content-type-options', 'nosniff');
  res.setHeader('referrer-policy', 'no-referrer');
  res.setHeader('cross-origin-opener-policy', 'same-origin');
  res.setHeader('cross-origin-resource-policy', 'same-origin');
  res.setHeader('cache-control', 'no-store');
}

/** Whether the browser believes to speak to this machine: a name of somebody else's that points here is refused. */
export function isLoopbackHost(req: IncomingMessage): boolean {
  const host = req.headers.host ?? '';
  return LOOPBACK.has(host.replace(/:\d+$/, '').toLowerCase());
}

/** Why a POST is not one of our own page's, or null when it is. */
export function strangePost(req: IncomingMessage): string | null {
  if (req.headers.origin !== `http://${req.headers.host}`) return 'only the sandbox page may do this';
  if (!/^application\/json\b/.test(req.headers['content-type'] ?? '')) return 'send application/json';
  return null;
}

/** The body as JSON, or null when it is too large or no JSON object. */
export async function readJsonObject(req: IncomingMessage): Promise<{ [key: string]: unknown } | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_MAX_BYTES) return null;
    chunks.push(chunk);
  }
  try {
    const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
