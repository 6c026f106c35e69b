import type { TestPlatform } from './platform.js';

export interface OutboxMail {
  readonly topic: string;
  readonly toAddress: string;
  readonly locale: string;
  readonly payload: Record<string, string | null>;
}

/** Mails written to an address, oldest first. */
export function mailsTo(platform: TestPlatform, address: string): Promise<OutboxMail[]> {
  return platform.dataSource.query(
    `SELECT topic, to_address AS "toAddress", locale, payload FROM notification WHERE to_address = $1
     ORDER BY created_at, id`,
    [address],
  );
}

/** The token of the link in the newest mail to an address. */
export async function newestToken(platform: TestPlatform, address: string): Promise<string> {
  const mails = await mailsTo(platform, address);
  const link = mails.at(-1)?.payload['link'] ?? '';
  const token = new URL(link, 'http://test.example').searchParams.get('token');
  if (token === null) throw new Error(`The newest mail to ${address} carries no token: ${link}`);
  return token;
}
