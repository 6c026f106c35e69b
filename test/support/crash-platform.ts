import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import { TestClient, type Answer } from './client.js';
import { openTestDataSource } from './database.js';
import {
  databaseProcesses,
  embeddedUrl,
  freePort,
  startProgram,
  waitForOutput,
  type Program,
} from './process-program.js';
import { waitFor } from './wait-for.js';

/** `program`: the Node process; `everything`: it and all of PostgreSQL; `database`: one server process of PostgreSQL. */
export type Blow = 'program' | 'everything' | 'database';

/** The real program on a data folder of its own, which is killed and started again; its address stays the same. */
export class CrashPlatform {
  readonly dataDir = mkdtempSync(path.join(os.tmpdir(), 'duijie-crash-'));
  /** When a process was started: the one before it was dead by then. */
  readonly starts: number[] = [];
  private program: Program | null = null;

  private constructor(
    private readonly port: number,
    private readonly env: Record<string, string>,
  ) {}

  static async start(env: Record<string, string>): Promise<CrashPlatform> {
    const platform = new CrashPlatform(await freePort(), env);
    await platform.rise();
    return platform;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  client(): TestClient {
    return new TestClient(this.url);
  }

  /** Looks into the database of the moment: of no use after the next blow. */
  openDataSource(): Promise<DataSource> {
    return openTestDataSource(embeddedUrl(this.dataDir));
  }

  async rise(): Promise<void> {
    this.starts.push(Date.now());
    this.program = startProgram({
      env: { NODE_ENV: 'test', DATA_DIR: this.dataDir, PORT: String(this.port), ...this.env },
    });
    await waitForOutput(this.program, /is ready: /);
  }

  /** kill -9, without warning. Resolves when it is dead; `database` leaves the program alive. */
  async strike(kind: Blow): Promise<void> {
    const program = this.program!;
    const [postmaster, ...servers] = databaseProcesses(this.dataDir);
    if (kind === 'database') {
      process.kill(servers.at(-1)!, 'SIGKILL');
      return;
    }
    program.signal('SIGKILL');
    if (kind === 'everything') for (const pid of [postmaster!, ...servers]) tryKill(pid);
    await program.ended;
  }

  output(): string {
    return this.program?.output() ?? '';
  }

  /** Sends a request until it is answered, as a patient person would; `tries` says whether an answer may be to a repeat. */
  async insist<Body>(
    send: () => Promise<Answer<Body>>,
  ): Promise<{ readonly answer: Answer<Body>; readonly tries: number }> {
    for (let tries = 1; ; tries++) {
      const answer = await send().catch((error: unknown) => {
        // What fetch throws when the connection breaks; it is an object of another realm than Jest's.
        if ((error as Error).name === 'TypeError') return null;
        throw error;
      });
      if (answer !== null && answer.status < 500) return { answer, tries };
      await waitFor(() => this.isReady(), 'the platform to be back', 60_000);
    }
  }

  private async isReady(): Promise<boolean> {
    return fetch(`${this.url}/api/health`).then(
      (response) => response.ok,
      () => false,
    );
  }

  async end(): Promise<void> {
    const program = this.program;
    if (program?.isRunning() === true) {
      program.signal('SIGTERM');
      await program.ended;
    }
    for (const pid of databaseProcesses(this.dataDir)) tryKill(pid);
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself when its parent was gone.
  }
}
