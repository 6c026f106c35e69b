import { Controller, Param, Sse, UseGuards, type MessageEvent } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { idParams } from '#libs/contracts/primitives.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { KnownEventGuard } from './known-event.guard.js';
import { LiveService } from './live.service.js';

@Controller('events')
export class LiveController {
  constructor(private readonly live: LiveService) {}

  @Sse(':id/live')
  @UseGuards(KnownEventGuard)
  @Endpoint({
    allow: 'signedIn',
    summary:
      'Server-sent events: `changed` whenever meetings, drafts, requests or offers of an event change.',
    file: 'text/event-stream',
  })
  listen(@Param({ schema: idParams }) { id }: { id: string }): Observable<MessageEvent> {
    return this.live.listen(id);
  }
}
