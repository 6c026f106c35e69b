import { IdentityModule } from './identity/identity.module.js';
import { OrganisationsModule } from './organisations/organisations.module.js';
import { CodesModule } from './codes/codes.module.js';
import { NeedsModule } from './needs/needs.module.js';
import { CalendarsModule } from './calendars/calendars.module.js';
import { CapabilitiesModule } from './capabilities/capabilities.module.js';
import { InboundApiModule } from './inbound/inbound.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { ProgrammesModule } from './programmes/programmes.module.js';
import { EventsModule } from './events/events.module.js';
import { RegistrationsModule } from './registrations/registrations.module.js';
import { MatchesModule } from './matches/matches.module.js';
import { MatchRulesModule } from './match-rules/match-rules.module.js';
import { MeetingsModule } from './meetings/meetings.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { PlacesModule } from './places/places.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { ResultsModule } from './results/results.module.js';
import { NumbersModule } from './numbers/numbers.module.js';
import { SweepsModule } from './sweeps/sweeps.module.js';
import { Module } from '@nestjs/common';

/** The HTTP API. Needs the PlatformModule beside it. */
@Module({
  imports: [
    IdentityModule,
    OrganisationsModule,
    CodesModule,
    NeedsModule,
    CapabilitiesModule,
    ImportsModule,
    ProgrammesModule,
    EventsModule,
    RegistrationsModule,
    MatchesModule,
    MatchRulesModule,
    MeetingsModule,
    NotificationsModule,
    MessagesModule,
    PlacesModule,
    InboundApiModule,
    CalendarsModule,
    ResultsModule,
    NumbersModule,
    SweepsModule,
  ],
})
export class EventServiceModule {}
