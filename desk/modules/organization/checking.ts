import { send } from '../../app/api.ts';

/** Answer of the import: what one sheet would change, and every cell that needs mending. */
export interface ImportReport {
  id: string;
  summary: { sheet: string; rows: number; adds: number; changes: number; same: number; bad: number }[];
  problems: { sheet: string; row: number; column: string; message: string }[];
  rejectedFileUrl: string | null;
  /** One-time passwords of the accounts just created: to be fetched once, within the hour. */
  passwordsFileUrl: string | null;
}

export const templateAddress = '/api/import/organization/template.xlsx';
export const mostBytes = 20 * 1024 * 1024;

export type FileFault = 'notExcel' | 'tooLarge';

export function faultOf(file: Pick<File, 'name' | 'size'>): FileFault | null {
  if (!/\.xlsx$/i.test(file.name)) return 'notExcel';
  return file.size > mostBytes ? 'tooLarge' : null;
}

/** Sends the workbook to be checked, or to be applied. */
export function sendWorkbook(
  file: File,
  mode: 'check' | 'apply',
  key: string,
  signal: AbortSignal,
): Promise<ImportReport> {
  const form = new FormData();
  form.append('file', file);
  return send<ImportReport>(`/api/import/organization?mode=${mode}`, form, { key, signal });
}

export interface Totals {
  rows: number;
  adds: number;
  changes: number;
  same: number;
  bad: number;
}

export function totalsOf(report: ImportReport): Totals {
  const sum = { rows: 0, adds: 0, changes: 0, same: 0, bad: 0 };
  for (const sheet of report.summary) for (const name of Object.keys(sum) as (keyof Totals)[]) sum[name] += sheet[name];
  return sum;
}
