import { tableFeature } from '#libs/contracts/meetings/table-features.js';
import { demoData } from '../demo-data.js';
import { approvedOf } from '../play-events.js';
import { demoNextSession } from '../next-session.js';

const { absences, approvedLater, block, limits, meetings, requests } = demoNextSession;
const event = demoData.events.find(({ key }) => key === demoNextSession.event)!;
const approved = new Set(approvedOf(event).map((one) => (typeof one === 'string' ? one : one.person)));
const organisationOf = (person: string) =>
  demoData.people.find(({ key }) => key === person)?.organisations[0]?.key;
const kindOf = (organisation: string | undefined) =>
  demoData.organisations.find(({ key }) => key === organisation)?.kind;

test('the session is still to come, and everybody named is at it for an organisation', () => {
  expect([event.state, event.dayOffset > 0]).toEqual(['published', true]);
  const named = [
    ...absences.map(({ person }) => person),
    ...meetings.flatMap(({ enterprise, institute, guests }) => [enterprise, institute, ...(guests ?? [])]),
    ...limits.flatMap(({ person }) => person ?? []),
    ...requests.flatMap(({ from, to }) => [from, to]),
  ];
  expect(named.filter((person) => !approved.has(person) || organisationOf(person) === undefined)).toEqual([]);
  const registered = event.registrants.map((one) => (typeof one === 'string' ? one : one.person));
  const late = approvedLater.filter((person) => registered.includes(person) && !approved.has(person));
  expect(late).toEqual(approvedLater);
  expect([organisationOf(block.by), kindOf(block.other) !== undefined]).toEqual([block.org, true]);
});

test('enterprises meet institutes, no pair twice, and there is one of everything a board can show', () => {
  expect(meetings.filter(({ enterprise }) => kindOf(organisationOf(enterprise)) !== 'enterprise')).toEqual(
    [],
  );
  const pairs = meetings.map(({ enterprise, institute }) => `${enterprise} ${institute}`);
  expect(new Set(pairs).size).toBe(pairs.length);
  const wanted = meetings.flatMap(({ features }) => features ?? []);
  const had = event.specialTables?.flatMap(({ features }) => features ?? []) ?? [];
  for (const feature of tableFeature.options)
    expect([feature, wanted.includes(feature), had.includes(feature)]).toEqual([feature, true, true]);
  expect([
    meetings.some(({ length }) => length === 2),
    meetings.some(({ wish }) => wish === 'must'),
    meetings.some(({ guests }) => guests !== undefined),
    event.specialTables?.some(({ home }) => home !== undefined),
    event.specialTables?.some(({ room }) => room !== undefined) && event.roomChangeMinutes !== undefined,
  ]).toEqual([true, true, true, true, true]);
});

test('limits name one person, organisation or kind each, and requests are answered, declined and open', () => {
  const subjects = limits.map(({ person, organisation, organisationKind }) =>
    [person, organisation, organisationKind].filter((one) => one !== undefined),
  );
  expect(subjects.filter((named) => named.length !== 1)).toEqual([]);
  expect(new Set(subjects.flat()).size).toBe(limits.length);
  expect(limits.filter(({ min, max }) => min === undefined && max === undefined)).toEqual([]);
  expect(new Set(requests.map(({ answer }) => answer))).toEqual(new Set(['accept', 'decline', undefined]));
});
