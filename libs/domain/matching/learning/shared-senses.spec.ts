import { SharedSenses } from './shared-senses.js';
import type { DocumentSense } from './slot-memory.js';

const WIDTH = 4;
const sense = (first: number): DocumentSense => ({
  meaning: { steps: Int8Array.of(first, 2, -3, 127), scale: Math.fround(0.01) },
  mass: Math.fround(7.3),
  pairMass: 2,
});
const never = (): DocumentSense => {
  throw new Error('It was read already.');
};

test('what one thread has read the others find, bit by bit', () => {
  const memory = SharedSenses.allocate(3, WIDTH);
  const document = { id: 'a', version: 1 };
  expect(new SharedSenses(memory, WIDTH).at(1, document, () => sense(1))).toEqual(sense(1));
  expect(new SharedSenses(memory, WIDTH).at(1, document, never)).toEqual(sense(1));
});

test('a slot in which another document or version was read tells nothing, and keeps what it has', () => {
  const senses = new SharedSenses(SharedSenses.allocate(2, WIDTH), WIDTH);
  const first = senses.at(0, { id: 'a', version: 1 }, () => sense(1));
  expect(senses.at(0, { id: 'b', version: 1 }, () => sense(5))).toBeNull();
  expect(senses.at(0, { id: 'a', version: 2 }, () => sense(6))).toBeNull();
  expect(first).toEqual(sense(1));
  expect(senses.at(0, { id: 'a', version: 1 }, never)).toEqual(sense(1));
});

test('a slot beyond the memory is not to be had', () => {
  const senses = new SharedSenses(SharedSenses.allocate(2, WIDTH), WIDTH);
  expect(senses.at(2, { id: 'a', version: 1 }, never)).toBeNull();
});
