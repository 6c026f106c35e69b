import { newWebhookSecret, webhookHeaders } from './standard-webhook.js';

test('the example of the specification’s libraries', () => {
  const headers = webhookHeaders(
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    '{"test": 2432232314}',
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    new Date(1_614_265_330_000),
  );
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  expect([headers['webhook-id'], headers['webhook-timestamp']]).toEqual([
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    '1614265330',
  ]);
});

test('while a secret is being changed both sign', () => {
  const [one, two] = [newWebhookSecret(), newWebhookSecret()];
  const sign = (...secrets: string[]) => webhookHeaders('a', '{}', secrets, new Date(0))['webhook-signature'];
  expect(sign(one, two)).toBe(`${sign(one)} ${sign(two)}`);
  expect(one).not.toBe(two);
});
