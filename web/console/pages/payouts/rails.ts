import type { Schema } from '../../../api/client.js';

export type Rail = Schema<'PayoutBatchDto'>['rail'];
type FileFormat = NonNullable<Schema<'PayoutBatchDto'>['fileFormat']>;

export const RAILS: readonly Rail[] = ['iso20022-file', 'csv-file', 'http-bank', 'wechat-pay'];

/** The formats of each rail that writes files, its default first. */
export const FORMATS: Partial<Record<Rail, readonly FileFormat[]>> = {
  'iso20022-file': ['pain.001.001.09', 'pain.001.001.03'],
  'csv-file': ['csv-generic', 'csv-generic-bom', 'csv-zh-utf8', 'csv-zh-gb18030', 'csv-zh-gbk'],
};

/** Whether people hand in a file; the other rails are called. */
export function writesFiles(rail: Rail): boolean {
  return FORMATS[rail] !== undefined;
}
