import { join } from 'node:path';
import type { Work } from './work';

/** A database as the store uses it: it runs work, whole or not at all. Both throw StoreFailure for its own troubles. */
export interface Database {
  /** One transaction. `alone` names work of which there may be one at a time, over all processes. */
  write<T>(work: () => Work<T>, alone?: string): Promise<T>;
  read<T>(work: () => Work<T>): Promise<T>;
  close(): Promise<void>;
}

/** Where what went wrong without anybody waiting for it is told. */
export interface StoreLog {
  warn(details: object, sentence: string): void;
}

/** Beside the code in the sources, and copied beside it by the build. */
export const migrationsOf = (dialect: 'sqlite' | 'postgres'): string =>
  join(__dirname, '..', '..', 'drizzle', dialect, 'migrations');
