import { z } from 'zod';
import { instant, optionalLine, pageOf, pageQuery, uuid } from '../primitives.js';

export const registrationStatus = z.enum([
  'pending',
  'confirmed',
  'waitlisted',
  'offered',
  'rejected',
  'cancelled',
  'expired',
]);
export type RegistrationStatusCode = z.infer<typeof registrationStatus>;

export const formQuestion = z.object({
  key: z.string(),
  kind: z.enum(['text', 'number', 'choice', 'choices', 'yesno']),
  zh: z.string(),
  en: z.string(),
  required: z.boolean(),
  options: z.array(z.object({ value: z.string(), zh: z.string(), en: z.string() })),
});
export type FormQuestionView = z.infer<typeof formQuestion>;

/** text → string, number → number, choice → option value, choices → option values, yesno → boolean. */
export const answerValue = z.union([
  z.string().max(4000),
  z.number(),
  z.boolean(),
  z.array(z.string()).max(50),
]);
export const answers = z.record(z.string().max(64), answerValue.nullable());
export type Answers = z.infer<typeof answers>;

/** What a registration's pages say about its event. */
export const eventBrief = z.object({
  id: uuid,
  title: z.string(),
  titleEn: z.string().nullable(),
  state: z.enum(['draft', 'published', 'registration_closed', 'held', 'archived', 'cancelled']),
  startsAt: instant,
  endsAt: instant,
  venue: z.string().nullable(),
  address: z.string().nullable(),
});
export type EventBrief = z.infer<typeof eventBrief>;

/** POST /events/:id/registrations */
export const registerBody = z.object({
  organisationId: uuid.nullable().default(null),
  groupSize: z.number().int().min(1).max(10_000).default(1),
  answers: answers.default({}),
});
export type RegisterBody = z.infer<typeof registerBody>;

/** `position`: 1 = next in line; null unless waitlisted. */
export const registered = z.object({
  id: uuid,
  status: registrationStatus,
  position: z.number().int().nullable(),
});
export type Registered = z.infer<typeof registered>;

/** GET /events/:id/registration-form */
export const registrationForm = z.object({
  event: eventBrief,
  /** Why nobody can register now; null = open. */
  closed: z.enum(['not-open', 'closed']).nullable(),
  opensAt: instant.nullable(),
  closesAt: instant.nullable(),
  approvalRequired: z.boolean(),
  groupMax: z.number().int(),
  capacity: z.number().int(),
  freeSeats: z.number().int(),
  waiting: z.number().int(),
  offerHours: z.number().int(),
  questions: z.array(formQuestion),
  /** The actor's active registration. */
  mine: z.object({ id: uuid, status: registrationStatus }).nullable(),
});
export type RegistrationForm = z.infer<typeof registrationForm>;

export const expiredBecause = z
  .enum(['offer-unanswered', 'not-decided', 'never-offered', 'event-cancelled'])
  .nullable();

export const registrationRow = z.object({
  id: uuid,
  status: registrationStatus,
  groupSize: z.number().int(),
  organisation: z.string().nullable(),
  position: z.number().int().nullable(),
  offerExpiresAt: instant.nullable(),
  /** Why it expired; null unless it did. */
  expiredBecause,
  note: z.string().nullable(),
  createdAt: instant,
  checkedInAt: instant.nullable(),
  event: eventBrief,
});
export type RegistrationRow = z.infer<typeof registrationRow>;

/** GET /registrations: one's own. */
export const myRegistrationsQuery = pageQuery.extend({
  when: z.enum(['upcoming', 'past']).default('upcoming'),
});
export type MyRegistrationsQuery = z.infer<typeof myRegistrationsQuery>;
export const registrationPage = pageOf(registrationRow);
export type RegistrationPage = z.infer<typeof registrationPage>;

/** GET /registrations/:id */
export const registrationDetail = registrationRow.extend({
  personName: z.string(),
  answers,
  questions: z.array(formQuestion),
  onlineUrl: z.string().nullable(),
  canEditAnswers: z.boolean(),
  canCancel: z.boolean(),
  /** Reader is the registered person (else an organizer). */
  own: z.boolean(),
});
export type RegistrationDetail = z.infer<typeof registrationDetail>;

export const answersBody = z.object({ answers });
export const cancelBody = z.object({ note: optionalLine(500).default(null) });

/** GET /registrations/:id/ticket; `svg` is a complete SVG element of the QR code of `qr`. */
export const ticketView = z.object({
  ticketCode: z.string(),
  qr: z.string(),
  svg: z.string(),
  personName: z.string(),
  organisation: z.string().nullable(),
  groupSize: z.number().int(),
  event: eventBrief,
  checkedInAt: instant.nullable(),
});
export type TicketView = z.infer<typeof ticketView>;

/** GET /offers/:id?s=…: readable by whoever has the link; changes nothing. */
export const offerQuery = z.object({ s: z.string().max(100) });
export const offerView = z.object({
  registrationId: uuid,
  event: eventBrief,
  groupSize: z.number().int(),
  expiresAt: instant.nullable(),
  state: z.enum(['open', 'accepted', 'declined', 'expired', 'event-cancelled']),
});
export type OfferView = z.infer<typeof offerView>;

/** POST /offers/:id/accept | /decline; without `s` the signed-in person answers their own offer. */
export const offerAnswerBody = z.object({ s: z.string().max(100).nullable().default(null) });
