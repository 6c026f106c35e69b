import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { problem } from '#libs/contracts/problem.js';
import { SESSION_COOKIE } from '../auth/session-cookie.js';
import { describeEndpoints } from './describe-endpoints.js';

type SwaggerSchema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The API's OpenAPI document, made from the routes and their contract schemas. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  describeEndpoints(app);
  const builder = new DocumentBuilder()
    .setTitle('Duijie 对接')
    .setDescription(
      'Needs, capabilities, events, matches, meetings, invitations and results of a science & technology bureau.',
    )
    .setVersion('1')
    .addCookieAuth(SESSION_COOKIE, { type: 'apiKey', in: 'cookie' }, SESSION_COOKIE);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    standardSchemaConverter: (schema, { schemaType }) =>
      schema instanceof z.ZodType ? { schema: readableSchema(schema, schemaType) } : undefined,
  });
  return withProblems(document);
}

/** JSON schema of a contract without what only says its format a second time. */
function readableSchema(schema: z.ZodType, io: 'input' | 'output'): SwaggerSchema {
  const { $schema: _, ...converted } = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return converted as SwaggerSchema;
}

/** Every operation may answer with a problem. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const answer = {
    description: 'What went wrong, in the language of the request.',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation !== undefined)
        operation.responses['default'] = { $ref: '#/components/responses/Problem' };
    }
  }
  return {
    ...document,
    components: {
      ...document.components,
      schemas: { ...document.components?.schemas, Problem: readableSchema(problem, 'output') },
      responses: { Problem: answer },
    },
  };
}

/** Serves the document and its pages at /api/docs. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    useGlobalPrefix: true,
    jsonDocumentUrl: 'docs/openapi.json',
  });
}
