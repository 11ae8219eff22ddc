import { started } from './postgresSetup';

// biome-ignore lint/style/noDefaultExport: jest calls the default export of a globalTeardown file.
export default async function stopPostgres(): Promise<void> {
  await started.stop();
}
