import { localUrl } from './public-url.js';

test.each([
  ['127.0.0.1', 'http://127.0.0.1:3000'],
  ['0.0.0.0', 'http://localhost:3000'],
  ['::', 'http://localhost:3000'],
  ['::1', 'http://[::1]:3000'],
  ['duijie.example', 'http://duijie.example:3000'],
])('a server on %s is found at %s', (host, url) => {
  expect(localUrl(host, 3000)).toBe(url);
});
