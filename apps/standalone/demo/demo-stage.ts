import type { EntityManager } from 'typeorm';
import { shanghaiDay, shanghaiInstant } from '#libs/domain/time/shanghai-time.js';
import type { Clock } from '#libs/platform/clock.js';
import { SESSION_COOKIE } from '#libs/platform/auth/session-cookie.js';

export const DAY = 86_400_000;

/** Keys of the demo data and the ids they got. */
export type Ids = Map<string, string>;

interface StageOptions {
  readonly url: string;
  readonly manager: EntityManager;
  readonly clock: Clock;
  /** Sessions by person key. */
  readonly tokens: ReadonlyMap<string, string>;
  readonly ids: Ids;
  readonly today: Date;
  readonly progress: (done: number, total: number, what: string) => void;
}

/** A call of the platform that it refused while the demo was played: a defect of the demo or of the platform. */
export class DemoError extends Error {}

/** Where the demo is played: the running platform, its clock, and everybody's session. */
export class DemoStage {
  readonly manager: EntityManager;
  readonly ids: Ids;
  readonly progress: StageOptions['progress'];

  constructor(private readonly options: StageOptions) {
    this.manager = options.manager;
    this.ids = options.ids;
    this.progress = options.progress;
  }

  /** Instant of a clock time on the day `dayOffset` days from today, in Asia/Shanghai. */
  at(dayOffset: number, time: string): Date {
    const day = shanghaiDay(new Date(this.options.today.getTime() + dayOffset * DAY));
    const instant = shanghaiInstant(day, time);
    if (instant === null) throw new DemoError(`${day} ${time} is no time`);
    return instant;
  }

  /** Sets the platform's time. */
  go(instant: Date): void {
    this.options.clock.advance(instant.getTime() - this.options.clock.now().getTime());
  }

  id(key: string): string {
    const id = this.ids.get(key);
    if (id === undefined) throw new DemoError(`${key} does not exist in the demo`);
    return id;
  }

  get<Body>(person: string, path: string): Promise<Body> {
    return this.send(person, 'GET', path);
  }
  post<Body>(person: string, path: string, body: unknown = {}): Promise<Body> {
    return this.send(person, 'POST', path, body);
  }
  put<Body>(person: string, path: string, body: unknown): Promise<Body> {
    return this.send(person, 'PUT', path, body);
  }

  patch<Body>(person: string, path: string, body: unknown): Promise<Body> {
    return this.send(person, 'PATCH', path, body);
  }

  delete<Body>(person: string, path: string): Promise<Body> {
    return this.send(person, 'DELETE', path);
  }

  async upload(
    person: string,
    path: string,
    file: { name: string; type: string; bytes: Uint8Array<ArrayBuffer> },
  ): Promise<void> {
    const form = new FormData();
    form.set('file', new Blob([file.bytes], { type: file.type }), file.name);
    await this.send(person, 'POST', path, form);
  }

  /** Polls until `probe` says so. */
  async until(what: string, probe: () => Promise<boolean>, timeoutMs = 120_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!(await probe())) {
      if (Date.now() > deadline) throw new DemoError(`Waited in vain for ${what}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private async send<Body>(person: string, method: string, path: string, body?: unknown): Promise<Body> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${this.options.url}/api${path}`, {
      method,
      headers: {
        cookie: `${SESSION_COOKIE}=${this.options.tokens.get(person) ?? ''}`,
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new DemoError(`${person} ${method} ${path}: ${response.status} ${text.slice(0, 600)}`);
    return (text === '' ? null : JSON.parse(text)) as Body;
  }
}
