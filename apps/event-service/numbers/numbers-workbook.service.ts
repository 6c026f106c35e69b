import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import type ExcelJS from 'exceljs';
import type { EntityManager } from 'typeorm';
import type { NumberFilter } from '#libs/contracts/numbers/numbers.js';
import { formatShanghaiInstant, shanghaiDay } from '#libs/domain/time/shanghai-time.js';
import type { Metric } from '#libs/persistence/numbers/metric.js';
import { metrics } from '#libs/persistence/numbers/metrics.js';
import { allCountedRows, readNumbers, type NumberPeriod } from '#libs/persistence/numbers/read-numbers.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { loadExcelJs } from '#libs/platform/load-exceljs.js';
import { periodOf } from './numbers.service.js';

const BATCH = 1000;
type Language = 'zh' | 'en';
type Workbook = ExcelJS.stream.xlsx.WorkbookWriter;

const TEXT = {
  zh: {
    numbers: '统计指标',
    period: '统计期',
    programme: '活动品牌',
    made: '导出时间',
    all: '累计',
    allProgrammes: '全部活动品牌',
    head: ['指标', '数值', '单位', '统计口径'],
    columns: ['日期', '单位', '活动品牌', '说明', '计数'],
  },
  en: {
    numbers: 'Numbers',
    period: 'Period',
    programme: 'Programme',
    made: 'Exported',
    all: 'everything so far',
    allProgrammes: 'all programmes',
    head: ['Number', 'Value', 'Unit', 'How it is counted'],
    columns: ['Date', 'Organisation', 'Programme', 'Detail', 'Counts'],
  },
} as const;

/** Writes the numbers and every row behind them into one workbook, row by row, of one moment of the database. */
@Injectable()
export class NumbersWorkbookService {
  private readonly logger = new Logger(NumbersWorkbookService.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** The bytes as they come; the stream breaks off when something fails. */
  stream(filter: NumberFilter, language: Language): Readable {
    const output = new PassThrough();
    this.write(output, filter, language).catch((error: unknown) => {
      if (!output.destroyed) this.logger.error(`The export broke off: ${String(error)}`);
      output.destroy(error instanceof Error ? error : new Error(String(error)));
    });
    return output;
  }

  private async write(output: PassThrough, filter: NumberFilter, language: Language): Promise<void> {
    const period = periodOf(filter);
    const exceljs = await loadExcelJs();
    const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: output, useStyles: true });
    await this.transactions.run(async ({ manager }) => {
      await manager.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      await this.writeNumbers(workbook, manager, filter, period, language);
      for (const metric of metrics) await writeRows(workbook, output, manager, metric, period, language);
    });
    await workbook.commit();
  }

  private async writeNumbers(
    workbook: Workbook,
    manager: EntityManager,
    filter: NumberFilter,
    period: NumberPeriod,
    language: Language,
  ): Promise<void> {
    const text = TEXT[language];
    const values = await readNumbers(manager, metrics, period);
    const sheet = workbook.addWorksheet(text.numbers);
    sheet.columns = [{ width: 22 }, { width: 20 }, { width: 14 }, { width: 90 }];
    const { from, to } = filter;
    sheet.addRow([text.period, from || to ? `${from ?? '…'} – ${to ?? '…'}` : text.all]).commit();
    sheet.addRow([text.programme, (await programmeName(manager, period)) ?? text.allProgrammes]).commit();
    const locale = language === 'zh' ? 'zh-CN' : 'en';
    sheet.addRow([text.made, formatShanghaiInstant(this.clock.now(), locale)]).commit();
    sheet.addRow([]).commit();
    addHead(sheet, text.head);
    for (const metric of metrics) {
      const row = sheet.addRow([
        metric.name[language],
        Number(values.get(metric.code) ?? '0'),
        metric.unit[language],
        metric.rule[language],
      ]);
      row.getCell(2).numFmt = numberFormat(metric);
      row.commit();
    }
    sheet.commit();
  }
}

async function writeRows(
  workbook: Workbook,
  output: PassThrough,
  manager: EntityManager,
  metric: Metric,
  period: NumberPeriod,
  language: Language,
): Promise<void> {
  const [date, organisation, programme, detail, counts] = TEXT[language].columns;
  const sheet = workbook.addWorksheet(metric.name[language].replace(/[:\\/?*[\]]/g, '.'));
  sheet.columns = [{ width: 48 }, { width: 12 }, { width: 40 }, { width: 28 }, { width: 40 }, { width: 18 }];
  addHead(sheet, [
    metric.row[language],
    date,
    organisation,
    programme,
    detail,
    metric.kind === 'amount' ? metric.name[language] : counts,
  ]);
  for await (const rows of allCountedRows(manager, metric, period, BATCH)) {
    for (const row of rows) {
      const { title, at, quantity } = row;
      const line = sheet.addRow([
        title,
        shanghaiDay(at),
        row.organisation,
        row.programme,
        row.detail,
        Number(quantity),
      ]);
      line.getCell(6).numFmt = numberFormat(metric);
      line.commit();
    }
    if (output.destroyed) throw new Error('the reader went away');
    if (output.writableNeedDrain) await Promise.race([once(output, 'drain'), once(output, 'close')]);
  }
  sheet.commit();
}

function addHead(sheet: ExcelJS.Worksheet, names: readonly string[]): void {
  const row = sheet.addRow([...names]);
  row.font = { bold: true };
  row.commit();
}

const numberFormat = (metric: Metric): string => (metric.kind === 'amount' ? '#,##0.00' : '#,##0');

async function programmeName(manager: EntityManager, { programmeId }: NumberPeriod): Promise<string | null> {
  if (programmeId === null) return null;
  const rows = await manager.query<{ name: string }[]>('SELECT name FROM programme WHERE id = $1', [
    programmeId,
  ]);
  return rows[0]?.name ?? null;
}
