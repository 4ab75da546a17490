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
import { TermsWords } from './terms-words.js';
import { PageLink } from '../../parts/page-link.js';

/** Every reward rule, by its latest version. */
export default function RewardRules() {
  const { rules: texts, rewardRules } = useWords().pages;
  const [{ cursor }] = useFilters();
  const query = api.useQuery('get', '/v1/reward-rules', { params: { query: { cursor } } });
  const now = new Date();
  const columns: Column<Schema<'RewardRuleDto'>>[] = [
    {
      label: texts.name,
      cell: ({ id, name, version }) => (
        <PageLink to={`/reward-rules/${id}`}>{texts.named(name ?? texts.unnamed(id.slice(-6)), version)}</PageLink>
      ),
    },
    { label: texts.scope, cell: (rule) => <ScopeWords rule={rule} /> },
    { label: texts.terms, cell: (rule) => <TermsWords terms={rule} /> },
    { label: texts.valid, cell: ({ validFrom, validTo }) => <ValidWords from={validFrom} to={validTo} /> },
    { label: texts.state, cell: (rule) => <State of="validity" is={validityOf(rule, now)} /> },
  ];
  const add = (
    <Button component={Link} to="/reward-rules/new">
      {rewardRules.add}
    </Button>
  );
  return (
    <Page title={rewardRules.title} text={rewardRules.text} actions={add}>
      <List
        caption={rewardRules.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={rewardRules.empty} text={rewardRules.emptyText} action={add} />}
      />
    </Page>
  );
}
