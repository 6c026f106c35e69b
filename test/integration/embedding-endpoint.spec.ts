import {
  EmbeddingEndpoint,
  EmbeddingFailed,
} from '../../apps/matching-worker/embeddings/embedding-endpoint.js';
import { startEmbeddingPeer, type EmbeddingPeer, type PeerMode } from '../support/embedding-peer.js';

let peer: EmbeddingPeer;
beforeEach(async () => {
  peer = await startEmbeddingPeer();
});
afterEach(() => peer.stop());

const endpoint = (timeoutMs = 5000) =>
  new EmbeddingEndpoint({ url: `${peer.url}/v1/embeddings`, model: 'm', key: 'secret', batch: 8, timeoutMs });

async function failure(mode: PeerMode): Promise<[message: string, requests: number, pauseMs: number | null]> {
  peer.mode = mode;
  const error = await endpoint(mode === 'silent' ? 200 : 5000)
    .embed(['甲', '乙'])
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof EmbeddingFailed)) throw error;
  return [error.message, peer.requests.length, error.pauseMs];
}

test('a unit vector for each text, in the order of the texts', async () => {
  const vectors = await endpoint().embed(['水下机器人', '石墨烯电池', '水下机器人']);
  expect(vectors.map((vector) => vector.length)).toEqual([64, 64, 64]);
  expect(vectors[0]).toEqual(vectors[2]);
  expect(vectors[0]).not.toEqual(vectors[1]);
  expect(vectors[1]!.reduce((sum, value) => sum + value ** 2, 0)).toBeCloseTo(1, 5);
  expect(peer.requests).toEqual([
    { model: 'm', input: ['水下机器人', '石墨烯电池', '水下机器人'], key: 'Bearer secret' },
  ]);
});

test('what passes is tried three times, what does not once', async () => {
  expect(await failure({ status: 503 })).toEqual(['http:503', 3, null]);
});

test('a busy service that names a long pause is left alone', async () => {
  expect(await failure({ status: 429, retryAfter: '120' })).toEqual(['busy', 1, 120_000]);
});

test('a busy service that names none is asked again', async () => {
  expect(await failure({ status: 429 })).toEqual(['busy', 3, null]);
});

test('a wrong key or path is not tried again', async () => {
  expect(await failure({ status: 401 })).toEqual(['http:401', 1, null]);
});

test('a silent service is given up in time', async () => {
  expect(await failure('silent')).toEqual(['timeout', 1, null]);
});

test('a refused text is said so', async () => {
  expect(await failure({ status: 413 })).toEqual(['refused:413', 1, null]);
});

test('an answer of another form', async () => {
  expect(await failure('nonsense')).toEqual(['malformed', 3, null]);
});

test('a service that is not there, or hangs up', async () => {
  const [hungUp, requests] = await failure('hang-up');
  expect([hungUp.split(':')[0], requests]).toEqual(['unreachable', 3]);
  await peer.stop();
  await expect(endpoint().embed(['甲'])).rejects.toThrow('unreachable:ECONNREFUSED');
  peer = await startEmbeddingPeer();
});
