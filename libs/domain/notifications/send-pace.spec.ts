import { MailProviders, readPaceRules } from './send-pace.js';

test('domains of one provider share its pace, and any other domain is its own provider', () => {
  const providers = new MailProviders(readPaceRules('qq.com+foxmail.com=60, 163.com=30'));
  const other = new MailProviders(readPaceRules('foxmail.com+qq.com=60'));
  expect(providers.of('b@FOXMAIL.com')).toEqual(providers.of('a@qq.com'));
  expect(other.of('a@qq.com').key).toBe(providers.of('a@qq.com').key);
  expect(['a@qq.com', 'a@163.com', 'a@x.example'].map((to) => providers.of(to).stepMs)).toEqual([
    1000,
    2000,
    null,
  ]);
  for (const to of ['a@qq.com', 'a@163.com', 'a@X.example']) {
    const { key, domains } = providers.of(to);
    expect(providers.domainsOf(key).toSorted()).toEqual(domains.toSorted());
  }
});

test.each(['qq.com', 'qq.com=0', '=5', 'qq.com=x'])('“%s” is no rule', (text) => {
  expect(() => readPaceRules(text)).toThrow(text);
});
