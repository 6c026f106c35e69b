import { applyDecorators, SerializeOptions } from '@nestjs/common';
import { ApiCookieAuth, ApiExtension, ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import type { RoutePolicy } from '#libs/domain/access/route-policies.js';
import { Allow } from '../auth/allow.js';
import { SESSION_COOKIE } from '../auth/session-cookie.js';

interface EndpointOptions {
  /** Who may call it. */
  readonly allow: RoutePolicy;
  /** One English sentence for the API's documentation. */
  readonly summary: string;
  /** Shape of the answer; fields that are not in it never leave. Left out for files. */
  readonly returns?: z.ZodType;
  /** Media type of the file that a route without `returns` answers with. */
  readonly file?: string;
  readonly status?: number;
}

/** Name of the operation's extension that tells the route policy in the API's document. */
export const POLICY_EXTENSION = 'x-allow';

/** Everything a route says about itself beside method, path and parameters. */
export function Endpoint(options: EndpointOptions): MethodDecorator {
  return applyDecorators(
    Allow(options.allow),
    ApiOperation({ summary: options.summary }),
    ApiExtension(POLICY_EXTENSION, options.allow),
    ...(options.allow === 'public' ? [] : [ApiCookieAuth(SESSION_COOKIE)]),
    ...answer(options),
  );
}

function answer({ returns, file, status = 200 }: EndpointOptions): MethodDecorator[] {
  if (returns !== undefined) {
    return [
      SerializeOptions({ schema: returns }),
      ApiResponse({ status, description: 'Done.', standardSchema: returns }),
    ];
  }
  if (file === undefined) return [];
  const schema = { type: 'string', format: 'binary' };
  return [ApiProduces(file), ApiResponse({ status, description: 'The file.', schema })];
}
