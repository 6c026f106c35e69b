import { Module } from '@nestjs/common';
import { MessageStream } from './message-stream.js';
import { MessagesController } from './messages.controller.js';
import { MessagesService } from './messages.service.js';
import { PreferencesController } from './preferences.controller.js';
import { PreferencesService } from './preferences.service.js';

/** What a person hears: messages in the web application, and where else. */
@Module({
  controllers: [MessagesController, PreferencesController],
  providers: [MessageStream, MessagesService, PreferencesService],
})
export class MessagesModule {}
