import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface ImapPeer {
  readonly url: string;
  /** Messages by UID from 1; `seen` once a client marked them. */
  readonly mails: { readonly raw: Buffer; seen: boolean }[];
  stop(): Promise<void>;
}

/** As much of an IMAP4rev1 server (RFC 3501) as a client needs to look for unseen mails of one folder. */
export async function startImapPeer(): Promise<ImapPeer> {
  const mails: ImapPeer['mails'] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n');
    let pending = '';
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      const lines = pending.split('\r\n');
      pending = lines.pop() ?? '';
      for (const line of lines) answer(socket, line, mails);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `imap://rsvp:secret@127.0.0.1:${port}/INBOX`,
    mails,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function answer(socket: Socket, line: string, mails: ImapPeer['mails']): void {
  const [tag = '', ...words] = line.split(' ');
  const command = words.join(' ').toUpperCase();
  const ok = (...untagged: string[]) =>
    socket.write(`${untagged.map((text) => `* ${text}\r\n`).join('')}${tag} OK done\r\n`);
  if (command.startsWith('CAPABILITY')) ok('CAPABILITY IMAP4rev1');
  else if (command.startsWith('SELECT')) {
    ok(
      `${mails.length} EXISTS`,
      'FLAGS (\\Seen)',
      'OK [PERMANENTFLAGS (\\Seen)]',
      'OK [UIDVALIDITY 1]',
      `OK [UIDNEXT ${mails.length + 1}]`,
    );
  } else if (command.startsWith('LIST') || command.startsWith('LSUB')) ok('LIST () "/" INBOX');
  else if (command.startsWith('UID SEARCH')) {
    const unseen = mails.flatMap((mail, index) => (mail.seen ? [] : [index + 1]));
    ok(`SEARCH ${unseen.join(' ')}`.trim());
  } else if (command.startsWith('UID FETCH')) {
    const uid = Number(words[2]);
    const raw = mails[uid - 1]?.raw ?? Buffer.alloc(0);
    const partial = /BODY\.PEEK\[\](<\d+)/.test(command) ? '<0>' : '';
    socket.write(`* ${uid} FETCH (UID ${uid} BODY[]${partial} {${raw.length}}\r\n`);
    socket.write(raw);
    socket.write(`)\r\n${tag} OK done\r\n`);
  } else if (command.startsWith('UID STORE')) {
    const mail = mails[Number(words[2]) - 1];
    if (mail !== undefined) mail.seen = true;
    ok();
  } else if (command.startsWith('LOGOUT')) {
    ok('BYE');
    socket.end();
  } else ok();
}
