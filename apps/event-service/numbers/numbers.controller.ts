import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import type { z } from 'zod';
import {
  exportQuery,
  funnelView,
  metricParams,
  numberFilter,
  numberRowPage,
  numberRowsQuery,
  numbersView,
  programmeOptions,
  seriesQuery,
  seriesView,
  type ExportQuery,
  type FunnelView,
  type NumberFilter,
  type NumberRowsQuery,
  type NumbersView,
  type ProgrammeOptions,
  type SeriesQuery,
  type SeriesView,
} from '#libs/contracts/numbers/numbers.js';
import { attachmentHeader } from '#libs/domain/text/file-name.js';
import { Endpoint } from '#libs/platform/http/endpoint.js';
import { NumbersWorkbookService } from './numbers-workbook.service.js';
import { NumbersService } from './numbers.service.js';

@Controller('numbers')
export class NumbersController {
  constructor(
    private readonly numbers: NumbersService,
    private readonly workbooks: NumbersWorkbookService,
  ) {}

  @Get()
  @Endpoint({ allow: 'staff', summary: 'Every number of a period and programme.', returns: numbersView })
  all(@Query({ schema: numberFilter }) filter: NumberFilter): Promise<NumbersView> {
    return this.numbers.numbers(filter);
  }

  @Get('series')
  @Endpoint({ allow: 'staff', summary: 'One number by month or by programme.', returns: seriesView })
  series(@Query({ schema: seriesQuery }) query: SeriesQuery): Promise<SeriesView> {
    return this.numbers.series(query);
  }

  @Get('funnel')
  @Endpoint({
    allow: 'staff',
    summary: 'How far the needs published in a period got.',
    returns: funnelView,
  })
  funnel(@Query({ schema: numberFilter }) filter: NumberFilter): Promise<FunnelView> {
    return this.numbers.funnel(filter);
  }

  @Get('programmes')
  @Endpoint({ allow: 'staff', summary: 'Programmes to choose from.', returns: programmeOptions })
  programmes(): Promise<ProgrammeOptions> {
    return this.numbers.programmes();
  }

  @Get('export.xlsx')
  @Endpoint({
    allow: 'staff',
    summary: 'The numbers with their rules, and all their rows, as a workbook.',
    file: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  })
  export(@Query({ schema: exportQuery }) { locale, ...filter }: ExportQuery): StreamableFile {
    const language = locale === 'en' ? 'en' : 'zh';
    const period = filter.from || filter.to ? `_${filter.from ?? ''}_${filter.to ?? ''}` : '';
    return new StreamableFile(this.workbooks.stream(filter, language), {
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      disposition: attachmentHeader(`${language === 'en' ? 'numbers' : '统计指标'}${period}.xlsx`),
    });
  }

  @Get(':code/rows')
  @Endpoint({ allow: 'staff', summary: 'The rows that one number counts.', returns: numberRowPage })
  rows(
    @Param({ schema: metricParams }) { code }: { code: string },
    @Query({ schema: numberRowsQuery }) query: NumberRowsQuery,
  ): Promise<z.infer<typeof numberRowPage>> {
    return this.numbers.rows(code, query);
  }
}
