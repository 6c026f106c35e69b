import type { MatchCapability, MatchNeed, MatchOptions } from '../match-types.js';
import { predictUnseen } from './compare-models.js';
import type { PairReader } from './learned-ranking.js';
import { likenessOf } from './likeness.js';
import type { RankModel } from './rank-model.js';
import { type GradedPair, type TrainingOptions, trainRankModel } from './train-rank-model.js';

/** A pair and the level people gave it: 1 unrelated, 2 weak, 3 worth a meeting, 4 strong. */
export interface Grade {
  readonly needId: string;
  readonly capabilityId: string;
  readonly level: number;
}

export interface GradedRecords {
  readonly needs: ReadonlyMap<string, MatchNeed>;
  readonly capabilities: ReadonlyMap<string, MatchCapability>;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** Reads the graded pairs and learns from them. Grades of records that are not given are left out. */
export function learnFromGrades(
  reader: PairReader,
  { needs, capabilities }: GradedRecords,
  grades: readonly Grade[],
  options: Omit<TrainingOptions, 'rival'> &
    Pick<MatchOptions, 'modeMapping' | 'now'> & {
      /** The model in use, to be compared with on what it has not learned from. */
      readonly inUse?: RankModel | undefined;
    },
): RankModel {
  const usable = grades.filter(
    ({ needId, capabilityId }) => needs.has(needId) && capabilities.has(capabilityId),
  );
  const needIds = distinct(usable.map(({ needId }) => needId));
  const capabilityIds = distinct(usable.map(({ capabilityId }) => capabilityId));
  const readings = new Map<string, number[]>();
  for (const [row, { needId }] of usable.entries()) {
    const rows = readings.get(needId);
    if (rows) rows.push(row);
    else readings.set(needId, [row]);
  }
  // One need's scores over the whole index at a time: they are as long as the index.
  const pairs: GradedPair[] = [];
  for (const [needId, rows] of readings) {
    const need = needs.get(needId)!;
    const reading = reader.need(need);
    for (const row of rows) {
      const grade = usable[row]!;
      const stated = capabilities.get(grade.capabilityId)!;
      const features = reader.features(reading, need, { ...reader.find(stated), stated }, options);
      pairs[row] = { ...grade, features };
    }
  }
  const likeness = likenessOf(
    needIds.map((id) => reader.needTexts(needs.get(id)!)),
    capabilityIds.map((id) => reader.capability(capabilities.get(id)!)),
  );
  const rival = options.inUse && {
    version: options.inUse.version,
    said: predictUnseen(options.inUse, reader, { needs, capabilities }, usable, options),
  };
  return trainRankModel(pairs, { needIds, capabilityIds, likeness }, { ...options, rival });
}
