import { Controller, Delete, Get, HttpCode, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#libs/contracts/app-error.js';
import { done, idParams } from '#libs/contracts/primitives.js';
import { dealView, evidenceParams, type DealView } from '#libs/contracts/results/deal.js';
import type { Actor } from '#libs/domain/access/actor.js';
import { attachmentHeader } from '#libs/domain/text/file-name.js';
import { CurrentActor } from '#libs/platform/auth/allow.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { DealsService } from './deals.service.js';
import { EvidenceService, type IncomingFile } from './evidence.service.js';

type MultipartRequest = FastifyRequest & {
  isMultipart(): boolean;
  file(): Promise<IncomingFile | undefined>;
};

@Controller('deals/:id/evidence')
export class EvidenceController {
  constructor(
    private readonly evidence: EvidenceService,
    private readonly deals: DealsService,
  ) {}

  @Post()
  @HttpCode(201)
  @Endpoint({
    allow: 'signedIn',
    summary: 'Adds an evidence file (multipart, field `file`): PDF, PNG, JPG, DOCX or XLSX.',
    form: { required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
    returns: dealView,
    status: 201,
  })
  async add(
    @CurrentActor() actor: Actor,
    @Param({ schema: idParams }) { id }: { id: string },
    @Req() request: MultipartRequest,
  ): Promise<DealView> {
    await this.evidence.assertVisible(actor, id);
    const file = request.isMultipart() ? await request.file() : undefined;
    if (file === undefined) throw new AppError('evidence.no-file');
    await this.evidence.add(actor, id, file);
    return this.deals.view(actor, id);
  }

  @Get(':fileId')
  @Endpoint({
    allow: 'signedIn',
    summary: 'The bytes of an evidence file, to be saved.',
    file: 'application/octet-stream',
  })
  async download(
    @CurrentActor() actor: Actor,
    @Param({ schema: evidenceParams }) { id, fileId }: { id: string; fileId: string },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const file = await this.evidence.open(actor, id, fileId);
    void reply.headers({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    });
    return new StreamableFile(file.content, {
      type: file.mediaType,
      disposition: attachmentHeader(file.fileName),
      length: file.bytes,
    });
  }

  @Delete(':fileId')
  @Endpoint({ allow: 'signedIn', summary: 'Removes an evidence file from view.', returns: done })
  async remove(
    @CurrentActor() actor: Actor,
    @Param({ schema: evidenceParams }) { id, fileId }: { id: string; fileId: string },
  ): Promise<{ ok: true }> {
    await this.evidence.remove(actor, id, fileId);
    return { ok: true };
  }
}
