// The matching engine on files: index, learn from feedback, rank every need, say how well and how fast.
//
//   npm run bench:matching -- --needs F --capabilities F [--feedback F] [--pairs F] [--rankings OUT] [--levels OUT] [--json]
//   npm run bench:matching -- --synthetic 1000000
//
// needs, capabilities: JSON Lines in UTF-8, or a JSON array, of {id, title, content?, keywords?, fields?, indicators?, ...};
// feedback: {need, capability, level 1–4}, where a pair that is graded n times counts n times; pairs: {need, capability}.
// Rankings hold the best 200 per need and every pair named in --pairs, a line per need in the order of the needs; levels one
// line per line of --pairs, in their order. The order of lines changes nothing else. Nothing but --feedback is read as a
// judgement. The last line is JSON. Input that is wrong ends it with one line that says where, and exit code 1.
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';

const SHOWN = 200;
/** Fewer graded pairs teach less than the model that is shipped knows. */
const LEAST_FEEDBACK = 100;

const values = readOptions();

const say = (line) => {
  if (!values.json) console.log(line);
};
const seconds = (from) => Number(((performance.now() - from) / 1000).toFixed(2));
const milliseconds = (sorted, share) =>
  Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));

if (values === null) {
  process.exitCode = 1;
} else if (values.synthetic !== undefined) {
  const { benchSynthetic } = await import('./bench-matching-synthetic.mjs');
  const result = benchSynthetic(Number(values.synthetic), { needs: Number(values.queries), seed: 1 });
  console.log(JSON.stringify(result));
} else if (values.needs === undefined || values.capabilities === undefined) {
  console.error('Name the files: --needs F --capabilities F, or --synthetic N.');
  process.exitCode = 1;
} else {
  const input = await readInput();
  if (input === null) process.exitCode = 1;
  else await benchFiles(input);
}

/** Null, and a message, when they are wrong. */
function readOptions() {
  try {
    return parseArgs({
      options: {
        needs: { type: 'string' },
        capabilities: { type: 'string' },
        feedback: { type: 'string' },
        pairs: { type: 'string' },
        rankings: { type: 'string' },
        levels: { type: 'string' },
        json: { type: 'boolean', default: false },
        synthetic: { type: 'string' },
        queries: { type: 'string', default: '200' },
      },
    }).values;
  } catch (error) {
    console.error(error.message);
    return null;
  }
}

/** Null, and a message, when a file is wrong. Records and grades in an order of their own, pairs as they are given. */
async function readInput() {
  const records = await import('./matching/read-records.mjs');
  const { InputError } = await import('./matching/read-lines.mjs');
  try {
    const needs = records.readNeeds(values.needs);
    const capabilities = records.readCapabilities(values.capabilities);
    const grades = values.feedback ? records.readGrades(values.feedback, needs, capabilities) : [];
    const named = values.pairs ? records.readPairs(values.pairs, needs, capabilities) : [];
    return {
      needs,
      capabilities: records.inOrder(capabilities),
      grades: records.gradesInOrder(grades),
      named,
      modeMapping: records.modeMapping(),
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(error.message);
    return null;
  }
}

async function benchFiles({ needs, capabilities, grades, named, modeMapping }) {
  say(`${needs.length} needs, ${capabilities.length} capabilities, ${grades.length} graded pairs`);
  const context = { now: new Date(), modeMapping };

  const started = performance.now();
  const { reader, index } = await openCorpus(needs, capabilities);
  const indexSeconds = seconds(started);
  say(`indexed in ${indexSeconds} s`);

  const training = performance.now();
  const { ranking, trained } = await learn(reader, needs, capabilities, grades, context);
  const trainSeconds = seconds(training);
  say(trained ? `learned in ${trainSeconds} s: ${JSON.stringify(ranking.model.quality)}` : 'default model');

  const { times, rankings, levels } = await rankAll({ needs, capabilities, named, ranking, index, context });
  if (values.rankings) writeFileSync(values.rankings, jsonLines(rankings));
  if (values.levels) writeFileSync(values.levels, jsonLines(levels));
  const memory = process.memoryUsage();
  console.log(
    JSON.stringify({
      needs: needs.length,
      capabilities: capabilities.length,
      feedback: grades.length,
      model: ranking.model.version,
      index_s: indexSeconds,
      train_s: trained ? trainSeconds : 0,
      p50_ms: milliseconds(times, 0.5),
      p95_ms: milliseconds(times, 0.95),
      rss_mib: Math.round(memory.rss / 2 ** 20),
      quality: trained ? ranking.model.quality : null,
      load: os.loadavg().map((load) => Number(load.toFixed(1))),
    }),
  );
}

function jsonLines(rows) {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

async function openCorpus(needs, capabilities) {
  const { CapabilityIndex } = await import('../dist/libs/domain/matching/index/capability-index.js');
  const { openLearnedCorpus } = await import('../dist/libs/domain/matching/learning/open-corpus.js');
  const { DEFAULT_MODEL } = await import('../dist/libs/domain/matching/learning/default-model.js');
  const index = new CapabilityIndex(capabilities);
  return { index, reader: openLearnedCorpus(index, needs, capabilities, DEFAULT_MODEL.needCounts) };
}

async function learn(reader, needs, capabilities, grades, context) {
  const { LearnedRanking } = await import('../dist/libs/domain/matching/learning/learned-ranking.js');
  const { DEFAULT_MODEL } = await import('../dist/libs/domain/matching/learning/default-model.js');
  const { learnFromGrades } = await import('../dist/libs/domain/matching/learning/learn-from-grades.js');
  const maps = {
    needs: new Map(needs.map((need) => [need.id, need])),
    capabilities: new Map(capabilities.map((capability) => [capability.id, capability])),
  };
  const trained = grades.length >= LEAST_FEEDBACK;
  const options = {
    ...context,
    version: 'feedback',
    keepNeighbours: true,
    needCounts: DEFAULT_MODEL.needCounts,
  };
  const model = trained ? learnFromGrades(reader, maps, grades, options) : DEFAULT_MODEL;
  const found = { need: (id) => maps.needs.get(id), capability: (id) => maps.capabilities.get(id) };
  return { trained, ranking: new LearnedRanking(model, reader, found) };
}

/** Every need as the worker ranks it: all capabilities by text, the best of them by everything. */
async function rankAll({ needs, capabilities, named, ranking, index, context }) {
  const { LEARNED_SHORTLIST } = await import('../dist/libs/domain/matching/learning/learned-shortlist.js');
  const byId = new Map(capabilities.map((capability) => [capability.id, capability]));
  const namedOf = new Map();
  for (const { needId, capabilityId } of named) {
    if (!namedOf.has(needId)) namedOf.set(needId, new Map());
    namedOf.get(needId).set(capabilityId, null);
  }
  const times = [];
  const rankings = [];
  for (const need of needs) {
    const started = performance.now();
    const open = ranking.open(need, context);
    const pairs = [...index.topSlots(open.reading.scores, LEARNED_SHORTLIST)].map((slot) => {
      const id = index.idAt(slot);
      return { id, said: open.score(byId.get(id)) };
    });
    pairs.sort(byScore);
    times.push(performance.now() - started);
    const shown = pairs.slice(0, SHOWN);
    const known = new Set(shown.map(({ id }) => id));
    const wanted = namedOf.get(need.id) ?? new Map();
    for (const id of wanted.keys()) {
      const said = pairs.find((pair) => pair.id === id)?.said ?? open.score(byId.get(id));
      wanted.set(id, open.level(byId.get(id)));
      if (!known.has(id)) shown.push({ id, said });
    }
    shown.sort(byScore);
    rankings.push({
      need: need.id,
      ranking: shown.map(({ id, said }) => ({ capability: id, score: said.score })),
    });
  }
  const levels = named.map(({ needId, capabilityId }) => ({
    need: needId,
    capability: capabilityId,
    level: namedOf.get(needId).get(capabilityId),
  }));
  return { times: times.sort((a, b) => a - b), rankings, levels };
}

function byScore(a, b) {
  return b.said.score - a.said.score || (a.id < b.id ? -1 : 1);
}
