import { inPeriod, ofProgramme, type FilterSql, type Metric } from './metric.js';

/** An event that took place: marked held (or archived since). Its day of beginning dates everything that happened at it. */
const HELD = "e.state IN ('held', 'archived') AND NOT e.is_template";

const ofHeldEvents = (filter: FilterSql): string =>
  `${HELD} AND ${inPeriod('e.starts_at', filter)} AND ${ofProgramme('e.programme_id', filter)}`;

const eventsHeld: Metric = {
  code: 'events_held',
  kind: 'count',
  name: { zh: '举办活动', en: 'Events held' },
  unit: { zh: '场', en: 'sessions' },
  rule: {
    zh: '开始日期在统计期内、状态为已举办或已归档、且至少有一人签到的活动，每场计 1。',
    en: 'Events that began in the period, are held or archived, and have at least one check-in; each counts 1.',
  },
  row: { zh: '活动', en: 'Event' },
  additive: true,
  additiveByProgramme: true,
  rowsSql: (filter) => `
    SELECT e.id::text AS key, e.starts_at AS at, e.title, host.name AS organisation, pr.name AS programme,
           (SELECT sum(c.head_count)::text FROM check_in c WHERE c.event_id = e.id) AS detail,
           1::numeric AS quantity, '/events/' || e.id AS link
    FROM event e LEFT JOIN programme pr ON pr.id = e.programme_id LEFT JOIN organisation host ON host.id = e.host_id
    WHERE ${ofHeldEvents(filter)} AND EXISTS (SELECT 1 FROM check_in c WHERE c.event_id = e.id)`,
};

/** Organisations at events: their people checked in, or they were one side of a 1:1 meeting that took place. */
const visits = (filter: FilterSql): string => `
  SELECT e.id AS event_id, e.starts_at, e.title, pr.name AS programme, v.organisation_id
  FROM event e LEFT JOIN programme pr ON pr.id = e.programme_id
  CROSS JOIN LATERAL (
    SELECT r.organisation_id FROM check_in c JOIN registration r ON r.id = c.registration_id
    WHERE c.event_id = e.id AND r.organisation_id IS NOT NULL
    UNION
    SELECT unnest(ARRAY[m.enterprise_id, m.institute_id]) FROM meeting m
    WHERE m.event_id = e.id AND m.status = 'held') v
  WHERE ${ofHeldEvents(filter)}`;

const organisationsParticipating: Metric = {
  code: 'organisations_participating',
  kind: 'count',
  name: { zh: '参与单位', en: 'Organisations taking part' },
  unit: { zh: '家', en: 'organisations' },
  rule: {
    zh: '统计期内已举办活动上有人签到、或一对一洽谈已举行的单位；同一单位无论参加几场只计 1。',
    en: 'Organisations with a check-in or a held 1:1 meeting at held events of the period; each counts once, however often it came.',
  },
  row: { zh: '单位', en: 'Organisation' },
  additive: false,
  additiveByProgramme: false,
  rowsSql: (filter) => `
    SELECT o.id::text AS key, min(v.starts_at) AS at, o.name AS title, o.name AS organisation,
           string_agg(DISTINCT v.programme, '、') AS programme, count(*)::text AS detail,
           1::numeric AS quantity, '/organisations/' || o.id AS link
    FROM (${visits(filter)}) v JOIN organisation o ON o.id = v.organisation_id GROUP BY o.id`,
};

const organisationVisits: Metric = {
  code: 'organisation_visits',
  kind: 'count',
  name: { zh: '单位参与', en: 'Organisation visits' },
  unit: { zh: '家次', en: 'visits' },
  rule: {
    zh: '统计期内已举办活动逐场统计参与单位（签到或洽谈已举行），同一单位参加几场计几次。',
    en: 'Organisations taking part, counted anew at every held event of the period.',
  },
  row: { zh: '单位', en: 'Organisation' },
  additive: true,
  additiveByProgramme: true,
  rowsSql: (filter) => `
    SELECT v.event_id || ':' || o.id AS key, v.starts_at AS at, o.name AS title, o.name AS organisation, v.programme,
           v.title AS detail, 1::numeric AS quantity, '/events/' || v.event_id AS link
    FROM (${visits(filter)}) v JOIN organisation o ON o.id = v.organisation_id`,
};

const CHECK_INS = `
  FROM check_in c JOIN registration r ON r.id = c.registration_id JOIN person p ON p.id = r.person_id
  JOIN event e ON e.id = c.event_id LEFT JOIN programme pr ON pr.id = e.programme_id
  LEFT JOIN organisation o ON o.id = r.organisation_id`;

const attendances: Metric = {
  code: 'attendances',
  kind: 'count',
  name: { zh: '参与人次', en: 'Attendances' },
  unit: { zh: '人次', en: 'attendances' },
  rule: {
    zh: '统计期内已举办活动的签到人数之和；团体按实到人数计，同一人参加几场计几次。',
    en: 'Heads checked in at held events of the period; groups count with everybody who came, people once per event.',
  },
  row: { zh: '签到人', en: 'Checked in' },
  additive: true,
  additiveByProgramme: true,
  rowsSql: (filter) => `
    SELECT c.id::text AS key, e.starts_at AS at, p.name AS title, o.name AS organisation, pr.name AS programme,
           e.title AS detail, c.head_count::numeric AS quantity, '/events/' || e.id AS link
    ${CHECK_INS} WHERE ${ofHeldEvents(filter)}`,
};

const people: Metric = {
  code: 'people',
  kind: 'count',
  name: { zh: '参与人数', en: 'People' },
  unit: { zh: '人', en: 'people' },
  rule: {
    zh: '统计期内在已举办活动签到的不同报名人，每人计 1；团体中未单独报名的成员不计。',
    en: 'Different people who registered and were checked in at held events of the period; members of a group who did not register themselves are not counted.',
  },
  row: { zh: '人员', en: 'Person' },
  additive: false,
  additiveByProgramme: false,
  rowsSql: (filter) => `
    SELECT p.id::text AS key, min(e.starts_at) AS at, p.name AS title, string_agg(DISTINCT o.name, '、') AS organisation,
           string_agg(DISTINCT pr.name, '、') AS programme, count(*)::text AS detail, 1::numeric AS quantity,
           NULL::text AS link
    ${CHECK_INS} WHERE ${ofHeldEvents(filter)} GROUP BY p.id`,
};

const meetingsHeld: Metric = {
  code: 'meetings_held',
  kind: 'count',
  name: { zh: '一对一洽谈', en: '1:1 meetings held' },
  unit: { zh: '场次', en: 'meetings' },
  rule: {
    zh: '开始时间在统计期内、结果登记为“已举行”的一对一洽谈，每次计 1。',
    en: '1:1 meetings that began in the period and were recorded as held; each counts 1.',
  },
  row: { zh: '洽谈', en: 'Meeting' },
  additive: true,
  additiveByProgramme: true,
  rowsSql: (filter) => `
    SELECT m.id::text AS key, m.starts_at AS at, ent.name || ' × ' || ins.name AS title, ent.name AS organisation,
           pr.name AS programme, e.title AS detail, 1::numeric AS quantity, '/meetings/' || m.id AS link
    FROM meeting m JOIN event e ON e.id = m.event_id LEFT JOIN programme pr ON pr.id = e.programme_id
    JOIN organisation ent ON ent.id = m.enterprise_id JOIN organisation ins ON ins.id = m.institute_id
    WHERE m.status = 'held' AND ${inPeriod('m.starts_at', filter)} AND ${ofProgramme('e.programme_id', filter)}`,
};

export const eventMetrics: readonly Metric[] = [
  eventsHeld,
  organisationsParticipating,
  organisationVisits,
  attendances,
  people,
  meetingsHeld,
];
