import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ChatRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

type ChatAnswer = { readonly status?: number; readonly body: unknown };

export interface ChatPeer {
  readonly url: string;
  readonly requests: ChatRequest[];
  /** What a request is answered with; may be replaced. */
  answer: (request: ChatRequest) => ChatAnswer | 'drop' | Promise<ChatAnswer>;
  stop(): Promise<void>;
}

/** A real HTTP server in place of the services of chat robots, SMS and webhooks. */
export async function startChatPeer(): Promise<ChatPeer> {
  const requests: ChatRequest[] = [];
  const peer: Pick<ChatPeer, 'requests' | 'answer'> = {
    requests,
    answer: () => ({ body: { errcode: 0, code: 0, errmsg: 'ok' } }),
  };
  const server = http.createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const url = new URL(incoming.url ?? '/', 'http://peer');
      const { headers } = incoming;
      const request = { path: url.pathname, query: url.searchParams, headers, text, body: bodyOf(text) };
      requests.push(request);
      void Promise.resolve(peer.answer(request)).then((answer) => {
        if (answer === 'drop') return void incoming.socket.destroy();
        outgoing.writeHead(answer.status ?? 200, { 'content-type': 'application/json; charset=utf-8' });
        outgoing.end(JSON.stringify(answer.body));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(peer, {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

function bodyOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
