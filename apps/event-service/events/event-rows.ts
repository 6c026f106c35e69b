import type { EntityManager } from 'typeorm';
import type { EventRow } from '#libs/contracts/events/event-views.js';
import { registrationDoor } from '#libs/domain/event/registration-door.js';
import type { EventState } from '#libs/persistence/entities/event.entity.js';

/** What the columns of `EVENT_COLUMNS` come back as. */
export interface EventRecord {
  id: string;
  title: string;
  titleEn: string | null;
  kind: string;
  state: EventState;
  isTemplate: boolean;
  publishedAt: Date | null;
  programme: EventRow['programme'];
  editionNo: number | null;
  startsAt: Date;
  endsAt: Date;
  venue: EventRow['venue'];
  onlineUrl: string | null;
  capacity: number;
  seatsTaken: number;
  registrationOpensAt: Date | null;
  registrationClosesAt: Date | null;
  tags: string[];
}

/** Columns of an event in lists; goes with `EVENT_TABLES`. */
export const EVENT_COLUMNS = `
  e.id, e.title, e.title_en AS "titleEn", e.kind, e.state, e.is_template AS "isTemplate",
  e.published_at AS "publishedAt", e.edition_no AS "editionNo",
  e.starts_at AS "startsAt", e.ends_at AS "endsAt", e.online_url AS "onlineUrl", e.capacity,
  e.seats_taken AS "seatsTaken", e.registration_opens_at AS "registrationOpensAt",
  e.registration_closes_at AS "registrationClosesAt", e.tags,
  CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('id', p.id, 'slug', p.slug, 'name', p.name,
    'nameEn', p.name_en, 'color', p.color) END AS programme,
  CASE WHEN v.id IS NOT NULL THEN jsonb_build_object('id', v.id, 'name', v.name, 'address', v.address) END AS venue`;

export const EVENT_TABLES = `
  event e LEFT JOIN programme p ON p.id = e.programme_id LEFT JOIN venue v ON v.id = e.venue_id`;

/** `$n` finds it in titles, tags, the programme or the place; the parameter is made by `likePattern`. */
export const eventSearch = (parameter: string): string =>
  `(e.title ILIKE ${parameter} OR e.title_en ILIKE ${parameter} OR p.name ILIKE ${parameter}
    OR v.name ILIKE ${parameter} OR array_to_string(e.tags, ' ') ILIKE ${parameter})`;

/** A pattern for ILIKE that finds `text` literally. */
export const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

export const iso = (instant: Date): string => instant.toISOString();
export const isoOrNull = (instant: Date | null): string | null => instant?.toISOString() ?? null;

export function toEventRow(event: EventRecord, now: Date): EventRow {
  return {
    id: event.id,
    title: event.title,
    titleEn: event.titleEn,
    kind: event.kind,
    state: event.state,
    programme: event.programme,
    editionNo: event.editionNo,
    startsAt: iso(event.startsAt),
    endsAt: iso(event.endsAt),
    venue: event.venue,
    online: event.onlineUrl !== null,
    capacity: event.capacity,
    seatsLeft: event.capacity - event.seatsTaken,
    door: registrationDoor(event, now),
    tags: event.tags,
  };
}

/** Conditions joined by AND, with their parameters numbered as they come. */
export class Filter {
  readonly values: unknown[] = [];
  private readonly conditions: string[] = [];

  /** Adds a condition; `condition` gets the placeholder of `value`. */
  with(value: unknown, condition: (placeholder: string) => string): this {
    if (value !== undefined && value !== null && value !== '') {
      this.values.push(value);
      this.conditions.push(condition(`$${this.values.length}`));
    }
    return this;
  }

  always(condition: string): this {
    this.conditions.push(condition);
    return this;
  }

  get where(): string {
    return this.conditions.length === 0 ? 'true' : this.conditions.join(' AND ');
  }
}

/** One page of `columns` from `tables` and the number of all rows: always two queries. */
export async function readPage<Row>(
  manager: EntityManager,
  select: {
    readonly columns: string;
    readonly tables: string;
    readonly order: string;
    readonly filter: Filter;
  },
  page: { readonly page: number; readonly pageSize: number },
): Promise<{ rows: Row[]; total: number }> {
  const { columns, tables, order, filter } = select;
  const [count] = await manager.query<[{ total: number }]>(
    `SELECT count(*)::int AS total FROM ${tables} WHERE ${filter.where}`,
    filter.values,
  );
  const rows: Row[] = await manager.query(
    `SELECT ${columns} FROM ${tables} WHERE ${filter.where} ORDER BY ${order}
     LIMIT ${page.pageSize} OFFSET ${(page.page - 1) * page.pageSize}`,
    filter.values,
  );
  return { rows, total: count.total };
}
