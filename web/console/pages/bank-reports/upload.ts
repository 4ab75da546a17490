import { useState } from 'react';
import { newIdempotencyKey, type ApiProblem, type Schema } from '../../../api/client.js';
import { noticeEndOfSession, queries } from '../../queries.js';

type Report = Schema<'ReceivedReportDto'>;
type Answer = Report | Schema<'ReceivedArchiveDto'>;

/** The default of the service (`YINKE_BANK_REPORT_LIMIT_BYTES`); a smaller one is said by its refusal. */
const LIMIT_BYTES = 64 * 1024 * 1024;

/** A file on its way, and what came of it. */
export interface Upload {
  key: string;
  file: File;
  /** How much of it was sent, in percent; 100: it is being read. */
  percent: number;
  reports?: readonly Report[];
  /** Files of an archive that are no reports. */
  skipped?: readonly string[];
  error?: unknown;
}

/** Sends files one after the other; each shows how far it is. */
export function useUploads(): { uploads: readonly Upload[]; add: (files: readonly File[]) => Promise<void> } {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const change = (key: string, facts: Partial<Upload>) =>
    setUploads((before) => before.map((one) => (one.key === key ? { ...one, ...facts } : one)));
  const add = async (files: readonly File[]) => {
    const added = files.map((file): Upload => ({ key: newIdempotencyKey(), file, percent: 0 }));
    setUploads((before) => [...added, ...before]);
    for (const { key, file } of added) {
      if (file.size > LIMIT_BYTES) {
        change(key, { error: 'too-large' });
        continue;
      }
      const { answer, error } = await send(file, key, (percent) => change(key, { percent }));
      if (answer) change(key, 'reports' in answer ? answer : { reports: [answer] });
      else {
        noticeEndOfSession(error);
        change(key, { error });
      }
      await queries.invalidateQueries();
    }
  };
  return { uploads, add };
}

/** By XMLHttpRequest, which alone says how much of a body was sent. */
function send(
  file: File,
  key: string,
  onProgress: (percent: number) => void,
): Promise<{ answer?: Answer; error?: ApiProblem }> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/v1/bank-reports');
    const type = file.name.toLowerCase().endsWith('.zip') ? 'application/zip' : 'application/xml';
    request.setRequestHeader('content-type', type);
    request.setRequestHeader('idempotency-key', key);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.floor((loaded / total) * 100));
    request.onload = () => {
      if (request.status === 201) resolve({ answer: request.response as Answer });
      else resolve({ error: (request.response as ApiProblem | null) ?? { code: 'service.internal' } });
    };
    request.onerror = () => resolve({ error: { code: 'network.away' } });
    request.send(file);
  });
}
