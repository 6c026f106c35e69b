import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { EventCopy } from '#libs/contracts/events/event-editing.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { EventEntity, type Event } from '#libs/persistence/entities/event.entity.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { checkProgramme, nextEdition, withEdition } from './event-steps.js';
import { holdRooms } from './move-event.js';

/** Makes new drafts and templates of events and templates. */
@Injectable()
export class EventCopierService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Copies settings, questions, agenda, speakers and tables, moved by as much as the start moves; never registrations,
   * seats, meetings or history. Rooms of a template are not kept from others.
   */
  async copy(actor: Actor, sourceId: string, body: EventCopy): Promise<{ id: string }> {
    return this.transactions.run(async ({ manager }) => {
      const source = await manager.findOneBy(EventEntity, { id: sourceId });
      if (source === null) throw new AppError('record.not-found', { what: '活动' });
      if (body.startsAt === undefined && !body.asTemplate)
        throw new AppError('request.invalid', {}, [{ field: 'startsAt', message: 'required' }]);
      if (!body.asTemplate) await checkProgramme(manager, source.programmeId);
      const event = await this.copiedValues(manager, source, body, actor.personId);
      const result = await withEdition(this.transactions.manager, event, () =>
        manager.insert(EventEntity, event),
      );
      const id = String(result.identifiers[0]!['id']);
      await copyParts(manager, source.id, id, event.startsAt.getTime() - source.startsAt.getTime());
      await holdRooms(manager, id, !event.isTemplate);
      await writeAudit(manager, {
        actorId: actor.personId,
        action: body.asTemplate ? 'save-template' : 'clone-event',
        subjectKind: 'event',
        subjectId: id,
        detail: { from: source.id },
      });
      return { id };
    });
  }

  private async copiedValues(
    manager: EntityManager,
    source: Event,
    body: EventCopy,
    createdBy: string,
  ): Promise<Omit<Event, 'id'>> {
    const now = this.clock.now();
    const startsAt = body.startsAt === undefined ? source.startsAt : new Date(body.startsAt);
    const by = startsAt.getTime() - source.startsAt.getTime();
    const move = (instant: Date) => new Date(instant.getTime() + by);
    const moveOrNull = (instant: Date | null) => (instant === null ? null : move(instant));
    const isEdition = source.programmeId !== null && !body.asTemplate;
    const { id: clonedFromId, ...settings } = source;
    return {
      ...settings,
      title: body.title ?? source.title,
      titleEn: englishTitle(source, body),
      editionNo: isEdition ? (body.editionNo ?? (await nextEdition(manager, source.programmeId!))) : null,
      startsAt,
      endsAt: move(source.endsAt),
      registrationOpensAt: moveOrNull(source.registrationOpensAt),
      registrationClosesAt: moveOrNull(source.registrationClosesAt),
      slotsStartAt: moveOrNull(source.slotsStartAt),
      slotsEndAt: moveOrNull(source.slotsEndAt),
      clonedFromId,
      isTemplate: body.asTemplate,
      state: 'draft',
      seatsTaken: 0,
      stateNote: null,
      publishedAt: null,
      heldAt: null,
      createdBy,
      createdAt: now,
      updatedAt: now,
    };
  }
}

/** An English title that speaks of the original is not kept beside a new title. */
function englishTitle(source: Event, body: EventCopy): string | null {
  if (body.titleEn !== undefined) return body.titleEn;
  return body.title === undefined || body.title === source.title ? source.titleEn : null;
}

async function copyParts(
  manager: EntityManager,
  from: string,
  to: string,
  milliseconds: number,
): Promise<void> {
  await manager.query(
    `WITH source AS (SELECT uuidv7() AS new_id, s.* FROM agenda_session s WHERE s.event_id = $1),
     session AS (
       INSERT INTO agenda_session (id, event_id, room_id, starts_at, ends_at, title, abstract, holds_room)
       SELECT new_id, $2, room_id, starts_at + $3::interval, ends_at + $3::interval, title, abstract, false FROM source)
     INSERT INTO speaker (session_id, person_id, name, title, organisation, position)
     SELECT source.new_id, k.person_id, k.name, k.title, k.organisation, k.position
     FROM speaker k JOIN source ON source.id = k.session_id`,
    [from, to, `${milliseconds} milliseconds`],
  );
  await manager.query(
    `INSERT INTO meeting_table (event_id, room_id, label, position, features, home_organisation_id)
     SELECT $2, room_id, label, position, features, home_organisation_id FROM meeting_table WHERE event_id = $1`,
    [from, to],
  );
}
