import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { hashToken, newToken, SESSION_COOKIE } from '#libs/platform/auth/session-cookie.js';
import type { TestPlatform } from './platform.js';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');

/** What the package's launcher prints: the path of the unpacked program. */
const UNPACK =
  "const { default: chromium } = await import('@sparticuz/chromium'); console.log(await chromium.executablePath());";

/**
 * Unpacks Chromium once per user and machine: the package itself unpacks to one path for all users, where the file of
 * one cannot be run by another. A child process, because its target is TMPDIR, which cannot change in a running one.
 */
async function unpacked(): Promise<string> {
  const home = path.join(os.tmpdir(), `duijie-chromium-${process.getuid?.() ?? 'user'}`);
  if (!existsSync(home)) {
    const fresh = await mkdtemp(`${home}-`);
    // The runtime's name makes the package unpack the libraries that a bare machine lacks, too.
    const env = { ...process.env, TMPDIR: fresh, NODE_OPTIONS: '', AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' };
    await run(process.execPath, ['--input-type=module', '-e', UNPACK], { cwd: root, env });
    // Somebody else may have been quicker: then theirs is used.
    await rename(fresh, home).catch(() => rm(fresh, { recursive: true, force: true }));
  }
  return home;
}

/** The package's libraries serve only where the system has none. */
async function libraries(home: string): Promise<Record<string, string>> {
  const { stdout } = await run('ldd', [path.join(home, 'chromium')]).catch(() => ({ stdout: 'not found' }));
  return stdout.includes('not found') ? { LD_LIBRARY_PATH: path.join(home, 'al2023', 'lib') } : {};
}

/** Headless Chromium as any user, without a network: only this machine's addresses are reachable. */
export async function launchBrowser(): Promise<Browser> {
  const home = await unpacked();
  return chromium.launch({
    executablePath: path.join(home, 'chromium'),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    env: { ...process.env, ...(await libraries(home)) },
  });
}

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the pages' scripts and requests to other servers: none are expected. */
  readonly troubles: string[];
}

/** One person's browser window, in Chinese; `session` signs in with an existing session's token. */
export async function openWindow(browser: Browser, base: string, session?: string): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: base,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(30_000);
  if (session !== undefined)
    await context.addCookies([{ name: SESSION_COOKIE, value: session, url: base, httpOnly: true }]);
  const troubles: string[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== base) troubles.push(`asked ${url.origin}`);
  });
  return { page, context, troubles };
}

/** A session of a person made by makePerson: what their browser's cookie holds. */
export async function openSession(platform: TestPlatform, personId: string): Promise<string> {
  const token = newToken();
  await platform.dataSource.query(
    `INSERT INTO session (person_id, token_hash, expires_at) VALUES ($1, $2, now() + interval '1 day')`,
    [personId, hashToken(token)],
  );
  return token;
}

/** A free port: links in mails carry it, so it has to be known before the platform starts. */
export function freePort(): Promise<number> {
  const server = net.createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Chooses an option of a Select by its words. */
export async function choose(page: Page, testId: string, words: string): Promise<void> {
  await page.getByTestId(testId).click();
  await page.locator('.ant-select-dropdown:visible').getByTitle(words, { exact: true }).click();
  await page.keyboard.press('Escape');
}

/** Chooses an entry of a TreeSelect, found by typing its words. */
export async function chooseInTree(page: Page, testId: string, words: string): Promise<void> {
  await page.getByTestId(testId).click();
  await page.keyboard.type(words);
  await page.locator('.ant-select-dropdown:visible').getByText(words, { exact: true }).click();
  await page.keyboard.press('Escape');
}
