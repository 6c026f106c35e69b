import { attachmentHeader } from '#libs/domain/text/file-name.js';
import { loadExcelJs } from '#libs/platform/load-exceljs.js';

export interface SheetColumn<Row> {
  readonly header: string;
  readonly width: number;
  readonly value: (row: Row, index: number) => string | number | null;
}

/**
 * One sheet with a bold, frozen header row. What people typed becomes string cells, never formula cells: a spreadsheet
 * shows `=HYPERLINK(…)` as these letters and does not evaluate them.
 */
export async function writeSheet<Row>(
  name: string,
  columns: readonly SheetColumn<Row>[],
  rows: readonly Row[],
  title?: string,
): Promise<Buffer> {
  const exceljs = await loadExcelJs();
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet(name);
  if (title !== undefined) {
    sheet.addRow([title]).font = { bold: true, size: 14 };
    sheet.mergeCells(1, 1, 1, Math.max(1, columns.length));
  }
  const header = sheet.addRow(columns.map((column) => column.header));
  header.font = { bold: true };
  rows.forEach((row, index) => {
    sheet.addRow(columns.map(({ value }) => value(row, index)));
  });
  columns.forEach((column, index) => (sheet.getColumn(index + 1).width = column.width));
  sheet.views = [{ state: 'frozen', ySplit: header.number }];
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** 2026-11-22 14:05 in Shanghai. */
export const sheetTime = (iso: string | null): string =>
  iso === null ? '' : new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** Headers of a file for download. */
export const xlsxHeaders = (name: string): { type: string; disposition: string } => ({
  type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  disposition: attachmentHeader(`${name}.xlsx`),
});
