import { startTestPlatform, type TestPlatform } from '../support/platform.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

test('a visitor reads the code lists', async () => {
  const { status, body } = await platform
    .client()
    .get<Record<string, { items: { code: string; zh: string }[] }>>('/codes');
  expect(status).toBe(200);
  expect(body['disclosure']!.items.map((item) => item.code)).toEqual([
    'public',
    'redacted',
    'directed',
    'closed',
  ]);
  expect(body['event-kind']!.items.find((item) => item.code === 'forum')?.zh).toBe('论坛');
});
