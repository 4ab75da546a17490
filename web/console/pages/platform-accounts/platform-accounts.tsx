import { api, type Schema } from '../../../api/client.js';
import { Day } from '../../../ui/moment.js';
import { useLanguage } from '../../../ui/language.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { SetAccount } from './set-account.js';

/** The operator's own accounts, one for each currency. */
export default function PlatformAccounts() {
  const texts = useWords().pages.platformAccounts;
  const { language } = useLanguage();
  const isAdmin = useMay('admin');
  const query = api.useQuery('get', '/v1/platform-accounts');
  const regions = new Intl.DisplayNames(language, { type: 'region' });
  const columns: Column<Schema<'PlatformAccountDto'>>[] = [
    { label: texts.currency, cell: ({ currency }) => currency },
    { label: texts.holder, cell: ({ holder }) => holder },
    { label: texts.number, cell: ({ maskedNumber }) => <span className="amount">{maskedNumber}</span> },
    { label: texts.bic, cell: ({ bic }) => bic },
    { label: texts.town, cell: ({ town, country }) => `${town}, ${regions.of(country) ?? country}` },
    { label: texts.changed, cell: ({ changedAt }) => <Day at={changedAt} /> },
    ...(isAdmin
      ? [
          {
            label: texts.change,
            cell: (account: Schema<'PlatformAccountDto'>) => <SetAccount key={account.changedAt} account={account} />,
          },
        ]
      : []),
  ];
  const add = isAdmin && <SetAccount />;
  return (
    <Page title={texts.title} text={texts.text} actions={add}>
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ currency }) => currency}
        empty={<Empty title={texts.none} text={isAdmin ? texts.noneText : texts.noneOthers} />}
      />
    </Page>
  );
}
