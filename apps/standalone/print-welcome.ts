import type { Config } from '#config/config.js';
import { Clock } from '#libs/platform/clock.js';
import { issueFirstAdministratorToken } from '#libs/persistence/identity/first-administrator.js';
import { DataSource } from 'typeorm';
import type { DemoReport } from './demo/demo-report.js';
import type { RunningPlatform } from './start-platform.js';

/** Says where the platform is, who can sign in, and for a new installation how to become its administrator. */
export async function printWelcome(
  platform: RunningPlatform,
  config: Config,
  report: DemoReport | null,
): Promise<void> {
  const base = config.publicUrl ?? platform.url;
  const lines = [`对接 Duijie is ready: ${base}`];
  if (report !== null) lines.push(...report.lines);
  const manager = platform.app.get(DataSource).manager;
  const token = await issueFirstAdministratorToken(manager, platform.app.get(Clock).now());
  if (token !== null) {
    lines.push('', 'Create the first administrator (one-time link, valid for one day):');
    lines.push(`  ${base}/first-administrator?token=${token}`);
  }
  if (config.smtpUrl === null)
    lines.push('', `No SMTP_URL is set: mails are kept on the page ${base}/mailbox`);
  lines.push('', 'Stop with Ctrl-C.');
  console.log(`\n${lines.join('\n')}\n`);
}
