import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The API's OpenAPI document, made from the routes and their contract schemas. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Duijie 对接')
    .setDescription(
      'Needs, capabilities, events, matches, meetings, invitations and results of a science & technology bureau.',
    )
    .setVersion('1')
    .addCookieAuth('duijie_session');
  return SwaggerModule.createDocument(app, builder.build());
}

/** Serves the document and its pages at /api/docs. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    useGlobalPrefix: true,
    jsonDocumentUrl: 'docs/openapi.json',
  });
}
