import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import {
  StandardSchemaSerializerInterceptor,
  StandardSchemaValidationPipe,
  type DynamicModule,
  type Type,
} from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '#config/config.js';
import { AppError } from '#libs/contracts/app-error.js';
import { storableJson } from '#libs/domain/text/clean-text.js';
import { AuthGuard } from '../auth/auth.guard.js';
import { platformLogger } from '../logger.js';
import { ProblemFilter } from './problem.filter.js';
import { RequestPace } from './request-pace.js';

/** The HTTP application with everything that holds for every route; not yet listening. */
export async function createHttpApp(
  module: Type | DynamicModule,
  config: Config,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    trustProxy: config.trustProxy,
    bodyLimit: 1024 * 1024,
    routerOptions: { ignoreTrailingSlash: true },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: platformLogger(config),
  });
  // Mails of a gateway are taken as they are; everything else stays JSON.
  adapter
    .getInstance()
    .addContentTypeParser(
      'message/rfc822',
      { parseAs: 'buffer', bodyLimit: config.inbound.maxBytes },
      (_request: unknown, body: unknown, done: (error: null, body: unknown) => void) => done(null, body),
    );
  const pace = app.get(RequestPace);
  adapter.getInstance().addHook('onRequest', (_request: unknown, _reply: unknown, done: () => void) => {
    pace.note(performance.now());
    done();
  });
  adapter.getInstance().addHook('preValidation', keepStorable);
  await app.register(cookie);
  await app.register(multipart, { limits: { fileSize: config.uploadMaxBytes, files: 1, fields: 20 } });
  await app.register(helmet, { contentSecurityPolicy: contentSecurityPolicy(config) });
  app.setGlobalPrefix('api');
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: invalidRequest }));
  app.useGlobalInterceptors(new StandardSchemaSerializerInterceptor(app.get(Reflector)));
  app.useGlobalGuards(app.get(AuthGuard));
  app.useGlobalFilters(new ProblemFilter());
  return app;
}

function contentSecurityPolicy(config: Config): { directives: Record<string, string[] | null> } {
  return {
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      connectSrc: ["'self'"],
      frameSrc: ["'self'"],
      frameAncestors: ["'self'"],
      upgradeInsecureRequests: config.publicUrl?.startsWith('https:') ? [] : null,
    },
  };
}

interface Received {
  body: unknown;
  query: unknown;
  params: unknown;
}

/** Contracts clean the texts that people type; what no database keeps goes from everything else as well. */
function keepStorable(request: Received, _reply: unknown, done: () => void): void {
  request.body = storableJson(request.body);
  request.query = storableJson(request.query);
  request.params = storableJson(request.params);
  done();
}

/** Contracts check what comes and what goes; Fastify would load its own compilers of schemas at every start. */
function noSchemas(): never {
  throw new Error('Routes have contracts, not schemas of Fastify.');
}

type Issue = {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[];
};

function invalidRequest(issues: readonly Issue[]): AppError {
  const problems = issues.slice(0, 100).map((issue) => ({
    field: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    message: issue.message,
  }));
  return new AppError('request.invalid', {}, problems);
}
