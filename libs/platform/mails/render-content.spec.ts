import { digestContent } from './digest-content.js';
import { mailContext } from './mail-content.js';
import { renderHtml, renderText } from './render-content.js';

const context = mailContext('zh-CN', 'https://platform.example');

test('a digest is a line for each message that leads to it, in text and in HTML', () => {
  const rows = ['甲 & 乙', '丙'].map((title, n) => ({
    topic: 'need-published',
    payload: { title, link: `/needs/${n}` },
  }));
  const content = digestContent(rows, context);
  const text = renderText(content, context);
  expect(text).toContain('甲 & 乙\nhttps://platform.example/needs/0\n\n');
  const html = renderHtml(content, context);
  expect(html).toContain('href="https://platform.example/needs/1"');
  expect(html).toContain('甲 &amp; 乙</a>');
  // A column that never breaks makes a phone scroll sideways.
  expect(html).not.toContain('nowrap');
});

/** Relative luminance and contrast (WCAG 2.2 §1.4.3). */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

test('colours of the tags can be read on white, those of the sheet on a dark ground', () => {
  const content = {
    subject: 's',
    heading: 'h',
    paragraphs: [],
    closing: 'c',
    actions: [
      { label: 'one', href: 'https://platform.example/1' },
      { label: 'other', href: 'https://platform.example/2' },
    ],
  };
  const [head, body] = renderHtml(content, context, 'https://platform.example/u').split('</head>');
  const dark = [...head!.matchAll(/[{;]color:(#[0-9a-f]{6})/g)].map((match) => match[1]!);
  expect(dark.length).toBeGreaterThan(2);
  for (const colour of dark) expect(contrast(colour, '#121212')).toBeGreaterThan(4.5);
  for (const [, style] of body!.matchAll(/style="([^"]*)"/g)) {
    const ground = /background:(#[0-9a-f]{6})/.exec(style!)?.[1] ?? '#ffffff';
    const colour = /(?:^|;)color:(#[0-9a-f]{6})/.exec(style!)?.[1];
    if (colour !== undefined) expect(contrast(colour, ground)).toBeGreaterThan(4.5);
  }
});

test.each([
  ['zh-CN', true, '如有疑问可直接回复'],
  ['zh-CN', false, '请勿直接回复'],
  ['en', true, 'you may reply with questions'],
  ['en', false, 'answers are not read'],
] as const)('says whether answers are read (%s, %s)', (locale, read, words) => {
  const content = { subject: 's', heading: 'h', paragraphs: [] };
  const asked = mailContext(locale, 'https://platform.example', read);
  expect(renderText(content, asked)).toContain(words);
  expect(renderHtml(content, asked)).toContain(words);
});
