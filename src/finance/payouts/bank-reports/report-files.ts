import { createHash } from 'node:crypto';
import { DomainError } from '../../../shared/domain-error.js';
import { readBankReport, type BankReport } from './bank-report.js';
import { RecordFile } from './record-file.js';
import { namesOf, type ReportLine } from './report-line.js';
import type { ReportUpload } from './report-upload.js';
import { unreadable } from './report-xml.js';
import { isZip, zippedFiles, type ZippedFile } from './zip-archive.js';

/** Bytes of all files of an archive together, as a multiple of the largest upload. */
const MAX_EXPANSION = 8;

/** A report that was read to its end, with its lines on disk. */
export interface ReadReport extends Pick<BankReport, 'kind' | 'messageId'> {
  /** Its name in the archive that it came in; null: it came alone. */
  fileName: string | null;
  /** Of the file, in hex. */
  sha256: string;
  /** All payments that it names. */
  references: Set<string>;
  pieces: RecordFile<ReportLine[]>;
}

/** What was handed in: one XML file, or an archive of them. */
export interface ReadUpload {
  isArchive: boolean;
  reports: ReadReport[];
  /** Names of files in the archive that are no XML. */
  skipped: string[];
}

interface SourceFile {
  fileName: string | null;
  read: () => AsyncGenerator<Buffer>;
}

/**
 * Reads every report to its end before anything is applied. Throws `bank-report.unreadable` or `bank-report.empty`, with
 * the name of the file where it is one of several. `maxBytes` bounds the upload; the files of an archive have
 * {@link MAX_EXPANSION} times as much together. The caller closes the reports.
 */
export async function readUpload({ file, sha256 }: ReportUpload, maxBytes: number): Promise<ReadUpload> {
  if (file.size === 0) throw unreadable('it is empty');
  if (!isZip(await file.slice(0, 64))) {
    const source = { fileName: null, read: () => file.read() };
    return { isArchive: false, reports: [{ ...(await readFile(source)), sha256 }], skipped: [] };
  }
  const { xml, skipped } = await sorted(await zippedFiles(file));
  if (xml.length === 0) throw unreadable('the archive has no XML file');
  const reports: ReadReport[] = [];
  let left = maxBytes * MAX_EXPANSION;
  const bounded = async function* (bytes: AsyncGenerator<Buffer>) {
    for await (const part of bytes) {
      left -= part.length;
      if (left < 0) throw unreadable(`the files of the archive have more than ${maxBytes * MAX_EXPANSION} bytes`);
      yield part;
    }
  };
  try {
    for (const { name, read } of xml) reports.push(await readFile({ fileName: name, read: () => bounded(read()) }));
  } catch (error) {
    await closeReports(reports);
    throw error;
  }
  return { isArchive: true, reports, skipped };
}

export async function closeReports(reports: readonly ReadReport[]): Promise<void> {
  for (const { pieces } of reports) await pieces.close();
}

async function sorted(files: readonly ZippedFile[]): Promise<{ xml: ZippedFile[]; skipped: string[] }> {
  const xml: ZippedFile[] = [];
  const skipped: string[] = [];
  for (const one of files) {
    if (/\.xml$/i.test(one.name) || (await beginsLikeXml(one))) xml.push(one);
    else skipped.push(one.name);
  }
  return { xml, skipped };
}

async function beginsLikeXml({ read }: ZippedFile): Promise<boolean> {
  for await (const head of read()) return /^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\0\s]*</.test(head.toString('latin1'));
  return false;
}

async function readFile({ fileName, read }: SourceFile): Promise<ReadReport> {
  const hash = createHash('sha256');
  const hashed = async function* () {
    for await (const part of read()) {
      hash.update(part);
      yield part;
    }
  };
  const pieces = await RecordFile.create<ReportLine[]>();
  const references = new Set<string>();
  let head: Pick<BankReport, 'kind' | 'messageId'> | undefined;
  try {
    for await (const { lines, ...of } of readBankReport(hashed())) {
      head = of;
      for (const name of lines.flatMap(namesOf)) references.add(name);
      await pieces.append(lines);
    }
    if (!head) throw new Error('a report without a piece');
    return { ...head, fileName, sha256: hash.digest('hex'), references, pieces };
  } catch (error) {
    await pieces.close();
    throw fileName !== null && error instanceof DomainError
      ? new DomainError(error.code, `${fileName}: ${error.detail}`)
      : error;
  }
}
