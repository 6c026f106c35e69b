import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import type ExcelJS from 'exceljs';
import type { EntityManager } from 'typeorm';
import {
  funnelMetric,
  type QualityFilter,
  type QualityNumbers,
} from '#libs/contracts/matching/match-quality.js';
import { formatShanghaiInstant, shanghaiDay } from '#libs/domain/time/shanghai-time.js';
import { qualityMetrics, type QualityMetricCode } from '#libs/persistence/matching/quality-metrics.js';
import { allQualityRows, type QualityPeriod } from '#libs/persistence/matching/read-quality.js';
import { Clock } from '#libs/platform/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { loadExcelJs } from '#libs/platform/load-exceljs.js';
import { qualityPeriod, readQuality } from './match-quality.service.js';

const BATCH = 1000;
type Language = 'zh' | 'en';
type Workbook = ExcelJS.stream.xlsx.WorkbookWriter;
type Cells = (string | number | null)[];

const TEXT = {
  zh: {
    sheet: '匹配质量',
    calibration: '得分校准表',
    period: '统计期',
    made: '导出时间',
    all: '累计',
    head: ['指标', '模型版本', '数值', '统计口径'],
    precision: '前五准确率（有意向／已答复）',
    needs: '需求覆盖率',
    capabilities: '成果展示率',
    gini: '基尼系数',
    topTenth: '前十分之一占比',
    bins: ['模型版本', '得分自', '得分至', '已答复', '平均得分', '有意向', '有意向占比'],
    columns: ['名称', '日期', '单位', '说明', '计数'],
  },
  en: {
    sheet: 'Match quality',
    calibration: 'Calibration table',
    period: 'Period',
    made: 'Exported',
    all: 'everything so far',
    head: ['Number', 'Model version', 'Value', 'How it is counted'],
    precision: 'Precision at 5 (interested of answered)',
    needs: 'Needs covered',
    capabilities: 'Capabilities shown',
    gini: 'Gini coefficient',
    topTenth: 'Share of the top tenth',
    bins: ['Model version', 'Score from', 'Score to', 'Answered', 'Mean score', 'Interested', 'Share'],
    columns: ['Title', 'Date', 'Organisation', 'Detail', 'Counts'],
  },
} as const;

/** Writes the numbers of match quality and every row behind them into one workbook, of one moment of the database. */
@Injectable()
export class QualityWorkbookService {
  private readonly logger = new Logger(QualityWorkbookService.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** The bytes as they come; the stream breaks off when something fails. */
  stream(filter: QualityFilter, language: Language): Readable {
    const output = new PassThrough();
    this.write(output, filter, language).catch((error: unknown) => {
      if (!output.destroyed) this.logger.error(`The export broke off: ${String(error)}`);
      output.destroy(error instanceof Error ? error : new Error(String(error)));
    });
    return output;
  }

  private async write(output: PassThrough, filter: QualityFilter, language: Language): Promise<void> {
    const exceljs = await loadExcelJs();
    const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: output, useStyles: true });
    await this.transactions.run(async ({ manager }) => {
      await manager.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      const view = await readQuality(manager, filter);
      this.writeNumbers(workbook, view, language);
      writeBins(workbook, view, language);
      for (const code of Object.keys(qualityMetrics) as QualityMetricCode[])
        await writeRows(workbook, output, manager, code, qualityPeriod(filter), language);
    });
    await workbook.commit();
  }

  private writeNumbers(workbook: Workbook, view: QualityNumbers, language: Language): void {
    const text = TEXT[language];
    const sheet = workbook.addWorksheet(text.sheet);
    sheet.columns = [{ width: 36 }, { width: 26 }, { width: 14 }, { width: 90 }];
    const { from, to } = view;
    add(sheet, [text.period, from || to ? `${from ?? '…'} – ${to ?? '…'}` : text.all]);
    add(sheet, [text.made, formatShanghaiInstant(this.clock.now(), language === 'zh' ? 'zh-CN' : 'en')]);
    add(sheet, []);
    add(sheet, [...text.head], true);
    for (const cells of numberRows(view, language)) add(sheet, cells);
    sheet.commit();
  }
}

function numberRows(view: QualityNumbers, language: Language): Cells[] {
  const text = TEXT[language];
  const rule = (code: string) => view.rules[code]?.[language] ?? null;
  const { coverage, fairness } = view;
  return [
    ...view.models.flatMap(({ modelVersion, funnel, precisionAt5 }): Cells[] => [
      ...funnelMetric.options.map((code): Cells => [
        qualityMetrics[code].name[language],
        modelVersion,
        funnel[code],
        rule(code),
      ]),
      [text.precision, modelVersion, precisionAt5.share, rule('precision-at-5')],
    ]),
    [text.needs, null, coverage.needs.share, rule('covered-needs')],
    [text.capabilities, null, coverage.capabilities.share, rule('shown-capabilities')],
    [text.gini, null, fairness.gini, fairness.definition[language]],
    [text.topTenth, null, fairness.topTenth, fairness.definition[language]],
  ];
}

function writeBins(workbook: Workbook, view: QualityNumbers, language: Language): void {
  const text = TEXT[language];
  const sheet = workbook.addWorksheet(text.calibration);
  add(sheet, [...text.bins], true);
  for (const { modelVersion, calibration } of view.models)
    for (const { from, to, n, meanScore, interested, share } of calibration)
      add(sheet, [modelVersion, from, to, n, meanScore, interested, share]);
  sheet.commit();
}

async function writeRows(
  workbook: Workbook,
  output: PassThrough,
  manager: EntityManager,
  metric: QualityMetricCode,
  period: QualityPeriod,
  language: Language,
): Promise<void> {
  const sheet = workbook.addWorksheet(qualityMetrics[metric].name[language]);
  sheet.columns = [{ width: 48 }, { width: 12 }, { width: 40 }, { width: 40 }, { width: 10 }];
  add(sheet, [...TEXT[language].columns], true);
  const filter = { ...period, metric, modelVersion: null, bin: null };
  for await (const rows of allQualityRows(manager, filter, BATCH)) {
    for (const { title, at, organisation, detail, quantity } of rows)
      add(sheet, [title, shanghaiDay(at), organisation, detail, Number(quantity)]);
    if (output.destroyed) throw new Error('the reader went away');
    if (output.writableNeedDrain) await Promise.race([once(output, 'drain'), once(output, 'close')]);
  }
  sheet.commit();
}

function add(sheet: ExcelJS.Worksheet, cells: Cells, bold = false): void {
  const row = sheet.addRow(cells);
  if (bold) row.font = { bold: true };
  row.commit();
}
