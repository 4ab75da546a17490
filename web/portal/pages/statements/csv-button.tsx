import { useState } from 'react';
import { client } from '../../../api/client.js';
import { useLanguage } from '../../../ui/language.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { inWechat } from '../../parts/wechat.js';
import { noticeEndOfSession } from '../../queries.js';
import { useMe, useMine } from '../../session.js';
import { useWords } from '../../words.js';

/** The whole month as a file for a spreadsheet, in the language of the page. WeChat's browser keeps no files. */
export function CsvButton({ month }: { month: string }) {
  const texts = useWords().pages.statements;
  const { language } = useLanguage();
  const { code } = useMe();
  const { path } = useMine();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (inWechat) return <p className="fine no-print">{texts.csvInWechat}</p>;
  const download = async () => {
    setPending(true);
    setError(null);
    const params = { path, query: { month, language } };
    const headers = { accept: 'text/csv' };
    const answer = await client.GET('/v1/merchants/{id}/statements', { params, headers, parseAs: 'blob' });
    if (answer.error) {
      setError(answer.error);
      noticeEndOfSession(answer.error);
    } else save(answer.data, `${code}-${month}.csv`);
    setPending(false);
  };
  return (
    <>
      <button type="button" disabled={pending} onClick={() => void download()}>
        {texts.csv}
      </button>
      {error !== null && <ProblemNotice error={error} />}
    </>
  );
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
