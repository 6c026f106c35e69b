import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Actor } from '#libs/domain/access/actor.js';
import type { RoutePolicy } from '#libs/domain/access/route-policies.js';

export const ROUTE_POLICY = 'duijie:route-policy';

/** Says who may call a route. A route without it answers nobody and fails the authorisation matrix test. */
export const Allow = (policy: RoutePolicy): MethodDecorator & ClassDecorator =>
  SetMetadata(ROUTE_POLICY, policy);

export interface ActorRequest {
  actor?: Actor | null;
}

/** The acting person, or null for a visitor (only on routes that visitors may call). */
export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor | null =>
    context.switchToHttp().getRequest<ActorRequest>().actor ?? null,
);
