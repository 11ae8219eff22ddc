import { z } from 'zod';
import { readDuration } from '../domain/durations';

export { type Duration, durationMs, readDuration } from '../domain/durations';

export const duration = z
  .string({ error: 'write a length of time such as 30m, 4h or 2d' })
  .transform((written, context) => {
    const read = readDuration(written);
    if (typeof read !== 'string') return read;
    context.addIssue({ code: 'custom', message: read });
    return z.NEVER;
  });
