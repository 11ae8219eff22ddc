import { setImmediate } from 'node:timers';
import type BetterSqlite3 from 'better-sqlite3';
import { asFailure, closedFailure } from './failures';
import { Undone } from './work';

/** At 0.1 ms a change, the event loop is held some 10 ms at most. */
const TOGETHER_MAX = 100;

interface Job {
  readonly body: () => unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (problem: unknown) => void;
}
interface Done {
  readonly job: Job;
  readonly answer: unknown;
}

export interface Writer {
  write<T>(body: () => T): Promise<T>;
  /** Writes what waits, then takes no more. */
  end(): void;
}

/**
 * The one writer of an SQLite file. Bodies that wait together are committed together, one fsync for all: each in a savepoint of
 * its own, so that one that fails takes nothing of the others with it, and each answered only after the commit.
 */
export function oneWriter(client: BetterSqlite3.Database): Writer {
  const sql = statementsOf(client);
  const waiting: Job[] = [];
  let scheduled = false;
  let ended = false;

  const schedule = (): void => {
    if (scheduled || waiting.length === 0) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      waiting.unshift(...commitTogether(waiting.splice(0, TOGETHER_MAX), client, sql));
      schedule();
    });
  };

  return {
    write<T>(body: () => T): Promise<T> {
      if (ended) return Promise.reject(closedFailure());
      return new Promise<unknown>((resolve, reject) => {
        waiting.push({ body, resolve, reject });
        schedule();
      }) as Promise<T>;
    },
    end() {
      ended = true;
      while (waiting.length > 0) {
        waiting.unshift(...commitTogether(waiting.splice(0, TOGETHER_MAX), client, sql));
      }
    },
  };
}

function statementsOf(client: BetterSqlite3.Database) {
  return {
    begin: client.prepare('begin immediate'),
    commit: client.prepare('commit'),
    rollback: client.prepare('rollback'),
    mark: client.prepare('savepoint body'),
    keep: client.prepare('release body'),
    undo: client.prepare('rollback to body'),
  };
}

/** Commits what can be, answers it, and gives back what has to be tried again: the neighbours of a body that broke the transaction. */
function commitTogether(
  jobs: readonly Job[],
  client: BetterSqlite3.Database,
  sql: ReturnType<typeof statementsOf>,
): Job[] {
  const done: Done[] = [];
  try {
    sql.begin.run();
    for (const [index, job] of jobs.entries()) {
      const problem = runInSavepoint(job, done, sql);
      if (problem === null) continue;
      job.reject(asFailure(problem));
      // A full disk makes SQLite give up the whole transaction, the neighbours' part included.
      if (!client.inTransaction) return jobs.filter((_, at) => at !== index && (at > index || wasDone(done, jobs[at])));
    }
    sql.commit.run();
  } catch (problem) {
    if (client.inTransaction) sql.rollback.run();
    const failure = asFailure(problem);
    for (const job of jobs) job.reject(failure);
    return [];
  }
  for (const { job, answer } of done) job.resolve(answer);
  return [];
}

const wasDone = (done: readonly Done[], job: Job | undefined): boolean => done.some((it) => it.job === job);

/** Null when the body ran, or undid itself and has an answer all the same. */
function runInSavepoint(job: Job, done: Done[], sql: ReturnType<typeof statementsOf>): unknown {
  sql.mark.run();
  try {
    const answer = job.body();
    sql.keep.run();
    done.push({ job, answer });
    return null;
  } catch (problem) {
    try {
      sql.undo.run();
      sql.keep.run();
    } catch {
      return problem; // The transaction is gone, savepoint and all.
    }
    if (!(problem instanceof Undone)) return problem;
    done.push({ job, answer: problem.answer });
    return null;
  }
}
