import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { AgendaBody, RoomsBody, TablesBody } from '#libs/contracts/events/event-editing.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { lockedFields } from '#libs/domain/access/event-access.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import {
  AgendaSessionEntity,
  EventEntity,
  MeetingTableEntity,
  RoomEntity,
  SpeakerEntity,
  type Event,
} from '#libs/persistence/entities/event.entity.js';
import { syncEventInvitations } from '#libs/persistence/notifications/sync-invitations.js';
import { Clock } from '#libs/platform/clock.js';
import { brokenConstraint, Transactions, type Transaction } from '#libs/platform/database/transactions.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { checkAgendaInside, checkRoomsFree } from './event-checks.js';
import { countTables, findOrCreateRooms, lockEvent, ruleProblems } from './event-steps.js';
import { wantedTables, type WantedTable } from './wanted-tables.js';

/** The agenda, rooms and tables of an event; each is written as a whole. */
@Injectable()
export class EventPartsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
  ) {}

  async writeAgenda(actor: Actor, id: string, body: AgendaBody): Promise<void> {
    const part = { field: 'agenda', updatedAt: body.updatedAt };
    await this.transactions.run((transaction) =>
      this.write(transaction, actor, id, part, async (manager, event) => {
        const rooms = await findOrCreateRooms(
          manager,
          event.venueId,
          body.sessions.map((session) => session.room),
        );
        const sessions = body.sessions.map((session) => ({
          title: session.title,
          abstract: session.abstract,
          startsAt: new Date(session.startsAt),
          endsAt: new Date(session.endsAt),
          roomId: session.room === null ? null : (rooms.get(session.room) ?? null),
          eventId: id,
          holdsRoom: !event.isTemplate,
        }));
        if (!event.isTemplate) await checkRoomsFree(manager, sessions, id);
        await manager.delete(AgendaSessionEntity, { eventId: id });
        try {
          for (const [index, session] of sessions.entries()) {
            const result = await manager.insert(AgendaSessionEntity, session);
            const sessionId = String(result.identifiers[0]!['id']);
            const speakers = body.sessions[index]!.speakers;
            await manager.insert(
              SpeakerEntity,
              speakers.map((speaker, position) => ({ ...speaker, sessionId, position })),
            );
          }
        } catch (error) {
          // Somebody took the room between the check above and this insertion.
          if (brokenConstraint(error) === 'agenda_session_room_once') throw new AppError('record.changed');
          throw error;
        }
        await checkAgendaInside(manager, event);
        return [];
      }),
    );
  }

  /** Creates rooms of the event's venue or changes how many people they hold; rooms that are not named stay. */
  async writeRooms(actor: Actor, id: string, body: RoomsBody): Promise<void> {
    const part = { field: 'rooms', updatedAt: null };
    await this.transactions.run((transaction) =>
      this.write(transaction, actor, id, part, async (manager, event) => {
        const names = body.rooms.map((room) => room.name);
        const rooms = await findOrCreateRooms(manager, event.venueId, names);
        for (const room of body.rooms)
          await manager.update(RoomEntity, { id: rooms.get(room.name) }, { capacity: room.capacity });
        return [];
      }),
    );
  }

  /** Throws `event.table-in-use` for a table that a meeting or timetable refers to. */
  writeTables(actor: Actor, id: string, body: TablesBody): Promise<void> {
    return this.transactions.run((transaction) => this.applyTables(transaction, actor, id, body));
  }

  /** The same in a transaction of the caller. */
  async applyTables(transaction: Transaction, actor: Actor, id: string, body: TablesBody): Promise<void> {
    const part = { field: 'tables', updatedAt: body.updatedAt };
    await this.write(transaction, actor, id, part, async (manager, event) => {
      const known = await manager.find(MeetingTableEntity, {
        where: { eventId: id },
        order: { position: 'ASC' },
      });
      const wanted = wantedTables(body, known);
      const rooms = await findOrCreateRooms(
        manager,
        event.venueId,
        wanted.map((table) => table.room),
      );
      const kept = new Set(wanted.map((table) => table.id));
      await removeTables(
        manager,
        known.filter((table) => !kept.has(table.id)),
      );
      await refuseUnknownHomes(manager, wanted);
      await saveTables(manager, id, wanted, rooms);
      await this.checkTables(manager, event);
      // Table labels and rooms stand in the calendar entries of meetings.
      return event.state === 'draft' ? [] : syncEventInvitations(manager, id, this.clock.now());
    });
  }

  private async checkTables(manager: EntityManager, event: Event): Promise<void> {
    if (event.state === 'draft' || (event.kind !== 'matchmaking' && event.slotMinutes === null)) return;
    if ((await countTables(manager, event.id)) > 0) return;
    const problems = ruleProblems([{ field: 'tables', rule: 'tables-missing' }]);
    throw new AppError('event.must-stay-ready', { count: 1 }, problems);
  }

  /** One part; the event's version moves on so that no editor overwrites another. */
  private async write(
    { manager, afterCommit }: Transaction,
    actor: Actor,
    id: string,
    part: { readonly field: string; readonly updatedAt: string | null },
    work: (manager: EntityManager, event: Event) => Promise<string[]>,
  ): Promise<void> {
    const event = await lockEvent(manager, id);
    if (part.updatedAt !== null && event.updatedAt.getTime() !== Date.parse(part.updatedAt))
      throw new AppError('record.changed');
    const locked = lockedFields(event, [part.field]);
    if (locked.length > 0) throw new AppError('event.not-editable', { fields: part.field });
    const wake = await work(manager, event);
    await manager.update(EventEntity, { id }, { updatedAt: this.clock.now() });
    await writeAudit(manager, {
      actorId: actor.personId,
      action: `change-event-${part.field}`,
      subjectKind: 'event',
      subjectId: id,
    });
    afterCommit(() => this.queue.wake('send-notification', wake));
  }
}

async function removeTables(
  manager: EntityManager,
  tables: readonly { readonly id: string; readonly label: string }[],
): Promise<void> {
  if (tables.length === 0) return;
  const used: { id: string }[] = await manager.query(
    `SELECT t.id FROM meeting_table t WHERE t.id = ANY($1)
       AND (EXISTS (SELECT FROM meeting m WHERE m.table_id = t.id)
         OR EXISTS (SELECT FROM placement p WHERE p.table_id = t.id))`,
    [tables.map((table) => table.id)],
  );
  if (used.length > 0) {
    const ids = new Set(used.map((table) => table.id));
    const labels = tables.filter((table) => ids.has(table.id)).map((table) => table.label);
    throw new AppError('event.table-in-use', { tables: labels.join('、') });
  }
  await manager.query('DELETE FROM meeting_table WHERE id = ANY($1)', [tables.map((table) => table.id)]);
}

async function refuseUnknownHomes(manager: EntityManager, tables: readonly WantedTable[]): Promise<void> {
  const ids = [...new Set(tables.flatMap(({ homeOrganisationId: id }) => (id === null ? [] : [id])))];
  const known = await manager.query<unknown[]>('SELECT 1 FROM organisation WHERE id = ANY($1)', [ids]);
  if (known.length < ids.length) throw new AppError('record.not-found', { what: '单位' });
}

async function saveTables(
  manager: EntityManager,
  eventId: string,
  tables: readonly WantedTable[],
  rooms: ReadonlyMap<string, string>,
): Promise<void> {
  // Labels are unique: two tables that swap names must not meet half way.
  await manager.query("UPDATE meeting_table SET label = 'moving ' || id WHERE event_id = $1", [eventId]);
  for (const [index, { id, label, room, features, homeOrganisationId }] of tables.entries()) {
    const roomId = room === null ? null : (rooms.get(room) ?? null);
    const values = { label, position: index + 1, roomId, features: [...features], homeOrganisationId };
    if (id === null) await manager.insert(MeetingTableEntity, { ...values, eventId });
    else await manager.update(MeetingTableEntity, { id, eventId }, values);
  }
}
