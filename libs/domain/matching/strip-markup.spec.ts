import fc from 'fast-check';
import { normaliseText } from './normalise-text.js';
import { stripMarkup } from './strip-markup.js';

test.each([
  '气压p<pmax时需要磁悬浮轴承，转速>3万',
  '当a<b and c>d时报警',
  '若x<a且y>b',
  '温度<T1，湿度>H2',
  '粒径<p50的占比，p>0.05',
  '<需求>磁悬浮轴承</需求>',
  '1<n<10，m>5',
  'if (i<p.length && j>0)',
  '列表List<String>与Map<K,V>',
  '邮箱<someone@example.com>',
  '长度<img',
])('a comparison stays: %s', (text) => {
  expect(stripMarkup(text)).toBe(text);
});

test.each([
  ['<p>甲</p>', ' 甲 '],
  ['甲<br/>乙<BR />丙<hr noshade>', '甲 乙 丙 '],
  ['<p class="a b" style=\'color:red\'>甲</p >', ' 甲 '],
  ['<a href=http://x.cn/?a=1&b=2 target="_blank">甲</a>', ' 甲 '],
  ['<td nowrap colspan = 2>甲</td>', ' 甲 '],
  ['<img alt="a>b" src="data:image/png;base64,AAAA"/>甲', ' 甲'],
  ['m<sup>2</sup>，H<sub>2</sub>O', 'm 2 ，H 2 O'],
  ['<h1>甲</h1><h6>乙</h6><h7>', ' 甲  乙 <h7>'],
  ['<o:p></o:p><w:View>甲</w:View>', '   甲 '],
  ['甲<!-- p<q --> 乙', '甲  乙'],
  ['甲<!-- 没有结束 <b>乙</b>', '甲<!-- 没有结束  乙 '],
  ['<!DOCTYPE html><?xml version="1.0"?>甲<![endif]>', '  甲 '],
  ['<style type="text/css">p > a {}</style>甲<SCRIPT>if (a<b) c()</script >乙', ' 甲 乙'],
  ['<!--<script>-->甲<script>乙</script>', ' 甲 '],
  ['<script src="x">甲', ' 甲'],
  ['a<b>c</b>d', 'a c d'],
])('mark-up goes: %s', (text, plain) => {
  expect(stripMarkup(text)).toBe(plain);
});

test('what stands between comparisons is compared', () => {
  expect(normaliseText('气压p<pmax时需要磁悬浮轴承&lt;b&gt;，转速>3万')).toBe(
    '气压p<pmax时需要磁悬浮轴承<b>,转速>3万',
  );
});

test('text without < stays, and nothing but what lies between < and > goes', () => {
  const part = fc.constantFrom(
    '<',
    '>',
    '<p',
    '</p>',
    '<b>',
    ' a="',
    '"',
    '甲',
    ' ',
    '<!--',
    '-->',
    '<style>',
    '</style>',
    '=',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 15 }), (parts) => {
      const text = parts.join('');
      const plain = stripMarkup(text);
      if (!text.includes('<')) expect(plain).toBe(text);
      expect(plain.length).toBeLessThanOrEqual(text.length);
      // What is left stands in the text in the same order, but for the spaces.
      let at = 0;
      for (const char of plain.replaceAll(' ', ''))
        at = text.indexOf(char, at) + 1 || Number.POSITIVE_INFINITY;
      expect(at).toBeLessThanOrEqual(text.length);
    }),
  );
});
