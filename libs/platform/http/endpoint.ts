import { applyDecorators, SerializeOptions, SetMetadata } from '@nestjs/common';
import type { z } from 'zod';
import type { RoutePolicy } from '#libs/domain/access/route-policies.js';
import { Allow } from '../auth/allow.js';

/** A field of a multipart form, in the words of a JSON schema. */
interface FormField {
  readonly type: 'string';
  readonly format?: 'binary' | 'uuid';
  readonly enum?: string[];
}

export interface EndpointOptions {
  /** Who may call it. */
  readonly allow: RoutePolicy;
  /** One English sentence for the API's documentation. */
  readonly summary: string;
  /** The multipart form it takes instead of JSON. */
  readonly form?: { readonly required: string[]; readonly properties: Record<string, FormField> };
  /** Shape of the answer; fields that are not in it never leave. Left out for files. */
  readonly returns?: z.ZodType;
  /** Media type of the file that a route without `returns` answers with. */
  readonly file?: string;
  readonly status?: number;
}

/** Metadata of a route's method: its EndpointOptions, for who describes the API. */
export const ENDPOINT = 'duijie:endpoint';

/** Everything a route says about itself beside method, path and parameters. */
export function Endpoint(options: EndpointOptions): MethodDecorator {
  return applyDecorators(
    Allow(options.allow),
    SetMetadata(ENDPOINT, options),
    ...(options.returns === undefined ? [] : [SerializeOptions({ schema: options.returns })]),
  );
}
