import { Controller, Get } from '@nestjs/common';
import { codeListsView, type CodeListsView } from '#libs/contracts/codes/code-list-view.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { CodesService } from './codes.service.js';

@Controller('codes')
export class CodesController {
  constructor(private readonly codes: CodesService) {}

  @Get()
  @Endpoint({ allow: 'public', summary: 'Every code list at its current version.', returns: codeListsView })
  list(): Promise<CodeListsView> {
    return this.codes.list();
  }
}
