import type { EntityManager } from 'typeorm';
import type {
  EventBrief,
  FormQuestionView,
  RegistrationForm,
} from '#libs/contracts/registrations/registration.js';
import { registrationClosedReason } from '#libs/domain/registration/registration-window.js';
import { PUBLIC_EVENT } from '#libs/persistence/public-events.js';
import { EVENT_BRIEF, isoEvent } from './registration-rows.js';

interface FormRow {
  event: EventBrief;
  startsAt: Date;
  opensAt: Date | null;
  closesAt: Date | null;
  isTemplate: boolean;
  approvalRequired: boolean;
  groupMax: number;
  capacity: number;
  freeSeats: number;
  waiting: number;
  offerHours: number;
  questions: FormQuestionView[];
  mine: RegistrationForm['mine'];
}

const FORM = `
  SELECT ${EVENT_BRIEF} AS event, e.starts_at AS "startsAt", e.registration_opens_at AS "opensAt",
         e.registration_closes_at AS "closesAt", e.is_template AS "isTemplate", e.approval_required AS "approvalRequired",
         e.group_max AS "groupMax", e.capacity, e.capacity - e.seats_taken AS "freeSeats",
         (SELECT count(*)::int FROM registration w WHERE w.event_id = e.id AND w.status = 'waitlisted') AS waiting,
         e.offer_hours AS "offerHours", e.questions,
         (SELECT jsonb_build_object('id', r.id, 'status', r.status) FROM registration r
          WHERE r.event_id = e.id AND r.person_id = $2
            AND r.status IN ('pending', 'confirmed', 'waitlisted', 'offered')) AS mine
  FROM event e LEFT JOIN venue v ON v.id = e.venue_id WHERE e.id = $1 AND ${PUBLIC_EVENT}`;

/** What the registration page of an event shows to a person; null when there is no such (public) event. */
export async function readRegistrationForm(
  manager: EntityManager,
  eventId: string,
  personId: string,
  now: Date,
): Promise<RegistrationForm | null> {
  const rows: FormRow[] = await manager.query(FORM, [eventId, personId]);
  const row = rows[0];
  if (row === undefined) return null;
  const { startsAt, isTemplate, opensAt, closesAt, ...form } = row;
  const closed = registrationClosedReason(
    {
      state: row.event.state,
      isTemplate,
      startsAt,
      registrationOpensAt: opensAt,
      registrationClosesAt: closesAt,
    },
    now,
  );
  return {
    ...form,
    event: isoEvent(row.event),
    groupMax: Math.max(1, Math.min(row.groupMax, row.capacity)),
    closed,
    opensAt: opensAt?.toISOString() ?? null,
    closesAt: closesAt?.toISOString() ?? null,
  };
}
