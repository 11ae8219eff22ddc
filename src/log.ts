import { isNativeError } from 'node:util/types';
import pino, { type DestinationStream, type Logger } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { Accepted } from './app/perform';
import type { LogLevel } from './config/values';

export type Log = Logger;

export interface LogOptions {
  readonly level: LogLevel;
  /** Readable lines for a terminal instead of JSON. */
  readonly pretty: boolean;
  /** Default: standard output. */
  readonly to?: DestinationStream;
}

/** Structured log lines: JSON, or readable ones where a person watches. Secrets are taken out of every line. */
export function createLog({ level, pretty: readable, to }: LogOptions): Log {
  // Not pino.destination(1): into a pipe its first line was seen to come after the later ones when the process ended at once.
  const sink = to ?? process.stdout;
  const drawn = readable
    ? prettyFactory({ translateTime: 'SYS:HH:MM:ss', colorize: to === undefined })
    : (line: string) => line;
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: plainError, error: plainError },
  };
  return pino(options, { write: (line: string) => void sink.write(drawn(withoutSecrets(line))) });
}

/** One line for one accepted change: ids and names of things, never what somebody wrote. */
export function logCommitted(log: Log, { case: caseRef, actor, command, cause, events }: Accepted): void {
  log.info({ case: caseRef, actor, command, cause, events }, 'committed');
}

const CAUSES_MAX = 5;

/** Of an error only what helps to find it: the SDKs hang whole requests on theirs, with tokens and what people wrote. */
function plainError(error: unknown, depth = 0): unknown {
  if (!isNativeError(error)) return typeof error === 'string' ? error : 'thrown: not an error';
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? String(error.code) : undefined;
  return {
    type: name,
    message,
    code,
    stack,
    cause: cause === undefined || depth >= CAUSES_MAX ? undefined : plainError(cause, depth + 1),
  };
}

const HIDDEN = '[hidden]';

/** Works on the finished line, so that no depth, child logger or error message is a way around it. */
const SECRETS: readonly (readonly [form: RegExp, instead: string])[] = [
  // Fields by name, with whatever string they hold: "botToken", "client_secret", "Authorization"…
  [
    /("[\w-]*(?:token|secret|password|authorization|cookie|signature|assertion|private_?key)":)"(?:[^"\\]|\\.)*"/gi,
    `$1"${HIDDEN}"`,
  ],
  // Slack's tokens, Bearer headers and JSON web tokens wherever they stand.
  [/\bx(?:ox[a-z]|app)(?:\.xox[a-z])?-[\w-]+/gi, HIDDEN],
  [/\bBearer\s+[\w.~+/=-]+/gi, `Bearer ${HIDDEN}`],
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, HIDDEN],
  // Forms and addresses: client_secret=…, postgres://user:password@host.
  [/\b(client_secret|client_assertion|password|token)=[^&\s"'\\]+/gi, `$1=${HIDDEN}`],
  [/(\w+:\/\/[^:/@\s"]+:)[^@\s"]+@/g, `$1${HIDDEN}@`],
];

function withoutSecrets(line: string): string {
  return SECRETS.reduce((text, [form, instead]) => text.replace(form, instead), line);
}
