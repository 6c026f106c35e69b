import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { loadConfig } from '#config/config.js';
import { openApiDocument } from '#libs/platform/http/openapi.js';
import { StandaloneModule } from './standalone.module.js';

/** The API's document without starting anything: no database, no port (Nest's preview mode creates no providers). */
export async function describeApi(): Promise<OpenAPIObject> {
  const config = loadConfig({ NODE_ENV: 'test', DATABASE_URL: 'postgres://127.0.0.1/preview' });
  const app = await NestFactory.create(StandaloneModule.forRoot(config), new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  app.setGlobalPrefix('api');
  return openApiDocument(app);
}
