import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { RequestMethod } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { describeApi } from '../../apps/standalone/describe-api.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { routesOf, routesOfDocument } from '../support/routes.js';

type Operation = {
  operationId: string;
  summary?: string;
  requestBody?: { content: Record<string, { schema?: object }> };
  responses: Record<string, { content?: Record<string, { schema?: object }>; $ref?: string }>;
  security?: Record<string, string[]>[];
  'x-allow'?: string;
};

let platform: TestPlatform;
const document = (await describeApi()) as unknown as { paths: Record<string, Record<string, Operation>> };
const operations = Object.entries(document.paths).flatMap(([route, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${route}`, operation })),
);

beforeAll(async () => {
  platform = await startTestPlatform();
}, 60_000);
afterAll(() => platform.stop());

test('the committed document is the one of the routes (else: npm run openapi)', async () => {
  const committed = await readFile(path.resolve(import.meta.dirname, '../../openapi.json'), 'utf8');
  expect(JSON.parse(JSON.stringify(document))).toEqual(JSON.parse(committed));
}, 60_000);

test('the running platform answers exactly the routes of the document', async () => {
  const fastify: FastifyInstance = platform.running.app.getHttpAdapter().getInstance();
  const api = routesOf(fastify).filter((route) => / \/api\/(?!docs)/.test(route));
  expect(api).toEqual(routesOfDocument(document.paths));
  const served = await platform.client().get('/docs/openapi.json');
  expect(served.body).toEqual(JSON.parse(JSON.stringify(document)));
});

test.each(operations)('$name tells its policy, its answer and its problem', ({ operation }) => {
  expect(operation.summary).toMatch(/\.$/);
  expect(operation.security ?? []).toEqual(operation['x-allow'] === 'public' ? [] : [{ duijie_session: [] }]);
  const [success, ...rest] = Object.entries(operation.responses);
  expect(rest).toEqual([['default', { $ref: '#/components/responses/Problem' }]]);
  const answers = Object.values(success![1].content ?? {});
  expect(answers.map(({ schema }) => Object.keys(schema ?? {}).length > 0)).toEqual([true]);
  for (const { schema } of Object.values(operation.requestBody?.content ?? {})) {
    expect(Object.keys(schema ?? {})).not.toEqual([]);
  }
});

test('every route answers with the status that the document names', () => {
  const sent: Record<string, string> = {};
  for (const module of platform.running.app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      const methods = Object.entries(Object.getOwnPropertyDescriptors(metatype!.prototype as object));
      for (const [name, { value }] of methods as [string, { value: object }][]) {
        const verb = Reflect.getMetadata(METHOD_METADATA, value) as RequestMethod | undefined;
        if (verb === undefined) continue;
        const status = Reflect.getMetadata(HTTP_CODE_METADATA, value) as number | undefined;
        sent[`${metatype!.name}_${name}`] = String(status ?? (verb === RequestMethod.POST ? 201 : 200));
      }
    }
  }
  const named = operations.map(({ operation }) => [
    operation.operationId,
    Object.keys(operation.responses)[0],
  ]);
  expect(sent).toEqual(Object.fromEntries(named));
});

test('the page of the document runs under the content security policy', async () => {
  const page = await platform.client().raw('/docs');
  const html = await page.text();
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  const scripts = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
  expect(scripts.map(([, , inline]) => inline!.trim())).toEqual(scripts.map(() => ''));
  for (const [, attributes] of scripts) {
    const source = /src="\.?\/?([^"]+)"/.exec(attributes!)![1]!;
    const answer = await fetch(new URL(source, `${platform.url}/api/`));
    expect([source, answer.status]).toEqual([source, 200]);
    // A connection whose answer is not read to its end keeps the server from closing.
    await answer.arrayBuffer();
  }
});
