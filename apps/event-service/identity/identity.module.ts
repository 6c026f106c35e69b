import { Module } from '@nestjs/common';
import { AttemptsService } from './attempts.service.js';
import { AuditController } from './audit.controller.js';
import { AuditService } from './audit.service.js';
import { AuthController } from './auth.controller.js';
import { FirstAdministratorService } from './first-administrator.service.js';
import { MeController } from './me.controller.js';
import { MeService } from './me.service.js';
import { PasswordService } from './password.service.js';
import { PeopleController } from './people.controller.js';
import { PeopleService } from './people.service.js';
import { SessionWriter } from './session-writer.js';
import { SessionsController } from './sessions.controller.js';
import { SignInService } from './sign-in.service.js';
import { SignUpService } from './sign-up.service.js';

@Module({
  controllers: [AuthController, SessionsController, MeController, PeopleController, AuditController],
  providers: [
    AttemptsService,
    AuditService,
    FirstAdministratorService,
    MeService,
    PasswordService,
    PeopleService,
    SessionWriter,
    SignInService,
    SignUpService,
  ],
  exports: [AttemptsService],
})
export class IdentityModule {}
