import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Where `npm run build` puts the pages, seen from `dist/processes`, `dist/libs/platform/http` and, in tests, the source. */
const BUILT_PAGES = ['../web', '../../../web', '../../../dist/web'].map((relative) =>
  path.resolve(import.meta.dirname, relative),
);
const hasPages = (folder: string): boolean => existsSync(path.join(folder, 'index.html'));

/** The build names these by their content: under one name they never change. */
const HASHED = /[\\/]assets[\\/].*-[A-Za-z0-9_-]{8,}\.\w+$/;

/** Serves the built pages; every path outside /api that is no file answers with the single-page application. */
export async function serveWebApp(app: NestFastifyApplication): Promise<void> {
  await servePages(app.getHttpAdapter().getInstance(), BUILT_PAGES);
}

/**
 * Files are looked up when they are asked for: what a build puts in place while the server runs is served at once.
 * `folders`: the first that holds pages counts.
 */
export async function servePages(fastify: FastifyInstance, folders: readonly string[]): Promise<void> {
  await fastify.register(fastifyStatic, {
    serve: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, file) => {
      reply.setHeader(
        'cache-control',
        HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  fastify.get<{ Params: { '*': string } }>('/*', async (request, reply) => {
    const root = folders.find(hasPages);
    const file = request.params['*'];
    if (root === undefined) return reply.callNotFound();
    if (await isFileOf(root, file)) return reply.sendFile(file, root);
    return isFilePath(request) ? reply.callNotFound() : sendPage(reply, root);
  });
}

/** A page of an older build asks for files that are gone: it must not get a page instead. */
const isFilePath = (request: FastifyRequest): boolean => /^\/(api|assets)\//.test(request.url);

const sendPage = (reply: FastifyReply, root: string): FastifyReply => reply.sendFile('index.html', root);

/** Whether a path names a file inside the folder; hidden files and whatever leads out of it do not count. */
async function isFileOf(root: string, file: string): Promise<boolean> {
  const parts = file.split(/[\\/]/);
  if (parts.some((part) => part === '' || part.startsWith('.')) || file.includes('\0')) return false;
  return stat(path.join(root, file)).then(
    (found) => found.isFile(),
    () => false,
  );
}
