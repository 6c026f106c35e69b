import { AppError } from '#libs/contracts/app-error.js';
import { checkAnswers } from '#libs/domain/registration/check-answers.js';
import {
  isSeatingPossible,
  registrationClosedReason,
} from '#libs/domain/registration/registration-window.js';
import type { LockedEvent } from '#libs/persistence/registrations/lock-event.js';
import type { AdmissionRequest } from './admit-batch.js';

export interface AcceptedRequest {
  readonly request: AdmissionRequest;
  readonly answers: Record<string, unknown>;
}

/**
 * Whether each request may be registered for at all; seats come later. `registered` maps people to their active
 * registration; a second request of one person in the same batch is refused like any other second one.
 */
export function judgeAdmission(
  event: LockedEvent,
  requests: readonly AdmissionRequest[],
  registered: ReadonlyMap<string, string>,
  now: Date,
): (AcceptedRequest | AppError)[] {
  const seen = new Set<string>();
  return requests.map((request) => {
    const verdict = judge(
      event,
      request,
      registered.get(request.personId) ?? (seen.has(request.personId) ? '' : null),
      now,
    );
    if (!(verdict instanceof AppError)) seen.add(request.personId);
    return verdict;
  });
}

function judge(
  event: LockedEvent,
  request: AdmissionRequest,
  existing: string | null,
  now: Date,
): AcceptedRequest | AppError {
  if (existing !== null) {
    if (request.addedBy !== null)
      return new AppError('registration.person-exists', { event: event.title, name: request.personName });
    const link = existing === '' ? '/my/registrations' : `/registrations/${existing}`;
    return new AppError('registration.exists', { event: event.title, link, id: existing });
  }
  const closed = closedFor(event, request, now);
  if (closed !== null) {
    return new AppError(closed === 'not-open' ? 'registration.not-open' : 'registration.closed', {
      event: event.title,
    });
  }
  const max = request.addedBy === null ? Math.min(event.groupMax, event.capacity) : event.capacity;
  if (request.groupSize > max)
    return new AppError('registration.group-too-large', { max, size: request.groupSize });
  const { answers, problems } = checkAnswers(event.questions, request.answers, {
    requireAll: request.addedBy === null,
  });
  return problems.length > 0 ? new AppError('request.invalid', {}, problems) : { request, answers };
}

function closedFor(event: LockedEvent, request: AdmissionRequest, now: Date): 'not-open' | 'closed' | null {
  if (request.addedBy === null) return registrationClosedReason(event, now);
  return isSeatingPossible(event, now) ? null : 'closed';
}
