import { Injectable } from '@nestjs/common';
import { AppError } from '#libs/contracts/app-error.js';
import type { OrganizerEventView, VenueList } from '#libs/contracts/events/event-editing.js';
import type { OrganizerEventPage, OrganizerEventQuery } from '#libs/contracts/events/event-views.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { brokenPublishRules } from '#libs/domain/event/publish-rules.js';
import { allowedActions } from '#libs/domain/evidence/state-machine.js';
import { eventMachine } from '#libs/domain/evidence/state-machines.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { readEvent, toEventView, type EventDetailRecord } from './event-details.js';
import {
  EVENT_COLUMNS,
  EVENT_TABLES,
  eventSearch,
  Filter,
  iso,
  isoOrNull,
  likePattern,
  readPage,
  toEventRow,
  type EventRecord,
} from './event-rows.js';

interface OrganizerRecord extends EventRecord {
  waiting: number;
  pending: number;
  checkedIn: number;
  oneToOne: boolean;
}

const COLUMNS = `${EVENT_COLUMNS}, e.slots_start_at IS NOT NULL AS "oneToOne",
  (SELECT count(*)::int FROM registration r WHERE r.event_id = e.id AND r.status = 'waitlisted') AS waiting,
  (SELECT count(*)::int FROM registration r WHERE r.event_id = e.id AND r.status = 'pending') AS pending,
  (SELECT coalesce(sum(c.head_count), 0)::int FROM check_in c WHERE c.event_id = e.id) AS "checkedIn"`;

const COUNTS = `
  SELECT count(*) FILTER (WHERE NOT is_template)::int AS all,
    ${['draft', 'published', 'registration_closed', 'held', 'archived', 'cancelled']
      .map((state) => `count(*) FILTER (WHERE NOT is_template AND state = '${state}')::int AS "${state}"`)
      .join(', ')},
    count(*) FILTER (WHERE is_template)::int AS templates FROM event`;

const TABLES = `
  SELECT t.id, t.label, r.name AS room, t.features,
    CASE WHEN h.id IS NOT NULL THEN jsonb_build_object('id', h.id, 'name', h.name) END AS home,
    (EXISTS (SELECT FROM meeting m WHERE m.table_id = t.id)
      OR EXISTS (SELECT FROM placement p WHERE p.table_id = t.id)) AS "inUse"
  FROM meeting_table t LEFT JOIN room r ON r.id = t.room_id
  LEFT JOIN organisation h ON h.id = t.home_organisation_id WHERE t.event_id = $1 ORDER BY t.position, t.id`;

const VENUES = `
  SELECT v.id, v.name, v.address,
    coalesce((SELECT jsonb_agg(r.name ORDER BY r.name) FROM room r WHERE r.venue_id = v.id), '[]') AS rooms
  FROM venue v WHERE $1::text IS NULL OR v.name ILIKE $1 OR v.address ILIKE $1 ORDER BY v.name, v.id LIMIT 50`;

/** What organizers see of events. */
@Injectable()
export class OrganizerEventReaderService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async list(query: OrganizerEventQuery): Promise<OrganizerEventPage> {
    const { manager } = this.transactions;
    const now = this.clock.now();
    const filter = new Filter()
      .always(query.templates === true ? 'e.is_template' : 'NOT e.is_template')
      .with(query.state, (value) => `e.state = ${value}`)
      .with(query.programme, (value) => `e.programme_id = ${value}`)
      .with(query.kind, (value) => `e.kind = ${value}`)
      .with(query.q && likePattern(query.q), eventSearch);
    const select = { columns: COLUMNS, tables: EVENT_TABLES, order: 'e.starts_at DESC, e.id', filter };
    const { rows, total } = await readPage<OrganizerRecord>(manager, select, query);
    const [counts] = await manager.query<[OrganizerEventPage['counts']]>(COUNTS);
    return {
      rows: rows.map((row) => ({
        ...toEventRow(row, now),
        isTemplate: row.isTemplate,
        seatsTaken: row.seatsTaken,
        waiting: row.waiting,
        pending: row.pending,
        checkedIn: row.checkedIn,
        oneToOne: row.oneToOne,
      })),
      total,
      page: query.page,
      pageSize: query.pageSize,
      counts,
    };
  }

  async detail(actor: Actor, id: string): Promise<OrganizerEventView> {
    const { manager } = this.transactions;
    const now = this.clock.now();
    const event = await readEvent(manager, id);
    if (event === null) throw new AppError('record.not-found', { what: '活动' });
    const view = await toEventView(manager, event, actor, now);
    const rooms: OrganizerEventView['rooms'] = await manager.query(
      'SELECT id, name, capacity FROM room WHERE venue_id = $1 ORDER BY name, id',
      [event.venue?.id ?? null],
    );
    const tableList: OrganizerEventView['tableList'] = await manager.query(TABLES, [id]);
    return { ...view, ...organizerPart(event, now), rooms, tableList };
  }

  async venues(q: string | undefined): Promise<VenueList> {
    const pattern = q === undefined || q === '' ? null : likePattern(q);
    const venues: VenueList['venues'] = await this.transactions.manager.query(VENUES, [pattern]);
    return { venues };
  }
}

function organizerPart(event: EventDetailRecord, now: Date) {
  const isDraft = event.state === 'draft' && !event.isTemplate;
  return {
    isTemplate: event.isTemplate,
    clonedFromId: event.clonedFromId,
    programmeId: event.programme?.id ?? null,
    hostId: event.host?.id ?? null,
    seatsTaken: event.seatsTaken,
    offerHours: event.offerHours,
    slotMinutes: event.slotMinutes,
    slotsStartAt: isoOrNull(event.slotsStartAt),
    slotsEndAt: isoOrNull(event.slotsEndAt),
    roomChangeMinutes: event.roomChangeMinutes,
    actions: event.isTemplate ? [] : allowedActions(eventMachine, event.state),
    missing: isDraft ? brokenPublishRules(event, event.tables, now).map(({ rule }) => rule) : [],
    heldAt: isoOrNull(event.heldAt),
    publishedAt: isoOrNull(event.publishedAt),
    updatedAt: iso(event.updatedAt),
  };
}
