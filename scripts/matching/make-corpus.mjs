// A made-up market of any size: same seed, same needs and capabilities.
import { toSimplified } from '../../dist/libs/domain/matching/normalise-text.js';

const WORDS = 60_000;
const CHARACTERS = 3500;

/** Mulberry32: numbers in 0..1 from a 32-bit seed. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Draws places of a list with weights 1/(place + shift)^exponent. */
function zipf(count, exponent, shift) {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let at = 0; at < count; at += 1) sums[at] = sum += 1 / (at + shift) ** exponent;
  return (random) => {
    const wanted = random() * sum;
    let low = 0;
    for (let high = count - 1; low < high;) {
      const middle = (low + high) >> 1;
      if (sums[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Words of one to four characters, most of two; the commonest characters stand in a fifth to a third of all texts. */
function makeVocabulary(seed) {
  const random = randomFrom(seed);
  const characters = [];
  for (let unit = 0x4e00; characters.length < CHARACTERS; unit += 3) {
    const character = String.fromCharCode(unit);
    if (toSimplified(character) === character) characters.push(character);
  }
  const drawCharacter = zipf(CHARACTERS, 0.9, 150);
  const word = () => {
    const dice = random();
    const length = dice < 0.08 ? 1 : dice < 0.78 ? 2 : dice < 0.92 ? 3 : 4;
    let text = '';
    for (let at = 0; at < length; at += 1) text += characters[drawCharacter(random)];
    return text;
  };
  const words = Array.from({ length: WORDS }, word);
  const drawWord = zipf(WORDS, 1, 100);
  /** Running text of about `length` characters with a comma or a full stop every dozen. */
  return (draw, length) => {
    let text = '';
    for (let since = 0; text.length < length;) {
      const next = words[drawWord(draw)];
      text += next;
      since += next.length;
      if (since > 6 + 12 * draw()) {
        text += draw() < 0.7 ? '，' : '。';
        since = 0;
      }
    }
    return text;
  };
}

export function makeCorpus(seed) {
  const write = makeVocabulary(seed);
  const draw = (kind, at) => randomFrom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(at + 1, 0x85ebca6b) ^ kind);
  const capability = (at, version = 1) => {
    const random = draw(version, at);
    return {
      id: `C${String(at).padStart(8, '0')}`,
      version,
      organisationId: `O${Math.floor(random() * 5000)}`,
      title: write(random, 16 + 8 * random()),
      text: write(random, 110 + 90 * random()),
      keywords: [write(random, 3), write(random, 3), write(random, 3)],
      fields: [`0${1 + Math.floor(random() * 9)}.0${1 + Math.floor(random() * 9)}`],
      regionCode: `44${String(1 + Math.floor(random() * 20)).padStart(2, '0')}00`,
      trlScheme: 'iso',
      trl: 1 + Math.floor(random() * 9),
      transferModes: ['licence'],
      indicators: [],
    };
  };
  const need = (at) => {
    const random = draw(0x5eed, at);
    const text = { title: write(random, 20), body: write(random, 250), keywords: [] };
    const { fields, regionCode, trl } = capability(-1 - at);
    const structure = {
      fields,
      regionCode,
      trlScheme: 'iso',
      targetTrl: trl,
      solveModes: [],
      indicators: [],
    };
    return { id: `N${at}`, version: 1, organisationId: null, expiresAt: null, ...text, ...structure };
  };
  return { capability, need };
}
