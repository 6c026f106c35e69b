import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the peer does with a request: vectors of that width, an HTTP error, nothing at all, or an answer of another form. */
export type PeerMode =
  | { readonly width: number }
  | { readonly status: number; readonly retryAfter?: string }
  | 'silent'
  | 'hang-up'
  | 'nonsense';

export interface EmbeddingPeer {
  readonly url: string;
  readonly requests: { readonly model: string; readonly input: string[]; readonly key: string | undefined }[];
  mode: PeerMode;
  /** A text that holds this is refused with `refusal`. */
  refused: string | null;
  refusal: 400 | 500;
  stop(): Promise<void>;
}

/** Words that mean the same. */
const MEANINGS: readonly [RegExp, string][] = [[/潜航器|AUV/g, '水下机器人']];

/** Hashed characters and their pairs: texts that share words, or say the same in others, have near vectors. */
export function hashedVector(text: string, width: number): number[] {
  const vector = Array.from({ length: width }, () => 0.01);
  const plain = MEANINGS.reduce((said, [words, meaning]) => said.replace(words, meaning), text);
  for (let at = 0; at + 2 <= plain.length; at += 1) {
    const place = createHash('sha256')
      .update(plain.slice(at, at + 2))
      .digest()
      .readUInt32LE(0);
    vector[place % width]! += 1;
  }
  return vector;
}

async function read(request: IncomingMessage): Promise<{ model: string; input: string[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as { model: string; input: string[] };
}

/** A real HTTP server with `/v1/embeddings` on a free port of this machine. */
export async function startEmbeddingPeer(): Promise<EmbeddingPeer> {
  const peer: Omit<EmbeddingPeer, 'url' | 'stop'> = {
    requests: [],
    mode: { width: 64 },
    refused: null,
    refusal: 400,
  };
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const key = request.headers.authorization;
      peer.requests.push({ ...body, key });
      if (request.url !== '/v1/embeddings') return response.writeHead(404).end();
      return answer(peer, body.input, response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(peer, {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function answer(
  { mode, refused, refusal }: Pick<EmbeddingPeer, 'mode' | 'refused' | 'refusal'>,
  input: readonly string[],
  response: ServerResponse,
): unknown {
  const send = (body: unknown) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (mode === 'silent') return null;
  if (mode === 'hang-up') return response.destroy();
  if (mode === 'nonsense') return send({ data: 'none' });
  if ('status' in mode)
    return response
      .writeHead(mode.status, mode.retryAfter === undefined ? {} : { 'retry-after': mode.retryAfter })
      .end();
  if (refused !== null && input.some((text) => text.includes(refused)))
    return response.writeHead(refusal).end();
  const data = input.map((text, index) => ({ index, embedding: hashedVector(text, mode.width) }));
  // Order is by `index`, not by place.
  return send({ object: 'list', data: data.reverse() });
}
