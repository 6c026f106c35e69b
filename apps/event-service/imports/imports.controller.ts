import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AppError } from '#libs/contracts/app-error.js';
import {
  exportQuery,
  importBatchDetail,
  importBatchPage,
  importRowPage,
  importRowQuery,
  importUpload,
  startImport,
  type ImportBatchDetail,
} from '#libs/contracts/imports/imports.js';
import { idParams, pageQuery } from '#libs/contracts/primitives.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { attachmentHeader, uploadedFileName } from '#libs/domain/text/file-name.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { ExportsService } from './exports.service.js';
import { ImportsService } from './imports.service.js';

type IdParams = z.infer<typeof idParams>;

@Controller('organizer')
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly exports: ExportsService,
  ) {}

  @Post('imports')
  @Endpoint({
    allow: 'organizer',
    summary: 'Uploads a CSV, XLSX or JSONL file of needs or capabilities for a preview.',
    form: {
      required: ['file', 'kind', 'source'],
      properties: {
        file: { type: 'string', format: 'binary' },
        kind: { type: 'string', enum: ['need', 'capability'] },
        source: { type: 'string' },
        organisationId: { type: 'string', format: 'uuid' },
      },
    },
    returns: importBatchDetail,
    status: 201,
  })
  async upload(@Req() request: FastifyRequest, @CurrentActor() actor: Actor): Promise<ImportBatchDetail> {
    const { fields, file } = await readUpload(request);
    return this.imports.upload(actor, fields, file);
  }

  @Get('imports')
  @Endpoint({ allow: 'organizer', summary: 'Import batches, newest first.', returns: importBatchPage })
  list(
    @Query({ schema: pageQuery }) query: z.infer<typeof pageQuery>,
  ): Promise<z.infer<typeof importBatchPage>> {
    return this.imports.list(query.page, query.pageSize);
  }

  @Get('imports/:id')
  @Endpoint({
    allow: 'organizer',
    summary: 'One import batch with its progress.',
    returns: importBatchDetail,
  })
  read(@Param({ schema: idParams }) params: IdParams): Promise<ImportBatchDetail> {
    return this.imports.read(params.id);
  }

  @Get('imports/:id/rows')
  @Endpoint({
    allow: 'organizer',
    summary: 'The rows of a batch with their problems and outcomes.',
    returns: importRowPage,
  })
  rows(
    @Param({ schema: idParams }) params: IdParams,
    @Query({ schema: importRowQuery }) query: z.infer<typeof importRowQuery>,
  ): Promise<z.infer<typeof importRowPage>> {
    return this.imports.rows(params.id, query);
  }

  @Post('imports/:id/start')
  @HttpCode(200)
  @Endpoint({
    allow: 'organizer',
    summary: 'Imports the good rows of a previewed batch.',
    returns: importBatchDetail,
  })
  start(
    @Param({ schema: idParams }) params: IdParams,
    @Body({ schema: startImport }) body: z.infer<typeof startImport>,
    @CurrentActor() actor: Actor,
  ): Promise<ImportBatchDetail> {
    return this.imports.start(actor, params.id, body.publish);
  }

  @Post('imports/:id/discard')
  @HttpCode(200)
  @Endpoint({ allow: 'organizer', summary: 'Gives up a previewed batch.', returns: importBatchDetail })
  discard(
    @Param({ schema: idParams }) params: IdParams,
    @CurrentActor() actor: Actor,
  ): Promise<ImportBatchDetail> {
    return this.imports.discard(actor, params.id);
  }

  @Get('exports')
  @Endpoint({
    allow: 'organizer',
    summary: 'Needs or capabilities as XLSX, CSV or JSONL, in the columns that imports read.',
    file: 'application/octet-stream',
  })
  async export(
    @Query({ schema: exportQuery }) query: z.infer<typeof exportQuery>,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const file = await this.exports.export(actor, query);
    void reply.header('cache-control', 'no-store');
    return new StreamableFile(file.bytes, {
      type: file.type,
      disposition: attachmentHeader(file.name),
    });
  }
}

async function readUpload(
  request: FastifyRequest,
): Promise<{ fields: z.infer<typeof importUpload>; file: { name: string; bytes: Buffer } }> {
  if (!request.isMultipart()) throw new AppError('import.no-file');
  const fields: Record<string, string> = {};
  let file: { name: string; bytes: Buffer } | null = null;
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      const name = part.filename === '' ? '' : uploadedFileName(part.filename);
      file = { name, bytes: await part.toBuffer() };
    } else if (typeof part.value === 'string' && part.value !== '') fields[part.fieldname] = part.value;
  }
  if (file === null || file.name === '') throw new AppError('import.no-file');
  const parsed = importUpload.safeParse(fields);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => ({
      field: issue.path.join('.'),
      message: issue.message,
    }));
    throw new AppError('request.invalid', {}, problems);
  }
  return { fields: parsed.data, file };
}
