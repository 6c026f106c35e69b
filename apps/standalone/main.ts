import { ServerUnreachableError } from '#libs/platform/server-unreachable.js';
import { EmbeddedPostgresError } from '#libs/platform/database/embedded-postgres-error.js';
import { ConfigError, loadConfig } from '#config/config.js';
import { checkPort, StartError, takeDataFolder } from './data-folder.js';
import { openDatabase } from './open-database.js';
import { Teardown } from './teardown.js';

const demo = process.argv.includes('--demo');
const reset = process.argv.includes('--reset');

/** Ctrl-C reaches the program twice when npm passes it on beside the terminal: so soon a second one means the first. */
const SAME_SIGNAL_MS = 1_500;

const teardown = new Teardown();

/** `npm start` and `npm run demo`: everything in one process, on embedded PostgreSQL unless DATABASE_URL is set. */
async function main(): Promise<void> {
  const given = loadConfig();
  await checkPort(given.host, given.port);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  await teardown.hold(takeDataFolder(given.dataDir), (release) => release());
  const database = await teardown.hold(openDatabase(given, { small: demo }), (open) => open.stop());
  void database.exited.then(() => {
    if (firstSignalAt === null)
      end(1, 'The embedded database has ended by itself. Start the platform again.');
  });
  const config = { ...given, databaseUrl: database.url };
  const { prepareDemo, startPlatform, printWelcome } = await loadPrograms();
  const report = demo ? await prepareDemo(config, database, { reset, teardown }) : null;
  const starting = startPlatform(config, { aloneOnDatabase: database.embedded });
  const platform = await teardown.hold(starting, (running) => running.stop());
  await printWelcome(platform, config, report);
}

/** Loaded only now: whatever is in the way of a start is said before the second that this takes. */
async function loadPrograms() {
  const { prepareDemo } = await import('./demo/prepare-demo.js');
  const { startPlatform } = await import('./start-platform.js');
  const { printWelcome } = await import('./print-welcome.js');
  return { prepareDemo, startPlatform, printWelcome };
}

let firstSignalAt: number | null = null;

/** The first signal stops in order; a second one ends the process at once. */
function onSignal(): void {
  firstSignalAt ??= Date.now();
  if (Date.now() - firstSignalAt > SAME_SIGNAL_MS) process.exit(130);
  end(0);
}

/** Puts everything down and ends the process. */
function end(code: number, message?: string): void {
  if (message !== undefined) console.error(`\n${message}\n`);
  void teardown.run().then(() => process.exit(code));
}

/** What the operator can do something about is said in a sentence, without the program's insides. */
function wordsFor(error: unknown): unknown {
  const isExpected =
    error instanceof StartError ||
    error instanceof ConfigError ||
    error instanceof ServerUnreachableError ||
    error instanceof EmbeddedPostgresError;
  return isExpected ? `\n${error.message}\n` : error;
}

try {
  await main();
} catch (error) {
  if (firstSignalAt === null) {
    console.error(wordsFor(error));
    end(1);
  }
}
