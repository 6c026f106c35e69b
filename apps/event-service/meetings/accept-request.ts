import type { EntityManager } from 'typeorm';
import { AppError } from '#libs/contracts/app-error.js';
import type { EventGrid } from '#libs/persistence/meetings/event-grid.js';
import { addMeeting } from './add-meeting.js';
import { refuseBeyondMaxima } from './full-limits.js';
import { spanWord } from './meeting-words.js';
import { sidesOf, type RequestRow } from './request-rows.js';
import { settleOffers } from './offer-freed-slot.js';
import { busyPerson, seatMeeting } from './seat-meeting.js';

/**
 * Makes a request a meeting, at the time agreed when there is one; the event's row is locked. Nobody gets more meetings
 * than they or their organisations may have. Answers what to wake.
 */
export async function acceptRequest(
  manager: EntityManager,
  row: RequestRow,
  grid: EventGrid,
  now: Date,
): Promise<string[]> {
  const { startsAt, endsAt } = row;
  const meetingId = await addMeeting(manager, row.eventId, await roles(manager, row), now);
  await refuseBeyondMaxima(manager, row.eventId, sidesOf(row));
  let mails: string[] = [];
  if (startsAt !== null && endsAt !== null) {
    if (!grid.open.some((slot) => slot.start === startsAt.getTime()))
      throw new AppError('request.slot-unknown');
    const span = { start: startsAt.getTime(), end: endsAt.getTime() };
    const busy = await busyPerson(manager, row.eventId, [row.fromPersonId, row.toPersonId], span);
    if (busy !== null) {
      const person = busy === row.fromPersonId ? row.fromPerson : row.toPerson;
      throw new AppError('request.time-taken', { person, time: spanWord(startsAt, endsAt) });
    }
    mails = await seatMeeting(manager, meetingId, span, now);
    mails.push(...(await settleOffers(manager, row.eventId, now)));
  }
  await manager.query(
    `UPDATE meeting_request SET status = 'accepted', meeting_id = $2, answered_at = $3, updated_at = $3 WHERE id = $1`,
    [row.id, meetingId, now],
  );
  return mails;
}

/** An enterprise that is asked by others sits on the enterprise side; otherwise who asks does. */
async function roles(
  manager: EntityManager,
  row: RequestRow,
): Promise<{ enterprisePersonId: string; institutePersonId: string }> {
  const kinds = await manager.query<{ id: string; kind: string }[]>(
    'SELECT id, kind FROM organisation WHERE id = ANY($1)',
    [[row.fromOrganisationId, row.toOrganisationId]],
  );
  const isEnterprise = (id: string) => kinds.some((one) => one.id === id && one.kind === 'enterprise');
  const turned = isEnterprise(row.toOrganisationId) && !isEnterprise(row.fromOrganisationId);
  return turned
    ? { enterprisePersonId: row.toPersonId, institutePersonId: row.fromPersonId }
    : { enterprisePersonId: row.fromPersonId, institutePersonId: row.toPersonId };
}
