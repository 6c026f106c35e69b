import { DEFAULT_BM25, type Bm25Options } from './bm25f.js';
import {
  CapabilityFacts,
  columnNames,
  columnWidth,
  emptyColumns,
  type FactColumns,
  type FactNames,
} from './capability-facts.js';
import type { CorpusStatistics } from './corpus-statistics.js';
import type { DocumentPools } from './document-store.js';
import type { MainSegment } from './main-segment.js';
import { BrokenSnapshot, SectionReader, writeSection } from './snapshot-stream.js';
import { TermDictionary } from './term-dictionary.js';

/** What an index consists of when its delta is empty and nothing is removed. */
export interface SnapshotParts {
  options: Bm25Options;
  statistics: CorpusStatistics;
  dictionary: TermDictionary;
  main: MainSegment;
  facts: CapabilityFacts;
  documents: DocumentPools;
  /** By slot. */
  ids: string[];
}

interface Header {
  options: Bm25Options;
  counts: {
    documents: number;
    terms: number;
    postings: number;
    fieldCodes: number;
    idBytes: number;
    pools: number[];
  };
  statistics: { version: number; documents: number; meanLengths: [number, number, number]; terms: number };
  tables: FactNames;
}

/** Raised whenever the layout, the tokens or the meaning of a column change: older files are refused. */
const FORMAT = 6;
const MAGIC = 0x58494a44;
const HEADER_LIMIT = 2 ** 30;

function headerOf(parts: SnapshotParts, idBytes: number): Header {
  const { facts, statistics, main, documents } = parts;
  return {
    options: parts.options,
    counts: {
      documents: parts.ids.length,
      terms: parts.dictionary.size,
      postings: main.postings.length,
      fieldCodes: facts.fieldLength,
      idBytes,
      pools: [documents.terms, documents.titles, documents.keywords].map(({ units }) => units.length),
    },
    statistics: {
      version: statistics.version,
      documents: statistics.documents,
      meanLengths: [...statistics.meanLengths],
      terms: statistics.keys.length,
    },
    tables: {
      organisations: facts.organisations.toNames(),
      fields: facts.fields.toNames(),
      modes: facts.modes.toNames(),
      schemes: facts.schemes.toNames(),
      kinds: facts.kinds.toNames(),
    },
  };
}

/** Little-endian: magic, format, header length; header as JSON; then the arrays, each with its checksum. */
export function* writeSnapshot(parts: SnapshotParts): Generator<Uint8Array> {
  const { facts, ids, main, statistics, documents } = parts;
  const idText = new TextEncoder().encode(ids.join(''));
  const header = new TextEncoder().encode(JSON.stringify(headerOf(parts, idText.length)));
  yield* writeSection(new Uint32Array([MAGIC, FORMAT, header.length, 0]));
  yield* writeSection(header);
  yield* writeSection(idText);
  yield* writeSection(Uint16Array.from(ids, (id) => id.length));
  yield* writeSection(parts.dictionary.toKeys());
  yield* writeSection(statistics.keys);
  yield* writeSection(statistics.frequencies);
  yield* writeSection(facts.fieldCodes.subarray(0, facts.fieldLength));
  for (const name of columnNames(facts.columns))
    yield* writeSection(facts.columns[name].subarray(0, ids.length * columnWidth(name)));
  // The main segment may be older than the last terms: its last row ends all later ones.
  const offsets = new Uint32Array(parts.dictionary.size + 1).fill(main.postings.length);
  offsets.set(main.offsets);
  yield* writeSection(offsets);
  yield* writeSection(main.postings);
  yield* writeSection(main.codes);
  for (const { units, lengths } of [documents.terms, documents.titles, documents.keywords]) {
    yield* writeSection(units);
    yield* writeSection(lengths);
  }
}

function readHeader(reader: SectionReader): Header {
  const [magic, format, length] = reader.read(Uint32Array, 4, 4);
  if (magic !== MAGIC || format !== FORMAT) throw new BrokenSnapshot('another format');
  if (length === undefined || length > HEADER_LIMIT) throw new BrokenSnapshot('no header');
  return JSON.parse(new TextDecoder().decode(reader.read(Uint8Array, length, 1))) as Header;
}

function readIds(reader: SectionReader, header: Header): string[] {
  const { documents, idBytes } = header.counts;
  const text = new TextDecoder().decode(reader.read(Uint8Array, idBytes, 1));
  let at = 0;
  return Array.from(reader.read(Uint16Array, documents, 2), (length) => {
    at += length;
    return text.slice(at - length, at);
  });
}

function readFacts(reader: SectionReader, header: Header): CapabilityFacts {
  const facts = new CapabilityFacts(header.tables);
  facts.fieldCodes = reader.read(Int32Array, header.counts.fieldCodes, 4);
  facts.fieldLength = facts.fieldCodes.length;
  const columns = emptyColumns();
  facts.columns = Object.fromEntries(
    columnNames(columns).map((name) => {
      const Constructor = columns[name].constructor as new (
        buffer: ArrayBuffer,
        offset: number,
        length: number,
      ) => FactColumns[typeof name];
      const length = header.counts.documents * columnWidth(name);
      return [name, reader.read(Constructor, length, columns[name].BYTES_PER_ELEMENT)];
    }),
  ) as unknown as FactColumns;
  return facts;
}

function readDocuments(reader: SectionReader, { counts: { documents, pools } }: Header): DocumentPools {
  const wide = (length: number) => ({
    units: reader.read(Uint16Array, length, 2),
    lengths: reader.read(Uint32Array, documents, 4),
  });
  const terms = {
    units: reader.read(Uint8Array, pools[0] ?? 0, 1),
    lengths: reader.read(Uint32Array, documents, 4),
  };
  return { terms, titles: wide(pools[1] ?? 0), keywords: wide(pools[2] ?? 0) };
}

/** Reads what {@link writeSnapshot} wrote, however it is cut. Throws {@link BrokenSnapshot}. */
export function readSnapshot(chunks: Iterable<Uint8Array>): SnapshotParts {
  const reader = new SectionReader(chunks);
  const header = readHeader(reader);
  const { terms, postings } = header.counts;
  const ids = readIds(reader, header);
  const dictionary = TermDictionary.from(reader.read(Float64Array, terms, 8));
  const keys = reader.read(Float64Array, header.statistics.terms, 8);
  const frequencies = reader.read(Uint32Array, header.statistics.terms, 4);
  const { version, documents, meanLengths } = header.statistics;
  const facts = readFacts(reader, header);
  const main = {
    termCount: terms,
    offsets: reader.read(Uint32Array, terms + 1, 4),
    postings: reader.read(Uint32Array, postings, 4),
    codes: reader.read(Uint16Array, postings, 2),
  };
  const statistics = { version, documents, meanLengths, keys, frequencies };
  const texts = readDocuments(reader, header);
  const options = { ...DEFAULT_BM25, ...header.options };
  return { options, statistics, dictionary, main, facts, documents: texts, ids };
}
