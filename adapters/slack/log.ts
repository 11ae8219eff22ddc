import { type Logger, LogLevel } from '@slack/bolt';

/** The part of pino that is used here. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

function worded(parts: readonly unknown[]): string {
  return parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
}

/**
 * The SDK's lines in our log. What it says at debug holds requests and message text, so that is left out; its remarks at
 * info become ours at debug.
 */
export function sdkLogger(log: Log): Logger {
  return {
    debug: () => undefined,
    info: (...parts: unknown[]) => log.debug({ from: 'slack-sdk' }, worded(parts)),
    warn: (...parts: unknown[]) => log.warn({ from: 'slack-sdk' }, worded(parts)),
    error: (...parts: unknown[]) => log.error({ from: 'slack-sdk' }, worded(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
