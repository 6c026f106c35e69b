import { applyDecorators, type INestApplication } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import {
  ApiBody,
  ApiConsumes,
  ApiCookieAuth,
  ApiExtension,
  ApiOperation,
  ApiProduces,
  ApiResponse,
} from '@nestjs/swagger';
import { SESSION_COOKIE } from '../auth/session-cookie.js';
import { ENDPOINT, type EndpointOptions } from './endpoint.js';

/** Name of the operation's extension that tells the route policy in the API's document. */
const POLICY_EXTENSION = 'x-allow';

/** Methods that Swagger knows of already: said twice, its decorators add the second to the first. */
const described = new WeakSet<object>();

/**
 * Tells Swagger what the routes of `app` say about themselves. They do not tell it where they are declared: every
 * process has routes, and Swagger with what it needs would be a fifth of the files that a process loads to start.
 */
export function describeEndpoints(app: INestApplication): void {
  const scanner = new MetadataScanner();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      const prototype = metatype!.prototype as Record<string, object>;
      for (const name of scanner.getAllMethodNames(prototype)) describe(prototype, name);
    }
  }
}

function describe(prototype: Record<string, object>, name: string): void {
  const method = prototype[name]!;
  const options = Reflect.getMetadata(ENDPOINT, method) as EndpointOptions | undefined;
  if (options === undefined || described.has(method)) return;
  described.add(method);
  applyDecorators(...swaggerDecorators(options))(prototype, name, { value: method });
}

function swaggerDecorators(options: EndpointOptions): MethodDecorator[] {
  return [
    ApiOperation({ summary: options.summary }),
    ApiExtension(POLICY_EXTENSION, options.allow),
    ...(options.allow === 'public' ? [] : [ApiCookieAuth(SESSION_COOKIE)]),
    ...question(options),
    ...answer(options),
  ];
}

function question({ form }: EndpointOptions): MethodDecorator[] {
  if (form === undefined) return [];
  return [ApiConsumes('multipart/form-data'), ApiBody({ schema: { type: 'object', ...form } })];
}

function answer({ returns, file, status = 200 }: EndpointOptions): MethodDecorator[] {
  if (returns !== undefined) return [ApiResponse({ status, description: 'Done.', standardSchema: returns })];
  if (file === undefined) return [];
  const schema = { type: 'string', format: 'binary' };
  return [ApiProduces(file), ApiResponse({ status, description: 'The file.', schema })];
}
