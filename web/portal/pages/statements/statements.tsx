import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { api } from '../../../api/client.js';
import type { Search } from '../../../ui/search.js';
import { NotYet } from '../../parts/loading.js';
import { Page } from '../../parts/page.js';
import { useMine } from '../../session.js';
import { useWords } from '../../words.js';
import { monthName } from './month-name.js';
import { useLanguage } from '../../../ui/language.js';
import { CsvButton } from './csv-button.js';
import { MonthStatement } from './month-statement.js';

/** What was posted in a month, account by account: the newest month, until another one is chosen. */
export default function Statements() {
  const words = useWords();
  const texts = words.pages.statements;
  const { language } = useLanguage();
  const params = useMine();
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const query = api.useQuery('get', '/v1/merchants/{id}/statements/months', { params });
  const months = query.data?.items.map(({ month }) => month);
  const month = search['month'] ?? months?.[0];
  useEffect(() => {
    addEventListener('beforeprint', openAll);
    return () => removeEventListener('beforeprint', openAll);
  }, []);
  return (
    <Page title={texts.title} text={query.data && texts.clock(query.data.timeZone)} from="/">
      {!months && <NotYet query={query} />}
      {months?.length === 0 && <p className="card">{texts.none}</p>}
      {months && month !== undefined && (
        <>
          <div className="row no-print">
            <select
              aria-label={texts.month}
              value={month}
              onChange={(event) =>
                void navigate({ to: '.', search: { ...search, month: event.currentTarget.value }, replace: true })
              }
            >
              {months.map((each) => (
                <option key={each} value={each}>
                  {monthName(each, language)}
                </option>
              ))}
            </select>
            <button type="button" onClick={() => print()}>
              {texts.print}
            </button>
            <CsvButton month={month} />
          </div>
          <MonthStatement month={month} asset={search['asset']} account={search['account']} />
        </>
      )}
    </Page>
  );
}

/** What is printed has every entry, also those that are folded on the screen. */
function openAll(): void {
  for (const details of document.querySelectorAll('details')) details.open = true;
}
