import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, type Schema } from '../../../api/client.js';
import { State } from '../../../ui/state.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { useWords } from '../../words.js';
import { ScopeWords } from '../rules/scope-words.js';
import { ValidWords } from '../rules/valid-words.js';
import { validityOf } from '../rules/validity.js';
import { usePriceWords } from './price-words.js';
import { PageLink } from '../../parts/page-link.js';

/** Every price rule, by its latest version. */
export default function PriceRules() {
  const { pages } = useWords();
  const { rules: texts, priceRules } = pages;
  const words = usePriceWords();
  const [{ cursor }] = useFilters();
  const query = api.useQuery('get', '/v1/price-rules', { params: { query: { cursor } } });
  const now = new Date();
  const columns: Column<Schema<'PriceRuleDto'>>[] = [
    {
      label: texts.name,
      cell: ({ id, name, version }) => (
        <PageLink to={`/price-rules/${id}`}>{texts.named(name ?? texts.unnamed(id.slice(-6)), version)}</PageLink>
      ),
    },
    { label: texts.scope, cell: (rule) => <ScopeWords rule={rule} /> },
    { label: texts.terms, cell: words },
    { label: texts.valid, cell: ({ validFrom, validTo }) => <ValidWords from={validFrom} to={validTo} /> },
    { label: texts.state, cell: (rule) => <State of="validity" is={validityOf(rule, now)} /> },
  ];
  const add = (
    <Button component={Link} to="/price-rules/new">
      {priceRules.add}
    </Button>
  );
  return (
    <Page title={priceRules.title} text={priceRules.text} actions={add}>
      <List
        caption={priceRules.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={priceRules.empty} text={priceRules.emptyText} action={add} />}
      />
    </Page>
  );
}
