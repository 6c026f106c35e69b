import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';

/** A mail server that remembers what it took. */
export function sink(people) {
  let taken = [];
  let most = Infinity;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, session, callback) {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        if (taken.length >= most) taken = [];
        taken.push({ to: session.envelope.rcptTo[0].address, raw: Buffer.concat(chunks) });
        callback(null, 'queued');
      });
    },
  });
  // The kill closes connections in the middle.
  server.on('error', () => undefined);
  process.on('message', ({ ask }) => {
    if (ask === 'count') process.send({ count: taken.length });
    if (ask === 'take') {
      process.send({ taken: taken.map(({ to, raw }) => ({ to, raw: raw.toString('latin1') })) });
      taken = [];
    }
    // Keeps mails as before, but not those of all passes at once.
    if (ask === 'forget') most = people;
  });
  server.listen(0, '127.0.0.1', () => process.send({ port: server.server.address().port }));
}

/** The loop that everybody writes first: nodemailer with a pool, the messages ready in memory. */
export function bare({ connections, passes, from }) {
  process.on('message', async ({ port, mails }) => {
    const ready = mails.map(({ to, raw }) => ({ to, raw: Buffer.from(raw, 'latin1') }));
    const transport = createTransport({ host: '127.0.0.1', port, pool: true, maxConnections: connections });
    const send = async (list) => {
      let next = 0;
      const line = async () => {
        while (next < list.length) {
          const { to, raw } = list[next++];
          await transport.sendMail({ envelope: { from, to }, raw });
        }
      };
      await Promise.all(Array.from({ length: connections * 2 }, line));
    };
    await send(ready.slice(0, 300));
    const seconds = [];
    for (let pass = 0; pass < passes; pass++) {
      const started = performance.now();
      await send(ready);
      seconds.push((performance.now() - started) / 1000);
    }
    process.send({ seconds: seconds.toSorted((a, b) => a - b) });
    transport.close();
  });
  process.send({ ready: true });
}
