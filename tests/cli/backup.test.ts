import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../adapters/storage';
import { opened } from '../support/stores';
import { baton, build, folder } from './spawned';

beforeAll(build);

describe('baton backup and restore', () => {
  it('copy the cases, refuse while they are in use, and bring them back', async () => {
    const cwd = folder();
    const env = { DATABASE_URL: 'file:data/cases.db', BACKUP_DIR: 'copies' };
    const store = await openStore(`file:${join(cwd, 'data', 'cases.db')}`);
    await opened(store);
    const made = await baton(['backup'], { cwd, env });
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toMatch(/^copies\/baton-\d{4}-.*Z\.db: 1 case, \d+ kB, whole\.$/m);
    const [name = ''] = readdirSync(join(cwd, 'copies'));
    await opened(store);
    const refused = await baton(['restore', join('copies', name)], { cwd, env });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('Baton runs on data/cases.db: stop it first. Nothing was changed.');
    await store.close();
    const restored = await baton(['restore', join('copies', name)], { cwd, env });
    expect(restored).toMatchObject({ code: 0, err: '' });
    expect(restored.out).toContain('data/cases.db: 1 case as of copies/');
    const doctor = await baton(['doctor'], { cwd, env });
    expect(doctor.out).toMatch(/✓ The newest of 1 in copies is 0 h old\./);
  });

  it('say what is wrong with what was typed', async () => {
    const cwd = folder();
    const env = { DATABASE_URL: 'file:cases.db' };
    expect(await baton(['restore'], { cwd, env })).toMatchObject({
      code: 2,
      err: 'restore takes the file of a backup: restore FILE\n',
    });
    expect(await baton(['restore', 'nothing.db'], { cwd, env })).toMatchObject({ code: 1 });
    expect(await baton(['backup', 'cases.db'], { cwd, env })).toMatchObject({ code: 2 });
    expect(await baton(['backup'], { cwd, env })).toMatchObject({
      code: 1,
      err: 'There is no database at cases.db.\n',
    });
    expect((await baton(['backup'], { cwd })).err).toContain('set DATABASE_URL');
    expect(existsSync(join(cwd, 'cases.db'))).toBe(false);
  });

  it('leave PostgreSQL to its own tools, and the password out', async () => {
    const env = { DATABASE_URL: 'postgres://desk:secret@db.example:5432/cases?schema=support&max=5' };
    const told = await baton(['backup'], { cwd: folder(), env });
    expect(told.code).toBe(1);
    expect(told.err).toContain(
      `pg_dump --format=custom --no-owner --file=baton.dump --schema='"support"' 'postgres://desk@db.example:5432/cases'`,
    );
    expect(told.err).toContain('pg_restore --clean');
    expect(told.err).not.toContain('secret');
    const wrong = await baton(['backup'], { cwd: folder(), env: { ...env, BACKUP_DIR: 'copies' } });
    expect(wrong.err).toContain('BACKUP_DIR: is for SQLite only');
  });
});
