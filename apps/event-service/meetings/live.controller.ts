import { Controller, Param, Sse, UseGuards, type MessageEvent } from '@nestjs/common';
import { Observable, takeUntil } from 'rxjs';
import { idParams } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { SessionWatch } from '#libs/platform/auth/session-watch.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { KnownEventGuard } from './known-event.guard.js';
import { LiveService } from './live.service.js';

@Controller('events')
export class LiveController {
  constructor(
    private readonly live: LiveService,
    private readonly sessions: SessionWatch,
  ) {}

  @Sse(':id/live')
  @UseGuards(KnownEventGuard)
  @Endpoint({
    allow: 'signedIn',
    summary:
      'Server-sent events: `changed` whenever meetings, drafts, requests or offers of an event change.',
    file: 'text/event-stream',
  })
  listen(
    @CurrentActor() { sessionId }: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
  ): Observable<MessageEvent> {
    const over = new Observable<void>((subscriber) =>
      this.sessions.watch(sessionId, () => subscriber.next()),
    );
    return this.live.listen(id).pipe(takeUntil(over));
  }
}
