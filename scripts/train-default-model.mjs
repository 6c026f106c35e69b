// Trains the model that the platform starts with from the hand-graded set in test/relevance/training, and writes it as
// data: libs/domain/matching/learning/default-model.json. Deterministic; to be run again when features change.
//
//   npm run train:default-model
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { modeMapping, readCapabilities, readGrades, readNeeds } from './matching/read-records.mjs';

const root = path.resolve(import.meta.dirname, '..');
const data = path.join(root, 'test/relevance/training');
const target = path.join(root, 'libs/domain/matching/learning/default-model.json');
/** Terms that fewer of the needs hold say nothing of how needs are written. */
const LEAST_NEEDS = 3;

const { CapabilityIndex } = await import('../dist/libs/domain/matching/index/capability-index.js');
const { NeedStatistics } = await import('../dist/libs/domain/matching/learning/need-statistics.js');
const { openLearnedCorpus } = await import('../dist/libs/domain/matching/learning/open-corpus.js');
const { learnFromGrades } = await import('../dist/libs/domain/matching/learning/learn-from-grades.js');

const needs = readNeeds(path.join(data, 'needs.jsonl'));
const capabilities = readCapabilities(path.join(data, 'capabilities.jsonl'));
const grades = readGrades(path.join(data, 'judgements.jsonl'), needs, capabilities);
const byId = (records) => new Map(records.map((record) => [record.id, record]));

const reader = openLearnedCorpus(new CapabilityIndex(capabilities), needs, capabilities);
const model = learnFromGrades(reader, { needs: byId(needs), capabilities: byId(capabilities) }, grades, {
  version: 'default-6',
  keepNeighbours: false,
  needCounts: new NeedStatistics(needs).counts(LEAST_NEEDS),
  modeMapping: modeMapping(),
  now: new Date('2026-11-22T00:00:00Z'),
});
writeFileSync(target, `${JSON.stringify(model)}\n`);
console.log(JSON.stringify(model.quality));
