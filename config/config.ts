import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { inboundConfig, inboundEnvironment, type InboundConfig } from './inbound-config.js';
import {
  notificationConfig,
  notificationEnvironment,
  type NotificationConfig,
} from './notification-config.js';

const url = (...protocols: string[]) =>
  z.string().refine((value) => protocols.some((p) => value.startsWith(`${p}:`)), {
    message: `must start with ${protocols.map((p) => `${p}://`).join(' or ')}`,
  });

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');

/** Every environment variable that the project reads. `.env.example` explains them to operators. */
const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  DATA_DIR: z.string().min(1).default('./data'),
  PUBLIC_URL: url('http', 'https').optional(),
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(12),
  REDIS_URL: url('redis', 'rediss').optional(),
  QUEUE_PREFIX: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .default('duijie'),
  SMTP_URL: url('smtp', 'smtps').optional(),
  MAIL_FROM: z.email().default('noreply@duijie.example'),
  MAIL_FROM_NAME: z.string().min(1).max(80).default('对接平台'),
  APP_SECRET: z.string().min(32).optional(),
  COOKIE_SECURE: flag.optional(),
  TRUST_PROXY: flag.default(false),
  ...notificationEnvironment,
  ...inboundEnvironment,
  MATCHING_THREADS: z.coerce.number().int().min(1).max(2).default(Math.min(2, availableParallelism())),
  MATCHING_CONCURRENCY: z.coerce.number().int().min(1).max(16).default(1),
  MAIL_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
  UPLOAD_MAX_MB: z.coerce.number().int().min(1).max(200).default(20),
  SWEEP_SECONDS: z.coerce.number().min(0.1).max(3600).default(15),
  EMBEDDINGS_URL: url('http', 'https').optional(),
  EMBEDDINGS_MODEL: z.string().min(1).max(200).default('bge-m3'),
  EMBEDDINGS_KEY: z.string().min(1).optional(),
  EMBEDDINGS_BATCH: z.coerce.number().int().min(1).max(512).default(16),
  EMBEDDINGS_TIMEOUT_SECONDS: z.coerce.number().min(0.1).max(600).default(30),
  AUTO_TRAIN: flag.default(true),
});

/** An OpenAI-compatible service that turns texts into vectors. */
export interface EmbeddingSettings {
  /** Address that texts are posted to. */
  readonly url: string;
  readonly model: string;
  readonly key: string | null;
  /** Texts per request. */
  readonly batch: number;
  readonly timeoutMs: number;
}

export interface Config extends NotificationConfig, InboundConfig {
  readonly mode: 'development' | 'test' | 'production';
  readonly host: string;
  readonly port: number;
  /** Absolute path: embedded database, uploaded evidence, secrets. */
  readonly dataDir: string;
  /** Base URL of links in mails, without a trailing slash; null = derived from host and port. */
  readonly publicUrl: string | null;
  readonly databaseUrl: string | null;
  readonly databasePool: number;
  /** null = BullMQ runs on PostgreSQL. */
  readonly redisUrl: string | null;
  /** First part of every queue's name: lets several installations share one Redis. */
  readonly queuePrefix: string;
  /** null = mails go to the mailbox page instead of the network. */
  readonly smtpUrl: string | null;
  readonly mailFrom: { readonly name: string; readonly address: string };
  /** Key of signed links and tickets; null = one is generated and kept in the data folder. */
  readonly appSecret: string | null;
  readonly cookieSecure: boolean;
  readonly trustProxy: boolean;
  readonly matchingConcurrency: number;
  /** Threads that rank the needs of a long run: 1 or 2; the second holds a copy of the index as long as the run. */
  readonly matchingThreads: number;
  readonly mailConcurrency: number;
  readonly uploadMaxBytes: number;
  /** Interval at which rows that still wait are offered to the queue again, in milliseconds. */
  readonly sweepMs: number;
  /** null = matches are ranked without vectors. */
  readonly embeddings: EmbeddingSettings | null;
  /** Whether the matching model learns from new answers by itself. */
  readonly autoTrain: boolean;
}

/** The environment does not fit the schema; the message names each variable and what it should be. */
export class ConfigError extends Error {}

/** Reads a configuration from `env`. Throws ConfigError. Empty strings count as unset. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`The environment is not valid:\n${lines.join('\n')}`);
  }
  const e = parsed.data;
  return {
    mode: e.NODE_ENV,
    host: e.HOST,
    port: e.PORT,
    dataDir: path.resolve(e.DATA_DIR),
    publicUrl: e.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    databaseUrl: e.DATABASE_URL ?? null,
    databasePool: e.DATABASE_POOL,
    redisUrl: e.REDIS_URL ?? null,
    queuePrefix: e.QUEUE_PREFIX,
    smtpUrl: e.SMTP_URL ?? null,
    mailFrom: { name: e.MAIL_FROM_NAME, address: e.MAIL_FROM },
    appSecret: e.APP_SECRET ?? null,
    cookieSecure: e.COOKIE_SECURE ?? e.PUBLIC_URL?.startsWith('https:') ?? false,
    trustProxy: e.TRUST_PROXY,
    ...notificationConfig(e),
    ...inboundConfig(e),
    matchingConcurrency: e.MATCHING_CONCURRENCY,
    matchingThreads: e.MATCHING_THREADS,
    mailConcurrency: e.MAIL_CONCURRENCY,
    uploadMaxBytes: e.UPLOAD_MAX_MB * 1024 * 1024,
    sweepMs: Math.round(e.SWEEP_SECONDS * 1000),
    embeddings: embeddingSettings(e),
    autoTrain: e.AUTO_TRAIN,
  };
}

/** The service's root, its `/v1` and the whole address are all understood. */
function embeddingsAddress(given: string): string {
  const base = given.replace(/\/+$/, '');
  if (base.endsWith('/embeddings')) return base;
  return `${base}${/\/v\d+$/.test(base) ? '' : '/v1'}/embeddings`;
}

function embeddingSettings(e: z.infer<typeof environment>): EmbeddingSettings | null {
  if (e.EMBEDDINGS_URL === undefined) return null;
  return {
    url: embeddingsAddress(e.EMBEDDINGS_URL),
    model: e.EMBEDDINGS_MODEL,
    key: e.EMBEDDINGS_KEY ?? null,
    batch: e.EMBEDDINGS_BATCH,
    timeoutMs: Math.round(e.EMBEDDINGS_TIMEOUT_SECONDS * 1000),
  };
}
