import { Module } from '@nestjs/common';
import { AdmissionDesk } from './admission-desk.js';
import { ApprovalsService } from './approvals.service.js';
import { CancellationsService } from './cancellations.service.js';
import { CheckInsController } from './check-ins.controller.js';
import { CheckInsService } from './check-ins.service.js';
import { CloseUndecided } from './close-undecided.js';
import { ExpireOffers } from './expire-offers.js';
import { OffersController } from './offers.controller.js';
import { OffersService } from './offers.service.js';
import { ParticipantsController } from './participants.controller.js';
import { ParticipantsService } from './participants.service.js';
import { RegistrationsController } from './registrations.controller.js';
import { RegistrationsService } from './registrations.service.js';
import { SeatingService } from './seating.service.js';

@Module({
  controllers: [RegistrationsController, OffersController, ParticipantsController, CheckInsController],
  providers: [
    AdmissionDesk,
    ApprovalsService,
    CancellationsService,
    CheckInsService,
    CloseUndecided,
    ExpireOffers,
    OffersService,
    ParticipantsService,
    RegistrationsService,
    SeatingService,
  ],
  exports: [CloseUndecided, ExpireOffers],
})
export class RegistrationsModule {}
