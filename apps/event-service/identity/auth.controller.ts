import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  changePasswordBody,
  emailBody,
  firstAdministratorBody,
  resetPasswordBody,
  signInBody,
  signUpBody,
  tokenBody,
} from '#libs/contracts/identity/auth.js';
import type {
  ChangePasswordBody,
  EmailBody,
  FirstAdministratorBody,
  ResetPasswordBody,
  SignInBody,
  SignUpBody,
  TokenBody,
} from '#libs/contracts/identity/auth.js';
import { done } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { FirstAdministratorService } from './first-administrator.service.js';
import { PasswordService } from './password.service.js';
import { originOf, SessionWriter } from './session-writer.js';
import { SignInService } from './sign-in.service.js';
import { SignUpService } from './sign-up.service.js';

interface Done {
  ok: true;
}
const OK: Done = { ok: true };

@Controller('auth')
export class AuthController {
  constructor(
    private readonly signUps: SignUpService,
    private readonly signIns: SignInService,
    private readonly passwords: PasswordService,
    private readonly firstAdministrators: FirstAdministratorService,
    private readonly sessions: SessionWriter,
  ) {}

  @Post('sign-up')
  @HttpCode(200)
  @Endpoint({
    allow: 'public',
    summary:
      'Registers an address; the answer is the same whether it is known or not, a mail says what to do.',
    returns: done,
  })
  async signUp(
    @Body({ schema: signUpBody }) body: SignUpBody,
    @Req() request: FastifyRequest,
  ): Promise<Done> {
    await this.signUps.signUp(body, request.ip);
    return OK;
  }

  @Post('verify-email')
  @HttpCode(200)
  @Endpoint({ allow: 'public', summary: 'Verifies an address by the token of its mail.', returns: done })
  async verifyEmail(@Body({ schema: tokenBody }) body: TokenBody): Promise<Done> {
    await this.signUps.verifyEmail(body.token);
    return OK;
  }

  @Post('resend-verification')
  @HttpCode(200)
  @Endpoint({ allow: 'public', summary: 'Sends the verification mail again.', returns: done })
  async resend(@Body({ schema: emailBody }) body: EmailBody): Promise<Done> {
    await this.signUps.resend(body);
    return OK;
  }

  @Post('sign-in')
  @HttpCode(200)
  @Endpoint({ allow: 'public', summary: 'Opens a session and sets its cookie.', returns: done })
  async signIn(
    @Body({ schema: signInBody }) body: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Done> {
    this.sessions.setCookie(reply, await this.signIns.signIn(body, originOf(request)));
    return OK;
  }

  @Post('sign-out')
  @HttpCode(200)
  @Endpoint({ allow: 'public', summary: 'Ends the session of the cookie, if there is one.', returns: done })
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Done> {
    await this.signIns.signOut(originOf(request).oldToken);
    this.sessions.clearCookie(reply);
    return OK;
  }

  @Post('sign-out-everywhere')
  @HttpCode(200)
  @Endpoint({ allow: 'signedIn', summary: 'Ends all sessions of the person.', returns: done })
  async signOutEverywhere(
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Done> {
    await this.signIns.signOutEverywhere(actor);
    this.sessions.clearCookie(reply);
    return OK;
  }

  @Post('forgot-password')
  @HttpCode(200)
  @Endpoint({
    allow: 'public',
    summary: 'Mails a link for a new password; the answer is the same for unknown addresses.',
    returns: done,
  })
  async forgot(@Body({ schema: emailBody }) body: EmailBody): Promise<Done> {
    await this.passwords.forgot(body);
    return OK;
  }

  @Post('reset-password')
  @HttpCode(200)
  @Endpoint({
    allow: 'public',
    summary: 'Sets a new password by the token of the mail and ends all sessions.',
    returns: done,
  })
  async reset(@Body({ schema: resetPasswordBody }) body: ResetPasswordBody): Promise<Done> {
    await this.passwords.reset(body);
    return OK;
  }

  @Post('change-password')
  @HttpCode(200)
  @Endpoint({
    allow: 'signedIn',
    summary: 'Changes the password; the current one is needed. The other sessions end.',
    returns: done,
  })
  async change(
    @CurrentActor() actor: Actor,
    @Body({ schema: changePasswordBody }) body: ChangePasswordBody,
  ): Promise<Done> {
    await this.passwords.change(actor, body);
    return OK;
  }

  @Post('first-administrator')
  @Endpoint({
    allow: 'public',
    summary: 'Creates the first administrator by the link that the start of the platform printed.',
    returns: done,
    status: 201,
  })
  async firstAdministrator(
    @Body({ schema: firstAdministratorBody }) body: FirstAdministratorBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Done> {
    this.sessions.setCookie(reply, await this.firstAdministrators.create(body, originOf(request)));
    return OK;
  }
}
