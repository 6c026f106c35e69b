import type { CollectReport } from '#libs/contracts/meetings/meetings.js';
import type { Answer } from './client.js';
import type { CrashPlatform } from './crash-platform.js';
import type { TestPerson } from './factories.js';
import type { Side } from './meetings.js';
import { shifted } from './events.js';
import { waitFor } from './wait-for.js';

type Body = Record<string, unknown>;
type Reply = Answer<Body>;

export interface JobScene {
  readonly organizer: TestPerson;
  readonly eventId: string;
  readonly sides: readonly Side[];
  /** Matches that the institutes have not answered yet, with the person who does. */
  readonly pairs: readonly { readonly matchId: string; readonly person: TestPerson }[];
}

const ROWS = 40;
/** Rows of a file that were in the file before it, too. */
const SHARED = 10;

/** The platform's main job as its users do it, and what they were told: every answer is kept to be checked at the end. */
export class CrashJob {
  readonly registered = new Map<string, { readonly person: TestPerson; readonly id: string }>();
  readonly cancelled = new Set<string>();
  readonly accepted = new Set<string>();
  readonly imports: string[] = [];
  readonly runs: string[] = [];
  readonly timetables: string[] = [];
  readonly answered: string[] = [];
  readonly sources = new Map<string, Set<string>>();
  startsAt = '';

  constructor(
    private readonly platform: CrashPlatform,
    private readonly scene: JobScene,
  ) {}

  /** Registers until it is told that the place, or one in the line, is held. */
  async register(person: TestPerson, organisationId: string | null = null): Promise<void> {
    const { answer, tries } = await this.platform.insist(() =>
      person.client.post(`/events/${this.scene.eventId}/registrations`, { organisationId }),
    );
    const { id, code, params } = answer.body as { id?: string; code?: string; params?: { id: string } };
    if (answer.status === 201) this.registered.set(person.id, { person, id: id! });
    else if (tries > 1 && code === 'registration.exists')
      this.registered.set(person.id, { person, id: params!.id });
    else throw unexpected(answer);
  }

  async cancel(personId: string): Promise<void> {
    const { person, id } = this.registered.get(personId)!;
    const { answer, tries } = await this.platform.insist(() =>
      person.client.post(`/registrations/${id}/cancel`, {}),
    );
    if (answer.status === 200 || (tries > 1 && answer.body['code'] === 'transition.not-allowed'))
      this.cancelled.add(personId);
    else throw unexpected(answer);
  }

  /** Whoever was offered a seat takes it. */
  async acceptOffers(): Promise<void> {
    for (const [personId, { person, id }] of this.registered) {
      if (this.cancelled.has(personId) || this.accepted.has(personId)) continue;
      const { answer } = await this.platform.insist(() => person.client.get(`/registrations/${id}`));
      if (answer.body['status'] !== 'offered') continue;
      const taken = await this.platform.insist(() => person.client.post(`/offers/${id}/accept`, {}));
      const repeated = taken.tries > 1 && taken.answer.body['code'] === 'offer.expired';
      if (taken.answer.status !== 200 && !repeated) throw unexpected(taken.answer);
      this.accepted.add(personId);
    }
  }

  /** Imports the `n`-th file of its kind: rows of its own and some of the file before. */
  async import(kind: 'need' | 'capability', n: number): Promise<void> {
    const first = n * (ROWS - SHARED);
    const numbers = Array.from({ length: ROWS }, (_, index) => first + index);
    const text = numbers.map((number) => JSON.stringify(recordOf(kind, number))).join('\n');
    const { answer } = await this.platform.insist(() =>
      this.scene.organizer.client.upload(
        '/organizer/imports',
        { name: 'rows.jsonl', type: 'application/jsonl', bytes: new TextEncoder().encode(text) },
        { kind, source: `${kind}-list` },
      ),
    );
    if (answer.status !== 201 || answer.body['good'] !== ROWS) throw unexpected(answer);
    const id = String(answer.body['id']);
    const started = await this.platform.insist(() =>
      this.scene.organizer.client.post(`/organizer/imports/${id}/start`, { publish: true }),
    );
    const { status, body } = started.answer;
    if (status !== 200 && !(started.tries > 1 && body['code'] === 'import.not-startable'))
      throw unexpected(started.answer);
    this.imports.push(id);
    const known = this.sources.get(kind) ?? new Set<string>();
    for (const number of numbers) known.add(`${kind}-${number}`);
    this.sources.set(kind, known);
  }

  async matchAll(): Promise<void> {
    const { answer } = await this.platform.insist(() =>
      this.scene.organizer.client.post('/organizer/match-runs', { scope: 'all', subjectId: null }),
    );
    if (answer.status !== 200 && answer.status !== 201) throw unexpected(answer);
    this.runs.push(String(answer.body['id']));
  }

  /** The institute of a pair is interested, too. */
  async answer(index: number): Promise<void> {
    const pair = this.scene.pairs[index];
    if (pair === undefined) return;
    const { answer } = await this.platform.insist(() =>
      pair.person.client.post(`/matches/${pair.matchId}/answer`, { answer: 'interested' }),
    );
    if (answer.status !== 200) throw unexpected(answer);
    this.answered.push(pair.matchId);
  }

  /** Meetings of the mutual interests so far get their places, and everybody is told. */
  async timetable(): Promise<void> {
    const { client } = this.scene.organizer;
    const event = `/organizer/events/${this.scene.eventId}`;
    const collected = await this.platform.insist(() =>
      client.post<CollectReport>(`${event}/meetings/collect`),
    );
    if (collected.answer.status !== 200) throw unexpected(collected.answer);
    const { answer: asked } = await this.platform.insist(() => client.post(`${event}/timetables`));
    if (asked.status !== 201) throw unexpected(asked);
    const id = String(asked.body['id']);
    await waitFor(
      async () => {
        const { answer } = await this.platform.insist(() => client.get(`/organizer/timetables/${id}`));
        if (answer.body['status'] === 'failed') throw unexpected(answer);
        return answer.body['status'] === 'draft';
      },
      'a draft of the timetable',
      60_000,
    );
    const published = await this.platform.insist(() => client.post(`/organizer/timetables/${id}/publish`));
    const { status, body } = published.answer;
    if (status !== 200 && !(published.tries > 1 && body['code'] === 'timetable.not-draft'))
      throw unexpected(published.answer);
    this.timetables.push(id);
  }

  /** Moves the event, with everything in it, to an hour later. */
  async postpone(): Promise<void> {
    const { client } = this.scene.organizer;
    const path = `/organizer/events/${this.scene.eventId}`;
    const { answer: before } = await this.platform.insist(() => client.get(path));
    const startsAt = shifted(String(before.body['startsAt']), 1);
    const endsAt = shifted(String(before.body['endsAt']), 1);
    for (let current: Reply = before; current.body['startsAt'] !== startsAt;) {
      const { updatedAt } = current.body;
      const { answer, tries } = await this.platform.insist(() =>
        client.patch(path, { updatedAt, startsAt, endsAt, moveAlong: true }),
      );
      if (answer.status !== 200 && !(tries > 1 && answer.body['code'] === 'record.changed'))
        throw unexpected(answer);
      ({ answer: current } = await this.platform.insist(() => client.get(path)));
    }
    this.startsAt = startsAt;
  }
}

const unexpected = (answer: Answer<unknown>) => new Error(`${answer.status} ${JSON.stringify(answer.body)}`);

const TOPICS = ['海洋防腐涂层', '柔性伺服控制', '水下声呐成像', '生物酶催化', '工业视觉检测', '氢能储运'];

function recordOf(kind: 'need' | 'capability', number: number): Body {
  const topic = TOPICS[number % TOPICS.length]!;
  const text = `${topic}在第 ${number} 号产线上的应用，要求长期稳定，成本可控，能在现场验证。`;
  return kind === 'need'
    ? { 编号: `need-${number}`, 名称: `${topic}技术需求 ${number}`, 需求内容: text, 关键词: topic }
    : { 编号: `capability-${number}`, 名称: `${topic}成果 ${number}`, 成果简介: text, 关键词: topic };
}
