import { Controller, Get, Param, Query } from '@nestjs/common';
import { programmeDetail, type ProgrammeDetail } from '#libs/contracts/events/event-views.js';
import {
  programmePage,
  programmeQuery,
  slugParams,
  type ProgrammePage,
  type ProgrammeQuery,
} from '#libs/contracts/events/programmes.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { ProgrammesService } from './programmes.service.js';

@Controller('programmes')
export class ProgrammesController {
  constructor(private readonly programmes: ProgrammesService) {}

  @Get()
  @Endpoint({
    allow: 'public',
    summary: 'Programmes, with how many editions each has had and will have.',
    returns: programmePage,
  })
  list(@Query({ schema: programmeQuery }) query: ProgrammeQuery): Promise<ProgrammePage> {
    return this.programmes.list(query);
  }

  @Get(':slug')
  @Endpoint({ allow: 'public', summary: 'A programme and its public events.', returns: programmeDetail })
  detail(@Param({ schema: slugParams }) { slug }: { slug: string }): Promise<ProgrammeDetail> {
    return this.programmes.bySlug(slug);
  }
}
