import type { MatchReason } from '#libs/domain/matching/match-types.js';
import { againstParts } from './match-rows.js';

const indicator = (name: string, outcome: 'met' | 'not_met' | 'unknown', value: number): MatchReason => ({
  kind: 'indicator',
  name,
  needText: '',
  capabilityText: '',
  outcome,
  need: { comparator: 'ge', value: 5, valueHigh: null, unit: 'm' },
  capability: { comparator: 'eq', value, valueHigh: null, unit: 'm' },
  margin: null,
});

test('what is not met stands apart from what is open, and before it', () => {
  const reasons: MatchReason[] = [
    indicator('航程', 'met', 6),
    indicator('量程', 'unknown', 4),
    { kind: 'uncovered', terms: ['耐辐照'] },
    indicator('行程', 'not_met', 3),
  ];
  const { missing, unmet } = againstParts(reasons, {});
  expect(unmet).toEqual({ zh: ['指标 行程 3m 不满足 ≥5m'], en: ['Indicator 行程 3m does not meet ≥5m'] });
  expect(missing.zh).toEqual([
    '指标 行程 3m 不满足 ≥5m',
    '指标 量程 4m 已说明，需确认，需求为 ≥5m',
    '未提及：耐辐照',
  ]);
  expect(againstParts([reasons[0]!], {}).unmet).toEqual({ zh: [], en: [] });
});
