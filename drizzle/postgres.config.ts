import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --config drizzle/postgres.config.ts` after a change of the schema; migrations are append-only. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './drizzle/postgres/schema.ts',
  out: './drizzle/postgres/migrations',
});
