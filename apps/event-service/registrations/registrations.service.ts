import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import QRCode from 'qrcode';
import { AppError } from '#libs/contracts/app-error.js';
import type {
  Answers,
  MyRegistrationsQuery,
  RegisterBody,
  Registered,
  RegistrationDetail,
  RegistrationForm,
  RegistrationPage,
  TicketView,
} from '#libs/contracts/registrations/registration.js';
import { isOrganizer, type Actor } from '#libs/domain/access/actor.js';
import {
  canChangeRegistration,
  canHoldTicket,
  canReadRegistration,
  canRegisterFor,
} from '#libs/domain/access/registration-access.js';
import { checkAnswers } from '#libs/domain/registration/check-answers.js';
import { ticketQr } from '#libs/domain/registration/ticket.js';
import { writeAudit } from '#libs/persistence/audit/write-audit.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { Signer } from '#libs/platform/secrets.js';
import { AdmissionDesk } from './admission-desk.js';
import { readRegistrationForm } from './registration-form.js';
import {
  findRegistration,
  listOwnRegistrations,
  registrationRowOf,
  type RegistrationRecord,
} from './registration-rows.js';

const ACTIVE = new Set(['pending', 'confirmed', 'waitlisted', 'offered']);

/** What people do with their own registrations. */
@Injectable()
export class RegistrationsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly desk: AdmissionDesk,
    private readonly clock: Clock,
    private readonly signer: Signer,
  ) {}

  async form(actor: Actor, eventId: string): Promise<RegistrationForm> {
    const form = await readRegistrationForm(
      this.transactions.manager,
      eventId,
      actor.personId,
      this.clock.now(),
    );
    if (form === null) throw new AppError('record.not-found', { what: '活动' });
    return form;
  }

  async register(actor: Actor, eventId: string, body: RegisterBody): Promise<Registered> {
    if (!canRegisterFor(actor, body.organisationId)) throw new AppError('registration.not-member');
    return this.desk.admit({
      eventId,
      personId: actor.personId,
      personName: actor.name,
      organisationId: body.organisationId,
      groupSize: body.groupSize,
      answers: body.answers,
      addedBy: null,
    });
  }

  async listOwn(actor: Actor, query: MyRegistrationsQuery): Promise<RegistrationPage> {
    const { page, pageSize } = query;
    const { rows, total } = await listOwnRegistrations(this.transactions.manager, actor.personId, {
      when: query.when,
      now: this.clock.now(),
      limit: pageSize,
      offset: (page - 1) * pageSize,
    });
    return { rows: rows.map(registrationRowOf), total, page, pageSize };
  }

  async read(actor: Actor, id: string): Promise<RegistrationDetail> {
    const record = await readableRegistration(this.transactions.manager, actor, id);
    const mayChange = canChangeRegistration(actor, record);
    const started = this.clock.now() >= new Date(record.event.startsAt);
    return {
      ...registrationRowOf(record),
      personName: record.personName,
      answers: record.answers,
      questions: record.questions,
      onlineUrl: record.status === 'confirmed' ? record.onlineUrl : null,
      canEditAnswers: mayChange && record.questions.length > 0 && this.answersOpen(actor, record),
      canCancel:
        mayChange &&
        record.checkedInAt === null &&
        ACTIVE.has(record.status) &&
        (!started || isOrganizer(actor)),
      own: record.personId === actor.personId,
    };
  }

  /** Answers may be changed until registration closes; organizers may always correct them. */
  async changeAnswers(actor: Actor, id: string, given: Answers): Promise<RegistrationDetail> {
    await this.transactions.run(async ({ manager }) => {
      const record = await readableRegistration(manager, actor, id);
      if (!canChangeRegistration(actor, record)) throw new AppError('auth.forbidden');
      if (!this.answersOpen(actor, record)) throw new AppError('registration.answers-closed');
      const { answers, problems } = checkAnswers(record.questions, given);
      if (problems.length > 0) throw new AppError('request.invalid', {}, problems);
      await manager.query('UPDATE registration SET answers = $2, updated_at = $3 WHERE id = $1', [
        id,
        JSON.stringify(answers),
        this.clock.now(),
      ]);
      await writeAudit(manager, {
        actorId: actor.personId,
        action: 'change-answers',
        subjectKind: 'registration',
        subjectId: id,
        detail: { before: record.answers, after: answers },
      });
    });
    return this.read(actor, id);
  }

  async ticket(actor: Actor, id: string): Promise<TicketView> {
    const record = await readableRegistration(this.transactions.manager, actor, id);
    if (!canHoldTicket(actor, record)) throw new AppError('auth.forbidden');
    if (record.status !== 'confirmed') throw new AppError('ticket.not-confirmed');
    const qr = ticketQr(record.ticketCode, this.signer.sign('ticket', record.ticketCode));
    return {
      ticketCode: record.ticketCode,
      qr,
      svg: await QRCode.toString(qr, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }),
      personName: record.personName,
      organisation: record.organisation,
      groupSize: record.groupSize,
      event: record.event,
      checkedInAt: record.checkedInAt?.toISOString() ?? null,
    };
  }

  private answersOpen(actor: Actor, record: RegistrationRecord): boolean {
    if (!ACTIVE.has(record.status)) return false;
    if (isOrganizer(actor)) return true;
    const { state, startsAt } = record.event;
    return state === 'published' && this.clock.now() < (record.registrationClosesAt ?? new Date(startsAt));
  }
}

/** A registration that the actor may read; others are told that there is none. */
export async function readableRegistration(
  manager: EntityManager,
  actor: Actor,
  id: string,
): Promise<RegistrationRecord> {
  const record = await findRegistration(manager, id);
  if (record === null || !canReadRegistration(actor, record))
    throw new AppError('record.not-found', { what: '报名' });
  return record;
}
