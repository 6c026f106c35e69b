import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  messagesPage,
  messagesQuery,
  readMessagesBody,
  unreadCount,
  type MessagesPage,
  type MessagesQuery,
  type ReadMessagesBody,
  type UnreadCount,
} from '#libs/contracts/notifications/messages.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { SessionWatch } from '#libs/platform/auth/session-watch.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { MessageStream } from './message-stream.js';
import { MessagesService } from './messages.service.js';

/** Proxies close connections on which nothing comes. */
const SIGN_OF_LIFE_MS = 25_000;

@Controller('me/messages')
export class MessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly stream: MessageStream,
    private readonly sessions: SessionWatch,
  ) {}

  @Get()
  @Endpoint({ allow: 'signedIn', summary: 'Own messages, newest first.', returns: messagesPage })
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: messagesQuery }) query: MessagesQuery,
  ): Promise<MessagesPage> {
    return this.messages.list(actor, query);
  }

  @Post('read')
  @HttpCode(200)
  @Endpoint({ allow: 'signedIn', summary: 'Marks messages read; all without ids.', returns: unreadCount })
  async read(
    @CurrentActor() actor: Actor,
    @Body({ schema: readMessagesBody }) { ids }: ReadMessagesBody,
  ): Promise<UnreadCount> {
    return { unread: await this.messages.markRead(actor, ids) };
  }

  @Get('unread')
  @Endpoint({
    allow: 'signedIn',
    summary: 'How many messages are unread; with Accept: text/event-stream again whenever that changes.',
    returns: unreadCount,
  })
  async unread(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UnreadCount | undefined> {
    const unread = await this.messages.unread(actor.personId);
    if (!request.headers.accept?.includes('text/event-stream')) return { unread };
    this.keepTelling(actor, unread, reply);
    return undefined;
  }

  private keepTelling({ personId, sessionId }: Actor, unread: number, reply: FastifyReply): void {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const tell = (count: number) =>
      raw.write(`event: unread\ndata: ${JSON.stringify({ unread: count })}\n\n`);
    tell(unread);
    const end = () => raw.end();
    const alive = setInterval(() => raw.write(': here\n\n'), SIGN_OF_LIFE_MS);
    const changed = () => {
      this.messages.unread(personId).then(tell, end);
    };
    const stops = [this.stream.listen(personId, changed, end), this.sessions.watch(sessionId, end)];
    raw.on('close', () => {
      clearInterval(alive);
      for (const stop of stops) stop();
    });
  }
}
