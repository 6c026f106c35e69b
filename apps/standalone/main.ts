import { EmbeddedPostgresError } from '#libs/platform/database/embedded-postgres.js';
import { ConfigError, loadConfig } from '#config/config.js';
import { checkPort, StartError, takeDataFolder } from './data-folder.js';
import { openDatabase } from './open-database.js';
import { printWelcome } from './print-welcome.js';
import { startPlatform } from './start-platform.js';
import { prepareDemo } from './demo/prepare-demo.js';

const demo = process.argv.includes('--demo');
const reset = process.argv.includes('--reset');

/** `npm start` and `npm run demo`: everything in one process, on embedded PostgreSQL unless DATABASE_URL is set. */
async function main(): Promise<void> {
  const given = loadConfig();
  await checkPort(given.host, given.port);
  const releaseFolder = takeDataFolder(given.dataDir);
  const undo: (() => Promise<void> | void)[] = [releaseFolder];
  const stop = stopOnce(undo);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    const database = await openDatabase(given);
    undo.push(() => database.stop());
    const config = { ...given, databaseUrl: database.url };
    const report = demo ? await prepareDemo(config, database, { reset }) : null;
    const platform = await startPlatform(config);
    undo.push(() => platform.stop());
    await printWelcome(platform, config, report);
  } catch (error) {
    for (const action of undo.reverse()) await action();
    throw error;
  }
}

/** The first signal stops in order; a second one ends the process at once. */
function stopOnce(undo: (() => Promise<void> | void)[]): () => void {
  let stopping = false;
  return () => {
    if (stopping) process.exit(130);
    stopping = true;
    void (async () => {
      for (const action of undo.reverse()) await action();
      process.exit(0);
    })();
  };
}

try {
  await main();
} catch (error) {
  const expected =
    error instanceof StartError || error instanceof ConfigError || error instanceof EmbeddedPostgresError;
  console.error(expected ? `\n${error.message}\n` : error);
  process.exit(1);
}
