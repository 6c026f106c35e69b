import { Controller, Get, Query } from '@nestjs/common';
import { auditPage, auditQuery, auditWords } from '#libs/contracts/identity/audit.js';
import type { AuditPage, AuditQuery, AuditWords } from '#libs/contracts/identity/audit.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { AuditService } from './audit.service.js';

@Controller('admin/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @Endpoint({
    allow: 'administrator',
    summary: 'The audit log, newest first; filtered by action, subject, actor and time.',
    returns: auditPage,
  })
  list(@Query({ schema: auditQuery }) query: AuditQuery): Promise<AuditPage> {
    return this.audit.list(query);
  }

  @Get('words')
  @Endpoint({
    allow: 'administrator',
    summary: 'Actions and kinds of subjects that occur in the log.',
    returns: auditWords,
  })
  words(): Promise<AuditWords> {
    return this.audit.words();
  }
}
