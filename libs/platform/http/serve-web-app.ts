import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Where `npm run build` puts the pages, seen from this file in `dist/libs/platform/http` and, in tests, from its source. */
const BUILT_PAGES = ['../../../web', '../../../dist/web'].map((relative) =>
  path.resolve(import.meta.dirname, relative),
);
const hasPages = (folder: string): boolean => existsSync(path.join(folder, 'index.html'));

const HASHED = /-[A-Za-z0-9_-]{8,}\.\w+$/;

/** Serves the built pages; every path outside /api that is no file answers with the single-page application. */
export async function serveWebApp(app: NestFastifyApplication): Promise<void> {
  const root = BUILT_PAGES.find(hasPages);
  if (root === undefined) return;
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, file) => {
      reply.setHeader(
        'cache-control',
        HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/*', (request: FastifyRequest, reply: FastifyReply) => {
    // A page of an older build asks for files that are gone: it must not get a page instead.
    if (/^\/(api|assets)\//.test(request.url)) return reply.callNotFound();
    return reply.header('cache-control', 'no-cache').sendFile('index.html');
  });
}
