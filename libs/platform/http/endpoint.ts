import { applyDecorators, SerializeOptions } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import type { RoutePolicy } from '#libs/domain/access/route-policies.js';
import { Allow } from '../auth/allow.js';

interface EndpointOptions {
  /** Who may call it. */
  readonly allow: RoutePolicy;
  /** One English sentence for the API's documentation. */
  readonly summary: string;
  /** Shape of the answer; fields that are not in it never leave. Left out for files and redirects. */
  readonly returns?: z.ZodType;
  readonly status?: number;
}

/** Everything a route says about itself beside method, path and parameters. */
export function Endpoint(options: EndpointOptions): MethodDecorator {
  const { returns, status = 200 } = options;
  return applyDecorators(
    Allow(options.allow),
    ApiOperation({ summary: options.summary }),
    ...(returns === undefined
      ? []
      : [SerializeOptions({ schema: returns }), ApiResponse({ status, standardSchema: returns })]),
  );
}
