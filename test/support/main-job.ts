import { usccCheckDigit } from '#libs/domain/organisation/check-uscc.js';
import { issueFirstAdministratorToken } from '#libs/persistence/identity/first-administrator.js';
import type { Answer, TestClient } from './client.js';
import type { TestPerson } from './factories.js';
import { readMailbox, waitForMails, withoutQuietHours, type ReceivedMail } from './mailbox.js';
import type { TestPlatform } from './platform.js';

const PASSWORD = '一个足够长的口令呀呀';

/** Signs up by the form, follows the link of the mail that comes, and signs in. */
export async function joinPlatform(platform: TestPlatform, name: string, email: string): Promise<TestPerson> {
  const client = platform.client();
  ok(await client.post('/auth/sign-up', { email, name, password: PASSWORD }));
  const [mail] = await waitForMails(platform.dataSource, email, 'verify-email');
  const link = new URL(mail!.links[0]!);
  ok(await client.post('/auth/verify-email', { token: link.searchParams.get('token') }));
  ok(await client.post('/auth/sign-in', { email, password: PASSWORD }));
  const { person } = ok(await client.get<{ person: { id: string } }>('/me'));
  await withoutQuietHours(platform.dataSource, person.id);
  return { id: person.id, email, name, client };
}

/** The first administrator, by the link that the start of a platform prints. */
export async function becomeAdministrator(platform: TestPlatform, email: string): Promise<TestClient> {
  const token = await issueFirstAdministratorToken(platform.dataSource.manager, platform.clock.now());
  const client = platform.client();
  ok(
    await client.post('/auth/first-administrator', { token, email, name: '系统管理员', password: PASSWORD }),
  );
  ok(await client.post('/auth/sign-in', { email, password: PASSWORD }));
  return client;
}

/** A correct 统一社会信用代码 of Guangzhou Nansha with this number. */
export function usccOf(number: number): string {
  const first17 = `91440115MA5${String(number).padStart(6, '0')}`;
  return first17 + usccCheckDigit(first17);
}

/** The body of an answer that has to be a success. */
export function ok<Body>(answer: Answer<Body>): Body {
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** What an error answer says. */
export const refusal = (answer: Answer<Record<string, unknown>>): unknown[] => [
  answer.status,
  answer.body['code'],
];

/** Moves the platform's time on to an instant. */
export function goTo(platform: TestPlatform, instant: string): void {
  platform.clock.advance(Date.parse(instant) - platform.clock.now().getTime());
}

/**
 * One line per mail, sorted: its topic, and what its calendar part asks: method, whether the whole object is called off,
 * sequence, which object, when.
 */
export async function mailLines(
  platform: TestPlatform,
  person: TestPerson,
  names: Record<string, string>,
): Promise<string[]> {
  const mails = await readMailbox(platform.dataSource, person.email);
  return mails.map((mail) => lineOf(mail, names)).toSorted();
}

function lineOf({ topic, calendar, calendarText }: ReceivedMail, names: Record<string, string>): string {
  if (calendar === null) return topic;
  const { method, sequence, uid, start, end } = calendar;
  const object = names[uid.replace('@calendar.duijie', '')] ?? uid;
  const cancelled = calendarText!.includes('STATUS:CANCELLED') ? ' whole' : '';
  return `${topic} ${method}${cancelled} ${sequence} ${object} ${start.toISOString()}/${end.toISOString()}`;
}
