// Puts the event a case starts from into the database: one calendar object per attendee, as an organizer would have it.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ANSWERS } from '../../dist/libs/domain/calendar/inbound/decide-statement.js';
import { ianaZone, instantOf } from '../../dist/libs/domain/calendar/zone-clock.js';
import { readCalendarObjects } from '../../dist/libs/domain/calendar/inbound/read-calendar-lines.js';
import { decodeCalendarBytes } from '../../dist/libs/domain/calendar/inbound/decode-calendar-bytes.js';

const ZONE = 'Asia/Shanghai';
const HOUR = 3_600_000;
const EPOCH = new Date('2000-01-01T00:00:00Z');

/** `TZID=Asia/Shanghai:20260310T140000`, `20260310T060000Z`, `VALUE=DATE:20260310` → instant and zone. */
export function readSeedTime(text) {
  const [, parameters, value] = /^(?:(.*):)?(\d{8}(?:T\d{6}Z?)?)$/.exec(text.trim()) ?? [];
  if (value === undefined) throw new Error(`Not a time: ${text}`);
  const zone = value.endsWith('Z')
    ? 'UTC'
    : (ianaZone(/TZID=([^;:]+)/.exec(parameters ?? '')?.[1] ?? ZONE) ?? ZONE);
  const [year, month, day, hour, minute, second] = /(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?/
    .exec(value)
    .slice(1)
    .map((part) => Number(part ?? 0));
  const instant = instantOf({ year, month, day, hour, minute, second }, zone);
  return { instant, zone: zone === 'UTC' ? ZONE : zone };
}

const bare = (address) =>
  address
    .replace(/^mailto:/i, '')
    .trim()
    .toLowerCase();

async function readSeedCalendar(file) {
  const [calendar] = readCalendarObjects(decodeCalendarBytes(await readFile(file), null));
  const events = calendar.components.filter((part) => part.name === 'VEVENT');
  const event = events.find((part) => part.lines.every((line) => line.name !== 'RECURRENCE-ID')) ?? events[0];
  const lines = (name) => event.lines.filter((line) => line.name === name);
  const time = (line) =>
    readSeedTime(`${line.parameters.TZID ? `TZID=${line.parameters.TZID}:` : ''}${line.value}`);
  const times = (name) =>
    lines(name).flatMap((line) =>
      line.value.split(',').map((value) => time({ ...line, value: value.split('/')[0] }).instant),
    );
  const start = time(lines('DTSTART')[0]);
  const organizer = lines('ORGANIZER')[0] ? bare(lines('ORGANIZER')[0].value) : null;
  return {
    uid: lines('UID')[0].value,
    sequence: Number(lines('SEQUENCE')[0]?.value ?? 0),
    start,
    recurrence: {
      rules: lines('RRULE').map((line) => line.value),
      additional: times('RDATE'),
      excluded: times('EXDATE'),
    },
    cancelled: lines('STATUS')[0]?.value === 'CANCELLED',
    attendees: lines('ATTENDEE')
      .map((line) => ({
        email: bare(line.value),
        partstat: (line.parameters.PARTSTAT ?? 'NEEDS-ACTION').toUpperCase(),
        statedAt: line.parameters['X-DTSTAMP'] ? readSeedTime(line.parameters['X-DTSTAMP']).instant : EPOCH,
      }))
      .filter(
        ({ email }, index, all) => email !== organizer && all.findIndex((a) => a.email === email) === index,
      ),
  };
}

async function readSeed(seed, folder) {
  if (seed.ics) return readSeedCalendar(path.join(folder, seed.ics));
  const list = (value) => (Array.isArray(value) ? value : value ? [value] : []);
  const excluded = list(seed.exdate).map((text) => readSeedTime(text).instant);
  return {
    uid: seed.uid,
    replyKey: /\+([0-9a-f]{32})@/i.exec(seed.organizer ?? '')?.[1] ?? null,
    sequence: seed.sequence ?? 0,
    start: readSeedTime(seed.dtstart ?? `TZID=${ZONE}:20260310T140000`),
    recurrence:
      seed.rrule || seed.rdate
        ? {
            rules: list(seed.rrule),
            additional: list(seed.rdate).map((text) => readSeedTime(text).instant),
            excluded,
          }
        : null,
    cancelled: Boolean(seed.removed) || seed.status === 'CANCELLED',
    attendees: list(seed.attendee).map((attendee) => ({
      email: bare(typeof attendee === 'string' ? attendee : attendee.email),
      partstat: (seed.partstat ?? 'NEEDS-ACTION').toUpperCase(),
      statedAt: seed.lastReplyDtstamp ? readSeedTime(seed.lastReplyDtstamp).instant : EPOCH,
    })),
  };
}

/** Returns the event's id, or null for a case without a seed. */
export async function plantSeed(manager, testCase, folder) {
  const [organizer] = await manager.query(
    `INSERT INTO person (email, name, platform_roles, email_verified_at)
     VALUES ('organizer@platform.example', '组织者', '{organizer}', now()) RETURNING id`,
  );
  if (!testCase.seed) return null;
  const seed = await readSeed(testCase.seed, folder);
  const end = new Date(seed.start.instant.getTime() + HOUR);
  const [event] = await manager.query(
    `INSERT INTO event (kind, title, state, starts_at, ends_at, capacity, created_by)
     VALUES ('forum', '对接会', 'published', $1, $2, 100, $3) RETURNING id`,
    [seed.start.instant, end, organizer.id],
  );
  for (const attendee of seed.attendees) await invite(manager, event.id, seed, attendee, end);
  return event.id;
}

async function invite(manager, eventId, seed, attendee, end) {
  const [person] = await manager.query(
    `INSERT INTO person (email, name, email_verified_at) VALUES ($1, '张三', now()) RETURNING id`,
    [attendee.email],
  );
  const snapshot = {
    method: 'REQUEST',
    uid: seed.uid,
    sequence: seed.sequence,
    stampedAt: EPOCH,
    createdAt: EPOCH,
    lastModifiedAt: EPOCH,
    start: seed.start.instant,
    end,
    timeZone: seed.start.zone,
    recurrence: seed.recurrence,
    summary: '对接会',
    description: '',
    location: '',
    url: '',
    organizer: { name: '对接', email: 'organizer@calendar.duijie' },
    attendees: [{ name: '张三', email: attendee.email }],
    status: 'CONFIRMED',
    reminders: [],
    cancelledWhole: false,
  };
  const [object] = await manager.query(
    `INSERT INTO calendar_object (uid, person_id, kind, event_id, sequence, state, snapshot, thread_id,
       reply_key) VALUES ($1, $2, 'event', $3, $4, $5, $6, 'thread', coalesce($7::uuid, uuidv4())) RETURNING id`,
    [
      seed.uid,
      person.id,
      eventId,
      seed.sequence,
      seed.cancelled ? 'cancelled' : 'active',
      JSON.stringify(snapshot),
      seed.replyKey,
    ],
  );
  if (!ANSWERS.includes(attendee.partstat)) return;
  await manager.query(
    `INSERT INTO calendar_answer (calendar_object_id, answer, channel, sequence, stated_at) VALUES ($1, $2, 'mail', $3, $4)`,
    [object.id, attendee.partstat, seed.sequence, attendee.statedAt],
  );
}

/** Takes everything of the case before out of the database. */
export async function clearSeed(manager) {
  for (const table of [
    'delivery_attempt',
    'notification',
    'inbound_mail',
    'calendar_object',
    'event',
    'person',
  ]) {
    await manager.query(`DELETE FROM ${table}`);
  }
}
