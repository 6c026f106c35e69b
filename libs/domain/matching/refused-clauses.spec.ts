import { withoutRefused } from './refused-clauses.js';

test.each([
  ['通过型式试验，不接受Ⅳ型（塑料内胆）方案，因没有滚塑设备', ['塑料内胆', '方案'], ['型式试验', '滚塑设备']],
  ['拿证。注：暂不考虑外购整机路线', ['外购'], ['拿证']],
  ['客户不接受色差和针孔；不采用含氟助剂', [], ['色差', '针孔', '含氟助剂']],
])('of %s the refused ways are left out', (text, gone, kept) => {
  const read = withoutRefused(text);
  expect(read).toHaveLength(text.length);
  for (const word of gone) expect(read).not.toContain(word);
  for (const word of kept) expect(read.indexOf(word)).toBe(text.indexOf(word));
});
