import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import type { z } from 'zod';
import {
  qualityExportQuery,
  qualityFilter,
  qualityRowPage,
  qualityRowsQuery,
  qualityView,
  type QualityFilter,
  type QualityRowPage,
  type QualityRowsQuery,
  type QualityView,
} from '#libs/contracts/matching/match-quality.js';
import { attachmentHeader } from '#libs/domain/text/file-name.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { MatchQualityService } from './match-quality.service.js';
import { QualityWorkbookService } from './quality-workbook.service.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@Controller('organizer/match-quality')
export class MatchQualityController {
  constructor(
    private readonly quality: MatchQualityService,
    private readonly workbooks: QualityWorkbookService,
  ) {}

  @Get()
  @Endpoint({
    allow: 'organizer',
    summary: 'What became of the matches shown, by model version; coverage and fairness.',
    returns: qualityView,
  })
  all(@Query({ schema: qualityFilter }) filter: QualityFilter): Promise<QualityView> {
    return this.quality.quality(filter);
  }

  @Get('rows')
  @Endpoint({
    allow: 'organizer',
    summary: 'The rows that one number of match quality counts.',
    returns: qualityRowPage,
  })
  rows(@Query({ schema: qualityRowsQuery }) query: QualityRowsQuery): Promise<QualityRowPage> {
    return this.quality.rows(query);
  }

  @Get('export.xlsx')
  @Endpoint({
    allow: 'organizer',
    summary: 'The numbers of match quality with their rules, and all their rows, as a workbook.',
    file: XLSX,
  })
  export(
    @Query({ schema: qualityExportQuery }) { locale, ...filter }: z.infer<typeof qualityExportQuery>,
  ): StreamableFile {
    const language = locale === 'en' ? 'en' : 'zh';
    const period = filter.from || filter.to ? `_${filter.from ?? ''}_${filter.to ?? ''}` : '';
    return new StreamableFile(this.workbooks.stream(filter, language), {
      type: XLSX,
      disposition: attachmentHeader(`${language === 'en' ? 'match-quality' : '匹配质量'}${period}.xlsx`),
    });
  }
}
