import fc from 'fast-check';
import { fillTemplate, unknownVariables } from './mail-template.js';

test('variables are filled once, and only those that are known', () => {
  expect(
    fillTemplate('{{name}}，{{ event }}：{{place}}{{nothing}}', { name: '{{event}}', event: '对接会' }),
  ).toBe('{{event}}，对接会：');
});

test('names that nobody fills are told', () => {
  expect(unknownVariables('{{name}} {{ nmae }} {{constructor}} {{nmae}}')).toEqual(['nmae', 'constructor']);
  expect(fillTemplate('{{constructor}}{{toString}}', {})).toBe('');
});

test('text without variables stays as it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => text.includes('{{') || fillTemplate(text, { name: 'x' }) === text),
  );
});
