import fc from 'fast-check';
import type { MatchCapability } from '../match-types.js';
import { normaliseText } from '../normalise-text.js';
import { CapabilityIndex } from './capability-index.js';

const words = fc.string({
  unit: fc.constantFrom('水', '下', '機', '器', 'ａ', 'b', ' ', '。'),
  maxLength: 30,
});
const documents = fc.array(
  fc.record({ title: words, text: words, keywords: fc.array(words, { maxLength: 3 }) }),
  {
    minLength: 1,
    maxLength: 12,
  },
);

function capability(
  id: string,
  row: { title: string; text: string; keywords: string[] },
  version = 1,
): MatchCapability {
  return {
    id,
    version,
    organisationId: null,
    ...row,
    fields: [],
    regionCode: null,
    trlScheme: null,
    trl: null,
    transferModes: [],
    indicators: [],
  };
}

/** One sentence per document that the index does not hold as a new one would read it. */
function differences(index: CapabilityIndex, held: ReadonlyMap<string, MatchCapability>): string[] {
  return [...held.values()].flatMap((document) => {
    const slot = index.slotOf(document.id)!;
    const plain = ({ title, terms, codes, lengths }: ReturnType<CapabilityIndex['documentAt']>) =>
      JSON.stringify([[...title], [...terms], [...codes], [...lengths]]);
    const stored = plain(index.documentAt(slot));
    const words = index.documents.keywordsAt(slot).join('|');
    return [
      ...(stored === plain(index.documentOf(document)) ? [] : [`${document.id}: other terms`]),
      ...(words === document.keywords.map(normaliseText).join('|') ? [] : [`${document.id}: other keywords`]),
    ];
  });
}

test('documents stay as they were read through edits, removals, merges and a snapshot', () => {
  fc.assert(
    fc.property(documents, documents, fc.array(fc.nat(11)), (first, later, removed) => {
      const held = new Map(first.map((row, at) => [`c${at}`, capability(`c${at}`, row)]));
      const index = new CapabilityIndex(held.values());
      for (const [at, row] of later.entries()) {
        const edited = capability(`c${at}`, row, 2);
        held.set(edited.id, edited);
        index.put(edited);
      }
      for (const at of removed) if (held.delete(`c${at}`)) index.remove(`c${at}`);
      expect(differences(index, held)).toEqual([]);
      index.freeze();
      expect(differences(index, held)).toEqual([]);
      const loaded = CapabilityIndex.load([...index.snapshot()].map((chunk) => chunk.slice()));
      expect(differences(loaded, held)).toEqual([]);
      loaded.put(capability('new', { title: '水下', text: '', keywords: ['机器'] }));
      held.set('new', capability('new', { title: '水下', text: '', keywords: ['机器'] }));
      expect(differences(loaded, held)).toEqual([]);
    }),
  );
});
