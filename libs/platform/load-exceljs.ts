import type ExcelJS from 'exceljs';

/** The spreadsheet library, loaded when it is first needed: it is much code, which no start should wait for. */
export async function loadExcelJs(): Promise<typeof ExcelJS> {
  const { default: exceljs } = await import('exceljs');
  return exceljs;
}
