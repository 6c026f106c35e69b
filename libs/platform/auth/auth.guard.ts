import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AppError } from '#libs/contracts/app-error.js';
import { decideRoute, type RoutePolicy } from '#libs/domain/access/route-policies.js';
import { ActorLoader } from './actor-loader.js';
import { ROUTE_POLICY, type ActorRequest } from './allow.js';
import { hashToken, SESSION_COOKIE } from './session-cookie.js';

type Request = FastifyRequest & ActorRequest & { cookies?: Record<string, string | undefined> };

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Loads the actor of the session cookie and decides whether the route may be called: the one gate of the API. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly actors: ActorLoader,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const policy = this.reflector.getAllAndOverride<RoutePolicy | undefined>(ROUTE_POLICY, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (policy === undefined) throw new AppError('auth.forbidden');
    refuseCrossSite(request);
    const token = request.cookies?.[SESSION_COOKIE];
    request.actor = token === undefined ? null : await this.actors.load(hashToken(token));
    const decision = decideRoute(policy, request.actor);
    if (decision === 'allow') return true;
    throw new AppError(decision === 'sign-in' ? 'auth.sign-in' : 'auth.forbidden');
  }
}

/** SameSite=Lax keeps the cookie out of foreign posts; browsers also say where a post came from. */
function refuseCrossSite(request: Request): void {
  if (SAFE_METHODS.has(request.method) || request.cookies?.[SESSION_COOKIE] === undefined) return;
  if (request.headers['sec-fetch-site'] === 'cross-site') throw new AppError('request.cross-site');
}
