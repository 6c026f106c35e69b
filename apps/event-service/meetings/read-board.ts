import type { EntityManager } from 'typeorm';
import type { BoardMeeting, UnplacedWord } from '#libs/contracts/meetings/timetables.js';
import { MEETING_ALSO } from '#libs/persistence/meetings/meeting-matches.js';
import { MEETING_GUESTS } from '#libs/persistence/meetings/meeting-people.js';
import { toPlace, type PlaceColumns } from './timetable-rows.js';

interface BoardRow {
  id: string;
  status: BoardMeeting['status'];
  locked: boolean;
  enterprise: BoardMeeting['enterprise'];
  institute: BoardMeeting['institute'];
  guests: BoardMeeting['guests'];
  length: number;
  features: BoardMeeting['features'];
  wish: BoardMeeting['wish'];
  need: string | null;
  capability: string | null;
  also: BoardMeeting['also'];
  startsAt: Date | null;
  endsAt: Date | null;
  tableId: string | null;
  table: string | null;
  draftStartsAt: Date | null;
  draftEndsAt: Date | null;
  draftTableId: string | null;
  draftTable: string | null;
  unplaced: StoredReason | null;
  /** Name of the group the reason is about. */
  groupName: string | null;
}

interface StoredReason {
  reason: UnplacedWord['reason'];
  detail: { participantId?: string; group?: string; meetings?: number; freeSlots?: number };
}

const MEETINGS = `
  SELECT m.id, m.status, m.locked, m.length, m.features, m.wish, ${MEETING_GUESTS} AS guests, ${MEETING_ALSO} AS also, n.title AS need, c.title AS capability,
         jsonb_build_object('id', e.id, 'name', e.name, 'personId', ep.id, 'person', ep.name) AS enterprise,
         jsonb_build_object('id', i.id, 'name', i.name, 'personId', ip.id, 'person', ip.name) AS institute,
         m.starts_at AS "startsAt", m.ends_at AS "endsAt", m.table_id AS "tableId", t.label AS "table",
         p.starts_at AS "draftStartsAt", p.ends_at AS "draftEndsAt", p.table_id AS "draftTableId",
         pt.label AS "draftTable", u.entry AS unplaced,
         coalesce(ug.name, (SELECT item.zh FROM code_item item
           WHERE item.list_id = 'organisation-kind' AND 'kind:' || item.code = u.entry->'detail'->>'group' LIMIT 1)) AS "groupName"
  FROM meeting m
  JOIN organisation e ON e.id = m.enterprise_id JOIN organisation i ON i.id = m.institute_id
  JOIN person ep ON ep.id = m.enterprise_person_id JOIN person ip ON ip.id = m.institute_person_id
  LEFT JOIN need n ON n.id = m.need_id LEFT JOIN capability c ON c.id = m.capability_id
  LEFT JOIN meeting_table t ON t.id = m.table_id
  LEFT JOIN placement p ON p.meeting_id = m.id AND p.timetable_id = $2
  LEFT JOIN meeting_table pt ON pt.id = p.table_id
  LEFT JOIN (SELECT entry, (entry->>'meetingId')::uuid AS meeting_id
             FROM timetable, jsonb_array_elements(unplaced) entry WHERE timetable.id = $2) u ON u.meeting_id = m.id
  LEFT JOIN organisation ug ON ug.id::text = u.entry->'detail'->>'group'
  WHERE m.event_id = $1 AND m.status <> 'cancelled' ORDER BY e.name, i.name, m.id`;

/** Meetings of an event with their places in a timetable: in a draft its own, else (`draft` false) as published. */
export async function readBoardMeetings(
  manager: EntityManager,
  eventId: string,
  timetableId: string | null,
  draft: boolean,
  settledBefore: Date | null,
): Promise<BoardMeeting[]> {
  const rows = await manager.query<BoardRow[]>(MEETINGS, [eventId, timetableId]);
  return rows.map((row) => {
    const published = toPlace(row);
    const settled = isSettled(row, settledBefore);
    const place = draft && !settled ? toPlace(draftColumns(row)) : published;
    const { id, status, locked, enterprise, institute, guests, length, features, wish } = row;
    const { need, capability, also } = row;
    const unplaced = place === null ? toWord(row) : null;
    const people = { enterprise, institute, guests };
    const asked = { length, features, wish, need, capability, also };
    return { id, status, locked, ...people, ...asked, place, published, unplaced };
  });
}

function isSettled(row: BoardRow, settledBefore: Date | null): boolean {
  if (row.status === 'held' || row.status === 'no_show') return true;
  return settledBefore !== null && row.startsAt !== null && row.startsAt <= settledBefore;
}

const draftColumns = (row: BoardRow): PlaceColumns => ({
  startsAt: row.draftStartsAt,
  endsAt: row.draftEndsAt,
  tableId: row.draftTableId,
  table: row.draftTable,
});

function toWord({ unplaced, enterprise, institute, guests, groupName }: BoardRow): UnplacedWord {
  if (unplaced === null)
    return { reason: 'not-computed', person: null, group: null, meetings: null, freeSlots: null };
  const { participantId, meetings, freeSlots } = unplaced.detail;
  const side = [enterprise, institute, ...guests].find((candidate) => candidate.personId === participantId);
  return {
    reason: unplaced.reason,
    person: side?.person ?? null,
    group: groupName,
    meetings: meetings ?? null,
    freeSlots: freeSlots ?? null,
  };
}
