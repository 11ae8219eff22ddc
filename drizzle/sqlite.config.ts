import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --config drizzle/sqlite.config.ts` after a change of the schema; migrations are append-only. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './drizzle/sqlite/schema.ts',
  out: './drizzle/sqlite/migrations',
});
