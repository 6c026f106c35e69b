import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  answerBody,
  answerParams,
  answerView,
  eventAnswers,
  type AnswerBody,
  type AnswerView,
  type EventAnswers,
} from '#libs/contracts/notifications/answers.js';
import { idParams } from '#libs/contracts/primitives.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { AnswersService } from './answers.service.js';

/**
 * Answers to invitations. The signed link is the permission; reading it never changes an answer, because mail scanners
 * follow links.
 */
@Controller()
export class AnswersController {
  constructor(private readonly answers: AnswersService) {}

  @Get('rsvp/:token')
  @Endpoint({
    allow: 'public',
    summary: 'The invitation behind a mail’s link and the answer that counts; changes nothing.',
    returns: answerView,
  })
  read(@Param({ schema: answerParams }) { token }: { token: string }): Promise<AnswerView> {
    return this.answers.read(token);
  }

  @Post('rsvp/:token')
  @HttpCode(200)
  @Endpoint({ allow: 'public', summary: 'Answer an invitation.', returns: answerView })
  give(
    @Param({ schema: answerParams }) { token }: { token: string },
    @Body({ schema: answerBody }) body: AnswerBody,
  ): Promise<AnswerView> {
    return this.answers.give(token, body);
  }

  @Get('organizer/events/:id/answers')
  @Endpoint({
    allow: 'organizer',
    summary: 'Who comes, by the latest statement of every channel, and other times that were proposed.',
    returns: eventAnswers,
  })
  ofEvent(@Param({ schema: idParams }) { id }: { id: string }): Promise<EventAnswers> {
    return this.answers.ofEvent(id);
  }
}
