import { Controller, Param, Sse, type MessageEvent } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { idParams } from '#libs/contracts/primitives.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { LiveService } from './live.service.js';

@Controller('events')
export class LiveController {
  constructor(private readonly live: LiveService) {}

  @Sse(':id/live')
  @Endpoint({
    allow: 'signedIn',
    summary:
      'Server-sent events: `changed` whenever meetings, drafts, requests or offers of an event change.',
    file: 'text/event-stream',
  })
  listen(@Param({ schema: idParams }) { id }: { id: string }): Promise<Observable<MessageEvent>> {
    return this.live.listen(id);
  }
}
