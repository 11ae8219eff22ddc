/** Databases to measure on, gone afterwards: files in a folder of their own, or schemas of the server at TEST_POSTGRES_URL (else the usual local one). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Copier, postgresCopier, sqliteCopier } from './fill';
import type { Skipped } from './report';

/** As the tests look for it. */
const USUAL_URL = 'postgres://postgres@127.0.0.1:5432/test';

export interface Ground {
  readonly url: string;
  readonly copier: Copier;
  /** Gives its room on the disk back. Close every store on it first. */
  drop(): Promise<void>;
}

export interface Grounds {
  /** As the rows name it. */
  readonly name: 'SQLite' | 'PostgreSQL';
  /** An empty database; of each name one. */
  ground(name: string): Ground;
}

export type OnGrounds<Result> = (grounds: Grounds) => Promise<Result>;

export async function onSqlite<Result>(measure: OnGrounds<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  const ground = (name: string): Ground => {
    const path = join(folder, `${name}.db`);
    return {
      url: `file:${path}`,
      copier: sqliteCopier(path),
      drop: async () => {
        for (const part of ['', '-wal', '-shm']) rmSync(`${path}${part}`, { force: true });
      },
    };
  };
  try {
    return await measure({ name: 'SQLite', ground });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `what` is said to be not measured where no server answers. */
export async function onPostgres<Result>(what: string, measure: OnGrounds<Result>): Promise<Result | Skipped> {
  const server = process.env['TEST_POSTGRES_URL'] || USUAL_URL;
  const given: Ground[] = [];
  const ground = (name: string): Ground => {
    const schema = `baton_bench_${process.pid}_${name}`;
    const url = new URL(server);
    url.searchParams.set('schema', schema);
    const copier = postgresCopier(server, schema);
    const one = { url: url.href, copier, drop: () => copier.drop() };
    given.push(one);
    return one;
  };
  if (!(await ground('probe').copier.answers()))
    return { what, why: 'no server answers at TEST_POSTGRES_URL, or on 127.0.0.1:5432 without it' };
  try {
    return await measure({ name: 'PostgreSQL', ground });
  } finally {
    for (const one of given) await one.drop();
  }
}
