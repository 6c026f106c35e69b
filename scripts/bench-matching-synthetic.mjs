// The capability index on a made-up corpus: how long it takes to build, to score one need against everything, to rank it
// by the learned model with reasons (documents in memory; scripts/bench-rematch.mjs reads them from the database), to take
// up an edit, and to restart; and the memory it holds. Same seed, same corpus.
//
//   node scripts/bench-matching-synthetic.mjs [--capabilities 100000] [--needs 200] [--seed 1]
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { buildQuery } from '../dist/libs/domain/matching/build-query.js';
import { factorSetsFor } from '../dist/libs/domain/matching/factor-sets/read-factor-sets.js';
import { CapabilityIndex } from '../dist/libs/domain/matching/index/capability-index.js';
import { SlotScores } from '../dist/libs/domain/matching/index/slot-scores.js';
import { DEFAULT_MODEL } from '../dist/libs/domain/matching/learning/default-model.js';
import { LearnedRanking } from '../dist/libs/domain/matching/learning/learned-ranking.js';
import { LearnedShortlist } from '../dist/libs/domain/matching/learning/learned-shortlist.js';
import { openLearnedCorpus, SEMANTIC_SAMPLE } from '../dist/libs/domain/matching/learning/open-corpus.js';
import { matchNeed } from '../dist/libs/domain/matching/match-need.js';
import { makeCorpus } from './matching/make-corpus.mjs';
import { readChunks, writeChunks } from '../dist/apps/matching-worker/matches/snapshot-file.js';

const TOP = 1000;
const EDITS = 300;
function quantiles(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) =>
    Number(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(2));
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

const seconds = (from) => Number(((performance.now() - from) / 1000).toFixed(2));
const mebibytes = (bytes) => Math.round(bytes / 1024 / 1024);

function build(index, corpus, count) {
  let writing = 0;
  function* rows() {
    for (let at = 0; at < count; at += 1) {
      const from = performance.now();
      const row = corpus.capability(at);
      writing += performance.now() - from;
      yield row;
    }
  }
  const from = performance.now();
  index.putAll(rows());
  const tokenised = performance.now() - writing;
  index.useStatistics(index.takeStatistics(1));
  return {
    buildSeconds: Number(((performance.now() - from - writing) / 1000).toFixed(2)),
    statisticsSeconds: seconds(tokenised + writing),
  };
}

/** Each need is scored against everything, three rounds; the first warms up. */
function ask(index, needs) {
  const score = [];
  const whole = [];
  let cpu = process.cpuUsage();
  for (let round = 0; round < 3; round += 1) {
    if (round === 1) cpu = process.cpuUsage();
    for (const need of needs) {
      const from = performance.now();
      const query = buildQuery(need);
      const scores = index.score(query);
      const scored = performance.now();
      index.topSlots(new SlotScores(scores), TOP);
      if (round > 0) {
        score.push(scored - from);
        whole.push(performance.now() - from);
      }
    }
  }
  const { user, system } = process.cpuUsage(cpu);
  const needCpuMs = Number(((user + system) / 1000 / whole.length).toFixed(2));
  return { scoreMs: quantiles(score), needMs: quantiles(whole), needCpuMs };
}

const SHOWN = 30;

/** Each need is ranked by the shipped model over everything, and the best are explained; two rounds, the first warms up. */
function rank(index, corpus, count, needs) {
  let from = performance.now();
  const sample = Array.from({ length: Math.min(count, SEMANTIC_SAMPLE) }, (_, at) => corpus.capability(at));
  const reader = openLearnedCorpus(index, needs, sample, DEFAULT_MODEL.needCounts);
  const ranking = new LearnedRanking(DEFAULT_MODEL, reader, {
    need: () => undefined,
    capability: () => undefined,
  });
  const openSeconds = seconds(from);
  const sets = factorSetsFor('technology');
  const options = { now: new Date('2026-01-01T00:00:00Z'), modeMapping: {}, limit: SHOWN, minScore: 0.08 };
  const times = [];
  const parts = { read: 0, rate: 0, explain: 0 };
  let shown = 0;
  let cpu = process.cpuUsage();
  for (let round = 0; round < 2; round += 1) {
    if (round === 1) cpu = process.cpuUsage();
    for (const need of needs) {
      from = performance.now();
      const read = ranking.open(need, options);
      const opened = performance.now();
      const shortlist = new LearnedShortlist(index, need, read, sets, options).best(SHOWN, new Map());
      const rated = performance.now();
      const documents = new Map(shortlist.ids.map((id) => [id, corpus.capability(Number(id.slice(1)))]));
      const loaded = performance.now();
      const candidates = matchNeed(need, shortlist, (id) => documents.get(id), options, read);
      const done = performance.now();
      if (round === 0) continue;
      times.push(done - from - (loaded - rated));
      parts.read += opened - from;
      parts.rate += rated - opened;
      parts.explain += done - loaded;
      shown += candidates.length;
    }
  }
  const { user, system } = process.cpuUsage(cpu);
  const each = (sum) => Number((sum / times.length).toFixed(2));
  return {
    openSeconds,
    rankMs: quantiles(times),
    rankCpuMs: each((user + system) / 1000),
    rankParts: { read: each(parts.read), rate: each(parts.rate), explain: each(parts.explain) },
    shown,
  };
}

/** Puts another text in the place of a capability until its own title finds it first. */
function edit(index, corpus, count) {
  const put = [];
  const visible = [];
  for (let step = 0; step < EDITS; step += 1) {
    const capability = corpus.capability((step * 7919) % count, 2 + step);
    const query = buildQuery({ title: capability.title, body: capability.text, keywords: [] });
    const from = performance.now();
    index.put(capability);
    put.push(performance.now() - from);
    const [first] = index.topSlots(new SlotScores(index.score(query)), 1);
    visible.push(performance.now() - from);
    if (first === undefined || index.idAt(first) !== capability.id)
      throw new Error(`${capability.id} was edited and is not found`);
  }
  return { putMs: quantiles(put), putVisibleMs: quantiles(visible) };
}

function restart(index, query) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-matching-'));
  const file = path.join(folder, 'index');
  try {
    let from = performance.now();
    index.freeze();
    const mergeSeconds = seconds(from);
    from = performance.now();
    writeChunks(file, index.snapshot());
    const snapshotSeconds = seconds(from);
    from = performance.now();
    const loaded = CapabilityIndex.load(readChunks(file));
    const restartSeconds = seconds(from);
    const expected = index.score(query);
    const equal = loaded.score(query).every((score, slot) => score === expected[slot]);
    if (!equal) throw new Error('The index scores differently after a restart');
    return { mergeSeconds, snapshotSeconds, snapshotMiB: mebibytes(statSync(file).size), restartSeconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Times in the units their names end in; `terms` and `postings` describe the corpus. */
export function benchSynthetic(count, { needs = 200, seed = 1 } = {}) {
  const corpus = makeCorpus(seed);
  const index = new CapabilityIndex();
  const built = build(index, corpus, count);
  const memory = process.memoryUsage();
  const { keys, frequencies } = index.statistics;
  const asked = Array.from({ length: needs }, (_, at) => corpus.need(at));
  const answers = ask(index, asked);
  const ranked = rank(index, corpus, count, asked);
  const edits = edit(index, corpus, count);
  const restarted = restart(index, buildQuery(asked[0]));
  return {
    capabilities: count,
    terms: keys.length,
    postings: frequencies.reduce((sum, frequency) => sum + frequency, 0),
    commonestShare: Number((frequencies.reduce((most, one) => Math.max(most, one), 0) / count).toFixed(3)),
    ...built,
    ...answers,
    ...ranked,
    ...edits,
    ...restarted,
    rssMiB: mebibytes(memory.rss),
    arrayBuffersMiB: mebibytes(memory.arrayBuffers),
    heapUsedMiB: mebibytes(memory.heapUsed),
    load: os.loadavg().map((load) => Number(load.toFixed(1))),
  };
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      capabilities: { type: 'string', default: '100000' },
      needs: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
    },
  });
  const result = benchSynthetic(Number(values.capabilities), {
    needs: Number(values.needs),
    seed: Number(values.seed),
  });
  console.log(JSON.stringify(result));
}
