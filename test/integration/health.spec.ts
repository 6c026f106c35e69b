import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

test('health answers when everything is ready', async () => {
  const answer = await platform.client().get('/health');
  expect([answer.status, answer.body]).toEqual([200, { status: 'ready', database: 'ok' }]);
});

test('an unknown path is a problem with a sentence', async () => {
  const answer = await platform.client().get('/nothing-here');
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body['code']).toBe('record.not-found');
});
