import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { freePort } from './process-program.js';
import { waitFor } from './wait-for.js';

/** A real Dovecot with one mailbox, on free ports of this machine. */
export interface DovecotPeer {
  readonly imapUrl: string;
  /** Hands a mail in by LMTP, as a mail server does that takes mail for the domain. */
  deliver(raw: Buffer, to: string): Promise<void>;
  /**
   * The folder as a backup brings it back while the server is away: everything unseen, and another UIDVALIDITY, so that
   * numbers which a client remembers mean nothing (RFC 3501 §2.3.1.1).
   */
  restoreUnseen(): Promise<void>;
  /** Messages in the folder that nobody has looked at. */
  unseen(): number;
  stop(): Promise<void>;
}

const USER = 'rsvp';
const PASSWORD = 'secret';
/** Dovecot lets nobody read mail as root. */
const NOBODY = 65_534;

export async function startDovecotPeer(binary: string): Promise<DovecotPeer> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'duijie-dovecot-'));
  chmodSync(dir, 0o755);
  const [imap, lmtp] = [await freePort(), await freePort()];
  const mailDir = path.join(dir, 'Maildir');
  mkdirSync(mailDir);
  if (process.getuid?.() === 0) chownSync(mailDir, NOBODY, NOBODY);
  writeFileSync(path.join(dir, 'users'), `${USER}:{PLAIN}${PASSWORD}::::::\n`);
  const file = path.join(dir, 'dovecot.conf');
  writeFileSync(file, configOf(dir, { imap, lmtp }));
  let server = await start(binary, file, [imap, lmtp]);
  return {
    imapUrl: `imap://${USER}:${PASSWORD}@127.0.0.1:${imap}/INBOX`,
    deliver: (raw, to) => handInByLmtp(lmtp, raw, to),
    restoreUnseen: async () => {
      await end(server);
      for (const name of readdirSync(path.join(mailDir, 'cur')))
        renameSync(path.join(mailDir, 'cur', name), path.join(mailDir, 'new', name.replace(/:2,.*/, '')));
      for (const name of readdirSync(mailDir).filter((entry) => entry.startsWith('dovecot')))
        rmSync(path.join(mailDir, name), { recursive: true });
      server = await start(binary, file, [imap, lmtp]);
    },
    unseen: () =>
      readdirSync(path.join(mailDir, 'new')).length +
      readdirSync(path.join(mailDir, 'cur')).filter((name) => !/:2,[A-Z]*S/.test(name)).length,
    stop: async () => {
      await end(server);
      rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

function configOf(dir: string, ports: { readonly imap: number; readonly lmtp: number }): string {
  const own = os.userInfo().username;
  const isRoot = process.getuid?.() === 0;
  const listener = (name: string, protocol: string, port: number) => `
service ${name} {
  chroot =
  ${isRoot ? '' : `user = ${own}`}
  inet_listener ${protocol} {
    address = 127.0.0.1
    port = ${port}
  }
}`;
  return `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
${isRoot ? '' : `default_internal_user = ${own}\ndefault_login_user = ${own}`}
mail_location = maildir:${dir}/Maildir
mail_uid = ${isRoot ? NOBODY : own}
mail_gid = ${isRoot ? NOBODY : String(process.getgid?.())}
first_valid_uid = 1
recipient_delimiter = +
auth_username_format = %n
passdb {
  driver = passwd-file
  args = ${dir}/users
}
userdb {
  driver = static
  args = home=${dir}/Maildir
}
${listener('imap-login', 'imap', ports.imap)}
${listener('lmtp', 'lmtp', ports.lmtp)}
service anvil {
  chroot =
}
`;
}

async function start(binary: string, file: string, ports: readonly number[]): Promise<ChildProcess> {
  const server = spawn(binary, ['-F', '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  server.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await waitFor(async () => {
    if (server.exitCode !== null) throw new Error(`Dovecot ended: ${output}`);
    return (await Promise.all(ports.map(listens))).every(Boolean);
  }, 'Dovecot to listen');
  return server;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    const answer = (value: boolean) => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
}

/** LMTP (RFC 2033): the answer to the message is the mailbox's own. */
export async function handInByLmtp(port: number, raw: Buffer, to: string): Promise<void> {
  const connection = new SMTPConnection({ host: '127.0.0.1', port, lmtp: true, ignoreTLS: true });
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.connect(() =>
        connection.send({ from: 'sender@test.example', to }, raw, (error) =>
          error === null || error === undefined ? resolve() : reject(error),
        ),
      );
    });
  } finally {
    connection.close();
  }
}
