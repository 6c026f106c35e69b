import type { EntityManager } from 'typeorm';
import type { EventView, SessionView } from '#libs/contracts/events/event-views.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { canSeeOnlineRoom } from '#libs/domain/access/event-access.js';
import type { FormQuestion } from '#libs/persistence/entities/event.entity.js';
import { EVENT_COLUMNS, EVENT_TABLES, iso, isoOrNull, toEventRow, type EventRecord } from './event-rows.js';

/** An event with all that its own page shows. */
export interface EventDetailRecord extends EventRecord {
  intro: string | null;
  host: EventView['host'];
  approvalRequired: boolean;
  groupMax: number;
  offerHours: number;
  questions: FormQuestion[];
  slotMinutes: number | null;
  slotsStartAt: Date | null;
  slotsEndAt: Date | null;
  roomChangeMinutes: number;
  stateNote: string | null;
  clonedFromId: string | null;
  heldAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  tables: number;
}

type SessionRecord = Omit<SessionView, 'startsAt' | 'endsAt'> & { startsAt: Date; endsAt: Date };

const DETAIL = `
  SELECT ${EVENT_COLUMNS}, e.intro, e.approval_required AS "approvalRequired", e.group_max AS "groupMax",
    e.offer_hours AS "offerHours", e.questions, e.slot_minutes AS "slotMinutes",
    e.slots_start_at AS "slotsStartAt", e.slots_end_at AS "slotsEndAt", e.room_change_minutes AS "roomChangeMinutes", e.state_note AS "stateNote",
    e.cloned_from_id AS "clonedFromId", e.held_at AS "heldAt",
    e.created_at AS "createdAt", e.updated_at AS "updatedAt",
    CASE WHEN o.id IS NOT NULL THEN jsonb_build_object('id', o.id, 'name', o.name) END AS host,
    (SELECT count(*)::int FROM meeting_table t WHERE t.event_id = e.id) AS tables
  FROM ${EVENT_TABLES} LEFT JOIN organisation o ON o.id = e.host_id WHERE e.id = $1`;

const AGENDA = `
  SELECT s.id, s.title, s.abstract, s.starts_at AS "startsAt", s.ends_at AS "endsAt", r.name AS room,
    coalesce((SELECT jsonb_agg(jsonb_build_object('name', k.name, 'title', k.title, 'organisation', k.organisation)
                     ORDER BY k.position, k.id) FROM speaker k WHERE k.session_id = s.id), '[]') AS speakers
  FROM agenda_session s LEFT JOIN room r ON r.id = s.room_id WHERE s.event_id = $1
  ORDER BY s.starts_at, r.name NULLS FIRST, s.id`;

const OWN_REGISTRATION = `
  SELECT id, status, group_size AS "groupSize" FROM registration WHERE event_id = $1 AND person_id = $2
  ORDER BY status IN ('pending', 'confirmed', 'waitlisted', 'offered') DESC, created_at DESC, id LIMIT 1`;

export async function readEvent(manager: EntityManager, id: string): Promise<EventDetailRecord | null> {
  const rows: EventDetailRecord[] = await manager.query(DETAIL, [id]);
  return rows[0] ?? null;
}

/** What everybody may see of an event, and the actor's own registration. */
export async function toEventView(
  manager: EntityManager,
  event: EventDetailRecord,
  actor: Actor | null,
  now: Date,
): Promise<EventView> {
  const agenda: SessionRecord[] = await manager.query(AGENDA, [event.id]);
  const [registration]: NonNullable<EventView['registration']>[] =
    actor === null ? [] : await manager.query(OWN_REGISTRATION, [event.id, actor.personId]);
  return {
    ...toEventRow(event, now),
    intro: event.intro,
    host: event.host,
    onlineUrl: canSeeOnlineRoom(actor, registration?.status ?? null) ? event.onlineUrl : null,
    registrationOpensAt: isoOrNull(event.registrationOpensAt),
    registrationClosesAt: isoOrNull(event.registrationClosesAt),
    approvalRequired: event.approvalRequired,
    groupMax: event.groupMax,
    questions: event.questions,
    slots: toSlots(event),
    tables: event.tables,
    agenda: agenda.map((row) => ({ ...row, startsAt: iso(row.startsAt), endsAt: iso(row.endsAt) })),
    stateNote: event.stateNote,
    registration: registration ?? null,
  };
}

function toSlots(event: EventDetailRecord): EventView['slots'] {
  const { slotMinutes: minutes, slotsStartAt, slotsEndAt } = event;
  if (minutes === null || slotsStartAt === null || slotsEndAt === null) return null;
  return { minutes, startsAt: iso(slotsStartAt), endsAt: iso(slotsEndAt) };
}
