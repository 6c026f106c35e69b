import { parseIndicators } from '#libs/domain/indicators/parse-indicators.js';
import type { MatchCapability, MatchNeed } from './match-types.js';
import { structuralValues } from './structural-factors.js';

const plain = {
  id: 'x',
  version: 1,
  organisationId: null,
  title: '',
  keywords: [],
  fields: [],
  regionCode: null,
  trlScheme: null,
};

function indicatorsOf(asked: string, offered: string): number | null {
  const need: MatchNeed = {
    ...plain,
    body: '',
    targetTrl: null,
    solveModes: [],
    indicators: parseIndicators(asked),
    expiresAt: null,
  };
  const capability: MatchCapability = {
    ...plain,
    text: '',
    trl: null,
    transferModes: [],
    indicators: parseIndicators(offered),
  };
  const options = { now: new Date('2026-11-23T00:00:00Z'), modeMapping: {} };
  const [found] = structuralValues(need, capability, [{ code: 'indicators', weight: 1 }], options);
  return found?.value ?? null;
}

test.each([
  ['结合强度≥20MPa', '结合强度960MPa', 1],
  ['结合强度≥20MPa', '结合强度9MPa', 0],
  ['结合强度≥20MPa', '强度960MPa', 0.75],
  ['结合强度≥20MPa', '强度9MPa', 0.25],
  ['结合强度≥20MPa，续航≥8h', '强度9MPa，续航9h', 0.625],
  ['续航≥8h，重量≤5kg', '续航9h，重量6kg', 1 / 3],
  ['续航≥8h，重量必须≤5kg', '续航9h，重量6kg', 0.2],
  ['总磷去除率≥80%', '总氮去除率85%', null],
  ['续航≥8h', '续航≥6h', null],
])('%s against %s: %s', (asked, offered, value) => {
  expect(indicatorsOf(asked, offered)).toBe(value);
});
