import { CapabilityIndex } from '#libs/domain/matching/index/capability-index.js';
import { shortlistFor } from '#libs/domain/matching/index/shortlist.js';
import type { MatchCapability, MatchNeed } from '#libs/domain/matching/match-types.js';
import { checkedMatches } from './checked-matches.js';
import { queryOf } from './need-query.js';

const OPTIONS = { now: new Date('2026-03-01T00:00:00Z'), modeMapping: {} };
const plain = { version: 1, keywords: [], fields: [], regionCode: null, trlScheme: null, indicators: [] };
const need: MatchNeed = {
  ...plain,
  id: 'n',
  organisationId: 'a',
  title: '水下机器人导航',
  body: '',
  targetTrl: null,
  solveModes: [],
  expiresAt: null,
};
const capability: MatchCapability = {
  ...plain,
  id: 'c',
  organisationId: 'b',
  title: '水下机器人组合导航',
  text: '',
  trl: null,
  transferModes: [],
};

function checked(found: MatchCapability) {
  const index = new CapabilityIndex([capability]);
  const shortlist = shortlistFor(index, need, queryOf(need), ['achievement'], OPTIONS);
  return checkedMatches(need, shortlist, new Map([['c', found]]), OPTIONS, null);
}

test('sound matches are given, others with what is wrong, and errors too', () => {
  expect(checked(capability)).toMatchObject({ candidates: [{ capabilityId: 'c' }] });
  expect(checked({ ...capability, id: 'other' })).toEqual({ problem: 'other: not among the capabilities' });
  expect(checked({ ...capability, title: null as unknown as string })).toEqual({
    problem: expect.stringContaining('TypeError'),
  });
});
