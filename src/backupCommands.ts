/** `baton backup` and `baton restore`: a whole copy of the cases, and the way back to it. */
import { dirname, join, resolve } from 'node:path';
import { BackupFailure, backUp, restore, StoreFailure, sqlitePath } from '../adapters/storage';
import { backupName } from './backups';
import { type Config, readConfig } from './config';
import { EXIT, type ExitCode } from './doctor';
import type { Asked } from './operator';

type Words = Pick<Asked, 'env' | 'words' | 'tell' | 'fail'>;

/** `backup [FILE]`: also while Baton runs. Without FILE into `BACKUP_DIR`, or beside the database. */
export async function makeBackup(asked: Words): Promise<ExitCode> {
  const { words, tell, fail } = asked;
  if (words.length > 1) return wrong(fail, `backup takes one file, not ${words.length}`);
  const ground = groundOf(asked);
  if ('line' in ground) return wrong(fail, ground.line);
  const { path, config } = ground;
  if (path === null) return notHere(config, fail);
  const folder = config.backup?.dir ?? join(dirname(path), 'backups');
  const file = words[0] ?? join(folder, backupName(Date.now()));
  if (resolve(file) === resolve(path)) return wrong(fail, `${file} is the database itself: name another file`);
  return carriedOut(fail, async () => {
    const { cases, bytes } = await backUp(path, file);
    tell(`${file}: ${count(cases)}, ${Math.ceil(bytes / 1024)} kB, whole.\n`);
  });
}

/** `restore FILE`: only while no Baton runs on the database, which is kept beside the one that takes its place. */
export async function putBack(asked: Words): Promise<ExitCode> {
  const { words, tell, fail } = asked;
  const [file, more] = words;
  if (file === undefined || more !== undefined) return wrong(fail, 'restore takes the file of a backup: restore FILE');
  const ground = groundOf(asked);
  if ('line' in ground) return wrong(fail, ground.line);
  const { path, config } = ground;
  if (path === null) return notHere(config, fail);
  if (resolve(file) === resolve(path)) return wrong(fail, `${file} is the database itself: name a backup`);
  return carriedOut(fail, async () => {
    const { cases, aside } = await restore(file, path);
    tell(`${path}: ${count(cases)} as of ${file}.\n`);
    if (aside !== null) tell(`What was there before is kept as ${aside}.\n`);
    tell('Start Baton again. What waited to be sent when the backup was made is looked for before it is sent again.\n');
  });
}

const count = (cases: number): string => (cases === 1 ? '1 case' : `${cases} cases`);

function groundOf({
  env,
}: Words): { readonly config: Config; readonly path: string | null } | { readonly line: string } {
  const read = readConfig(env);
  if ('problems' in read) return { line: read.problems.map(({ line }) => line).join('\n') };
  const { config } = read;
  const isSandbox = config.slack === null && config.teams === null;
  if (isSandbox && !env['DATABASE_URL']?.trim())
    return { line: 'The sandbox forgets its cases at its end: set DATABASE_URL to the database that has yours.' };
  return { config, path: sqlitePath(config.databaseUrl) };
}

/** PostgreSQL has tools of its own that do it better. The password is left out: it would be in everybody's list of processes. */
function notHere({ databaseUrl }: Config, fail: Asked['fail']): ExitCode {
  if (!databaseUrl.startsWith('postgres')) return wrong(fail, 'A database in memory has no file to be copied.');
  const url = new URL(databaseUrl);
  const schema = url.searchParams.get('schema');
  url.searchParams.delete('schema');
  url.searchParams.delete('max');
  url.password = '';
  const only = schema === null ? '' : ` --schema='"${schema}"'`;
  fail('The cases are in PostgreSQL, which has its own tools (they ask for the password, or read PGPASSWORD):');
  fail(`  pg_dump --format=custom --no-owner --file=baton.dump${only} '${url.href}'`);
  fail(`  pg_restore --clean --if-exists --no-owner --single-transaction --dbname='${url.href}' baton.dump`);
  return EXIT.mend;
}

async function carriedOut(fail: Asked['fail'], work: () => Promise<void>): Promise<ExitCode> {
  try {
    await work();
    return EXIT.well;
  } catch (error) {
    const isExpected = error instanceof BackupFailure || error instanceof StoreFailure;
    if (!isExpected && !(error instanceof Error && 'code' in error)) throw error;
    fail((error as Error).message);
    return EXIT.mend;
  }
}

function wrong(fail: Asked['fail'], line: string): ExitCode {
  fail(line);
  return EXIT.wrong;
}
