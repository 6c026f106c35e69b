import { Module } from '@nestjs/common';
import { CodesModule } from '../codes/codes.module.js';
import { EventCopierService } from './event-copier.service.js';
import { EventEditorService } from './event-editor.service.js';
import { EventPartsController } from './event-parts.controller.js';
import { EventPartsService } from './event-parts.service.js';
import { EventPreviewService } from './event-preview.service.js';
import { EventReaderService } from './event-reader.service.js';
import { EventStatesService } from './event-states.service.js';
import { EventsController } from './events.controller.js';
import { OrganizerEventReaderService } from './organizer-event-reader.service.js';
import { OrganizerEventsController } from './organizer-events.controller.js';

@Module({
  imports: [CodesModule],
  controllers: [EventsController, OrganizerEventsController, EventPartsController],
  providers: [
    EventReaderService,
    OrganizerEventReaderService,
    EventEditorService,
    EventCopierService,
    EventPartsService,
    EventStatesService,
    EventPreviewService,
  ],
  exports: [EventEditorService, EventPreviewService],
})
export class EventsModule {}
