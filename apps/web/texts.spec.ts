import { areas } from './areas.js';
import type { Texts } from './shell/area.js';
import { en, zh } from './shell/texts.js';

/** `action.sign-in` → its words; English plurals are forms of one key. */
function words(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[path + key.replace(/_(one|other)$/, ''), value] as [string, string]]
      : words(value, `${path}${key}.`),
  );
}

/** The English audit log says the codes themselves: they are English words. */
const isCode = (area: string, key: string) => area === 'admin' && /^(action|value|subject)\./.test(key);
const placeholders = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(([name]) => name).sort();

describe.each([{ name: 'shell', zh, en }, ...areas])('texts of $name', (area) => {
  const chinese = new Map(words(area.zh));
  const english = new Map(words(area.en));

  test('both languages have the same keys', () => {
    const known = (keys: Iterable<string>) => [...keys].filter((key) => !isCode(area.name, key)).sort();
    expect(known(english.keys())).toEqual(known(chinese.keys()));
  });

  test('both languages put in the same values', () => {
    const differing = [...english].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(chinese.get(key) ?? '').join(),
    );
    expect(differing).toEqual([]);
  });

  test('English texts are English', () => {
    const foreign = [...english].filter(([, text]) => /[\p{Script=Han}，。；：！？（）、]/u.test(text));
    // The names of the language itself.
    const expected = foreign.filter(([, text]) => text.includes('中文'));
    expect(foreign).toEqual(expected);
  });
});
