import { parentPort, workerData } from 'node:worker_threads';
import { createDataSource } from '#libs/persistence/data-source.js';
import { serveEngine, type EngineReply, type ThreadSettings } from './engine-messages.js';
import { LocalMatchEngine } from './match-engine.js';
import type { SensesOfThread } from './sense-sharing.js';

// The thread that holds the capability index: started by MatchEngineHost, ended with it.
if (parentPort === null) throw new Error('This file is started as a worker thread.');
const port = parentPort;
const { databaseUrl, ...settings } = workerData as ThreadSettings;
const dataSource = await createDataSource(databaseUrl, 2).initialize();
const log = (message: string) => port.postMessage({ kind: 'log', message } satisfies EngineReply);
const shareSenses = (senses: SensesOfThread) =>
  port.postMessage({ kind: 'senses', senses } satisfies EngineReply);
// The thread that lives as long as the process reads for the one that helps with long runs.
const first = settings.savesSnapshot ? { shareSenses } : {};
serveEngine(new LocalMatchEngine(dataSource.manager, { ...settings, log, ...first }), port);
