import { DrizzleQueryError } from 'drizzle-orm';

/** What can be wrong with a database, in the terms that an operator acts on. */
type StoreTrouble = 'full' | 'locked' | 'corrupt' | 'unwritable' | 'unreachable' | 'not-let-in' | 'closed' | 'failed';

const SENTENCES: Readonly<Record<StoreTrouble, string>> = {
  full: 'The disk of the database is full: nothing was changed. Free some space; Baton goes on by itself.',
  locked: 'The database is held by another process: nothing was changed. If this goes on, see what else has it open.',
  corrupt:
    'The database is damaged or is not a database. Stop Baton and put the last backup back: npx baton restore FILE.',
  unwritable: 'The database cannot be opened or written. Check that its folder exists and that Baton may write there.',
  unreachable: 'The database cannot be reached. Check DATABASE_URL and that the server is running.',
  'not-let-in': 'The database refuses the name, password or database in DATABASE_URL.',
  closed: 'The database has been closed.',
  failed: 'The database refused a request.',
};

/**
 * The database could not do what it was asked; nothing of it was changed. `code` and `problem` are the database's own
 * words. The rows concerned are left out on purpose: they hold what clients wrote, and this goes into logs.
 */
export class StoreFailure extends Error {
  constructor(
    readonly trouble: StoreTrouble,
    readonly code: string,
    readonly problem: string,
  ) {
    super(`${SENTENCES[trouble]} (${code}: ${problem})`);
    this.name = 'StoreFailure';
  }
}

const CODES: readonly (readonly [RegExp, StoreTrouble])[] = [
  [/^(SQLITE_FULL|53100|ENOSPC)/, 'full'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED|55P03|57014|40001|40P01)/, 'locked'],
  [/^(SQLITE_CORRUPT|SQLITE_NOTADB|XX001|XX002)/, 'corrupt'],
  [
    /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_IOERR|25006|42501|EACCES|EEXIST|ENOTDIR|EISDIR|EROFS|EPERM)/,
    'unwritable',
  ],
  [/^(08|57P0|53300|ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH)/, 'unreachable'],
  [/^(28|3D000)/, 'not-let-in'],
  [/^[0-9A-Z]{5}$|^SQLITE_/, 'failed'],
];

/** What node-postgres says without a code when a connection is lost or none comes free. */
const LOST =
  /connection terminated|connection timeout|timeout exceeded when trying to connect|not queryable|connection error/i;
const CLOSED = /connection is not open/i;

/** The database's own code of an error (`SQLITE_FULL`, `40001`, `ECONNREFUSED`), or '' when it is not the database's. */
export function codeOf(problem: unknown): string {
  const { code } = rootOf(problem);
  return typeof code === 'string' ? code : '';
}

/** A StoreFailure for a trouble of the database; anything else (a mistake of ours) comes back as it is. */
export function asFailure(problem: unknown): unknown {
  if (problem instanceof StoreFailure) return problem;
  const { message } = rootOf(problem);
  const text = typeof message === 'string' ? message : String(problem);
  const code = codeOf(problem);
  if (CLOSED.test(text)) return new StoreFailure('closed', 'closed', text);
  const known = CODES.find(([pattern]) => pattern.test(code));
  if (known !== undefined) return new StoreFailure(known[1], code, text);
  if (LOST.test(text)) return new StoreFailure('unreachable', 'lost', text);
  // Whatever it is, what drizzle wrapped it in holds the row's values.
  return problem instanceof DrizzleQueryError ? new StoreFailure('failed', 'driver', text) : problem;
}

export const closedFailure = (): StoreFailure => new StoreFailure('closed', 'closed', 'close() was called before');

interface Problem {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

/** drizzle wraps what the driver throws and adds the row's values to the message; an AggregateError hides its first. */
function rootOf(problem: unknown): Problem {
  if (typeof problem !== 'object' || problem === null) return {};
  const { cause, errors }: Problem = problem;
  if (cause !== undefined) return rootOf(cause);
  if (Array.isArray(errors) && errors.length > 0) return rootOf(errors[0]);
  return problem;
}
