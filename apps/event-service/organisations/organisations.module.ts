import { Module } from '@nestjs/common';
import { CodesModule } from '../codes/codes.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { InvitationsService } from './invitations.service.js';
import { MembersController } from './members.controller.js';
import { MembersService } from './members.service.js';
import { OrganisationsController } from './organisations.controller.js';
import { OrganisationsService } from './organisations.service.js';
import { VerificationService } from './verification.service.js';

@Module({
  imports: [CodesModule, IdentityModule],
  controllers: [OrganisationsController, MembersController],
  providers: [InvitationsService, MembersService, OrganisationsService, VerificationService],
})
export class OrganisationsModule {}
