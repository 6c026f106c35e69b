import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { tableFeature } from '#libs/contracts/meetings/table-features.js';
import { codeLists } from '#libs/contracts/code-lists/read-code-lists.js';

const code = (list: string) => {
  const found = codeLists.find((each) => each.list === list);
  if (!found) throw new Error(`unknown list ${list}`);
  return z.enum(found.items.map((item) => item.code));
};
const text = z.string().trim().min(1);
const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
const email = z.string().regex(/^[a-z0-9]+@[a-z0-9]+\.example$/);

const organisation = z.strictObject({
  key: text,
  name: text,
  shortName: text,
  en: text,
  kind: code('organisation-kind'),
  regionCode: code('region'),
  intro: text,
  address: text,
  legalRep: text.or(z.literal('')),
  website: z.string().regex(/^https:\/\/[a-z0-9]+\.example\.com$/),
  contactName: text,
  contactPhone: z.string().regex(/^020-8\d{7}$/),
  contactEmail: email,
  enterpriseStatus: z.array(code('enterprise-status')),
  industry: code('industry'),
});

const person = z.strictObject({
  key: text,
  name: text,
  email,
  phone: z.string().regex(/^1380000\d{4}$/),
  organisations: z.array(z.strictObject({ key: text, role: z.enum(['owner', 'member']), title: text })),
  platformRoles: z.array(z.enum(['organizer', 'administrator', 'broker', 'service_officer'])),
});

const listing = {
  key: text,
  org: text,
  author: text,
  title: text,
  keywords: z.array(text).min(1).max(5),
  fields: z.array(code('technology-field')).min(1),
  regionCode: code('region'),
  trlScheme: z.enum(['trl-gbt22900', 'trl-iso']),
  indicatorsText: text,
  disclosure: code('disclosure'),
};
const form = z.string().min(60).max(200);

const need = z.strictObject({
  ...listing,
  problem: form,
  keyTech: form,
  expectedGoal: form,
  existingBasis: text,
  publicSummary: text.nullable(),
  needKind: code('need-kind'),
  solveModes: z.array(code('solve-mode')).min(1),
  activityType: code('activity-type'),
  industry: code('industry'),
  targetTrl: z.int().min(1),
  budgetMinWan: z.number().nullable(),
  budgetMaxWan: z.number().nullable(),
  budgetNegotiable: z.boolean(),
  source: code('need-source'),
  state: z.enum(['published', 'submitted', 'returned', 'draft']),
  reviewNote: text.optional(),
});

const capability = z.strictObject({
  ...listing,
  abstract: text,
  keyTech: text,
  market: text,
  useState: text,
  publicSummary: text.nullable(),
  kind: code('capability-kind'),
  form: code('capability-form'),
  stage: code('capability-stage'),
  trl: z.int().min(1),
  transferModes: z.array(code('transfer-mode')).min(1),
  priceMinWan: z.number().nullable(),
  priceMaxWan: z.number().nullable(),
  priceNegotiable: z.boolean(),
  level: code('achievement-level'),
  ip: z.array(
    z.strictObject({
      kind: code('ip-kind'),
      name: text,
      number: z.string().regex(/^DEMO-/),
      status: z.enum(['applied', 'granted']),
    }),
  ),
  people: z.array(text).min(1),
  state: z.enum(['published', 'submitted', 'returned', 'draft']),
  reviewNote: text.optional(),
});

const programme = z.strictObject({
  key: text,
  name: text,
  en: text,
  intro: text,
  color: z.string().regex(/^#[0-9A-F]{6}$/),
  kind: code('event-kind'),
});

const event = z.strictObject({
  key: text,
  programme: text.nullable(),
  edition: z.int().min(1),
  kind: code('event-kind'),
  title: text,
  en: text,
  intro: text,
  state: z.enum(['draft', 'published', 'registration_closed', 'held', 'archived', 'cancelled']),
  dayOffset: z.int(),
  startTime: clock,
  endTime: clock,
  venue: z.strictObject({ name: text, address: text }),
  rooms: z.array(z.strictObject({ name: text, capacity: z.int().positive() })).min(1),
  tables: z.int().min(0),
  specialTables: z
    .array(
      z.strictObject({
        label: text,
        room: text.optional(),
        features: z.array(tableFeature).optional(),
        home: text.optional(),
      }),
    )
    .optional(),
  roomChangeMinutes: z.int().positive().optional(),
  slotMinutes: z.int().positive(),
  slotWindow: z.strictObject({ start: clock, end: clock }),
  capacity: z.int().positive(),
  approvalRequired: z.boolean(),
  groupMax: z.int().positive(),
  hostOrg: text,
  tags: z.array(text),
  agenda: z.array(
    z.strictObject({
      start: clock,
      end: clock,
      title: text,
      room: text,
      abstract: text,
      speakers: z.array(z.strictObject({ name: text, title: text, org: text })),
    }),
  ),
  questions: z.array(
    z.strictObject({
      key: text,
      kind: z.enum(['text', 'choice', 'number']),
      zh: text,
      en: text,
      required: z.boolean(),
      options: z
        .array(z.strictObject({ value: text, zh: text, en: text }))
        .min(2)
        .optional(),
    }),
  ),
  registrants: z.array(z.union([text, z.strictObject({ person: text, count: z.int().positive() })])),
});

function load<T>(schema: z.ZodType<T>, ...names: string[]): T[] {
  return names.flatMap((name) =>
    z.array(schema).parse(JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8'))),
  );
}

const organisations = load(organisation, 'organisations');
const people = load(person, 'people');
const needs = load(need, 'needs-1', 'needs-2');
const capabilities = load(capability, 'capabilities-1', 'capabilities-2', 'capabilities-3');
const programmes = load(programme, 'programmes');
const events = load(event, 'events');

const orgKeys = new Set(organisations.map((each) => each.key));
const personKeys = new Set(people.map((each) => each.key));
const tally = (values: readonly string[]): Record<string, number> =>
  values.reduce<Record<string, number>>((sum, value) => ({ ...sum, [value]: (sum[value] ?? 0) + 1 }), {});
const repeated = (values: readonly string[]): string[] =>
  Object.entries(tally(values)).flatMap(([value, count]) => (count > 1 ? [value] : []));
const belongs = (author: string, org: string): boolean =>
  people.some((each) => each.key === author && each.organisations.some((place) => place.key === org));

test('the bureau is as large as the scenarios expect', () => {
  expect([organisations.length, people.length, needs.length, capabilities.length]).toEqual([
    46, 101, 68, 128,
  ]);
  expect([programmes.length, events.length]).toEqual([3, 9]);
  expect(tally(needs.map((each) => each.state))).toEqual({
    published: 60,
    submitted: 4,
    returned: 2,
    draft: 2,
  });
  expect(tally(needs.map((each) => each.disclosure))).toEqual({
    public: 53,
    redacted: 10,
    directed: 3,
    closed: 2,
  });
  expect(tally(people.flatMap((each) => each.platformRoles))).toEqual({
    administrator: 1,
    organizer: 3,
    broker: 2,
    service_officer: 2,
  });
});

test('keys, names, addresses and titles are unique', () => {
  for (const list of [organisations, people, needs, capabilities, programmes, events]) {
    expect(repeated(list.map((each) => each.key))).toEqual([]);
  }
  expect(repeated(organisations.map((each) => each.name))).toEqual([]);
  expect(repeated(people.map((each) => each.name))).toEqual([]);
  expect(repeated(people.map((each) => each.email))).toEqual([]);
  expect(repeated(people.map((each) => each.phone))).toEqual([]);
  expect(repeated([...needs, ...capabilities].map((each) => each.title))).toEqual([]);
  expect(repeated(events.map((each) => each.title))).toEqual([]);
});

test('every organisation has an owner and memberships point at organisations', () => {
  const places = people.flatMap((each) => each.organisations);
  expect(places.filter((place) => !orgKeys.has(place.key))).toEqual([]);
  const owned = new Set(places.filter((place) => place.role === 'owner').map((place) => place.key));
  expect(organisations.filter((each) => !owned.has(each.key))).toEqual([]);
  expect(organisations.filter((each) => each.legalRep === '').map((each) => each.key)).toEqual([]);
});

test('listings are entered by members of their organisation', () => {
  const strangers = [...needs, ...capabilities].filter((each) => !belongs(each.author, each.org));
  expect(strangers.map((each) => each.key)).toEqual([]);
  const names = new Set(people.map((each) => each.name));
  expect(capabilities.flatMap((each) => each.people).filter((name) => !names.has(name))).toEqual([]);
});

test('maturity levels lie on their scale and amounts are ranges or negotiable', () => {
  const top = { 'trl-iso': 9, 'trl-gbt22900': 13 } as const;
  expect(needs.filter((each) => each.targetTrl > top[each.trlScheme])).toEqual([]);
  expect(capabilities.filter((each) => each.trl > top[each.trlScheme])).toEqual([]);
  const amounts = [
    ...needs.map((each) => [each.budgetMinWan, each.budgetMaxWan, each.budgetNegotiable] as const),
    ...capabilities.map((each) => [each.priceMinWan, each.priceMaxWan, each.priceNegotiable] as const),
  ];
  const wrong = amounts.filter(([min, max, open]) =>
    open ? min !== null || max !== null : min === null || max === null || min > max,
  );
  expect(wrong).toEqual([]);
});

test('redacted needs carry a summary that does not name the enterprise; returned ones carry a note', () => {
  const names = organisations.flatMap((each) => [each.name, each.shortName]);
  const redacted = [...needs, ...capabilities].filter((each) => each.disclosure === 'redacted');
  expect(redacted.filter((each) => each.publicSummary === null)).toEqual([]);
  const leaks = redacted.filter((each) => names.some((name) => each.publicSummary?.includes(name)));
  expect(leaks).toEqual([]);
  expect(needs.filter((each) => (each.state === 'returned') !== Boolean(each.reviewNote))).toEqual([]);
});

test('events refer to known programmes, hosts, rooms and persons', () => {
  const programmeKeys = new Set(programmes.map((each) => each.key));
  const speakers = new Set([
    ...people.map((each) => each.name),
    ...organisations.map((each) => each.legalRep),
  ]);
  for (const each of events) {
    expect(each.programme === null || programmeKeys.has(each.programme)).toBe(true);
    expect(orgKeys.has(each.hostOrg)).toBe(true);
    const rooms = each.rooms.map((room) => room.name);
    expect(each.agenda.filter((item) => !rooms.includes(item.room) || item.start >= item.end)).toEqual([]);
    const outside = each.agenda.filter((item) => item.start < each.startTime || item.end > each.endTime);
    expect(outside).toEqual([]);
    const invented = each.agenda.flatMap((item) => item.speakers).filter((one) => !speakers.has(one.name));
    expect(invented).toEqual([]);
    const who = each.registrants.map((one) => (typeof one === 'string' ? one : one.person));
    expect(who.filter((key) => !personKeys.has(key))).toEqual([]);
    expect(repeated(who)).toEqual([]);
    expect(each.questions.filter((one) => (one.kind === 'choice') !== (one.options !== undefined))).toEqual(
      [],
    );
  }
});

test('the main session has twelve tables and eleven slots; the salon is oversubscribed by three', () => {
  const minutes = (at: string): number => Number(at.slice(0, 2)) * 60 + Number(at.slice(3));
  const slots = events
    .filter((each) => each.tables > 0)
    .map((each) => [
      each.key,
      each.tables,
      (minutes(each.slotWindow.end) - minutes(each.slotWindow.start)) / each.slotMinutes,
    ]);
  expect(slots).toEqual([
    ['e-match-12', 12, 11],
    ['e-match-11', 8, 8],
    ['e-roadshow', 4, 3],
    ['e-match-14', 10, 9],
  ]);
  const salon = events.find((each) => each.key === 'e-salon');
  expect(salon && salon.registrants.length - salon.capacity).toBe(3);
});
