import { Button, Skeleton, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { Facts } from '../../parts/facts.js';
import { List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';
import { EndRule } from '../rules/end-rule.js';
import { ScopeWords } from '../rules/scope-words.js';
import { ValidWords } from '../rules/valid-words.js';
import { validityOf, versionNow } from '../rules/validity.js';
import { usePriceWords } from './price-words.js';

/** One price rule: what it does now, and its versions. */
export default function PriceRulePage() {
  const id = useParam('id');
  const query = api.useQuery('get', '/v1/price-rules/{id}', { params: { path: { id } } });
  const { data, error, refetch } = query;
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={320} maw={1200} />;
  return <PriceRule rule={data} />;
}

function PriceRule({ rule }: { rule: Schema<'PriceRuleDetailDto'> }) {
  const texts = useWords().pages.rules;
  const words = usePriceWords();
  const now = new Date();
  const current = versionNow(rule.versions, now);
  const name = current.name ?? texts.unnamed(rule.id.slice(-6));
  const columns: Column<Schema<'PriceRuleVersionDto'>>[] = [
    { label: texts.version, cell: ({ version }) => version },
    { label: texts.name, cell: (version) => version.name ?? '–' },
    { label: texts.scope, cell: (version) => <ScopeWords rule={version} /> },
    { label: texts.terms, cell: words },
    { label: texts.valid, cell: ({ validFrom, validTo }) => <ValidWords from={validFrom} to={validTo} /> },
  ];
  return (
    <Page
      title={name}
      text={<State of="validity" is={validityOf({ ...current, endedAt: rule.endedAt }, now)} />}
      actions={
        rule.endedAt === null && (
          <>
            <Button component={Link} to={`/price-rules/${rule.id}/new-version`}>
              {texts.newVersion}
            </Button>
            <EndRule of="price" id={rule.id} name={name} />
          </>
        )
      }
    >
      <Facts
        items={[
          [texts.scope, <ScopeWords key="scope" rule={current} />],
          [texts.terms, words(current)],
          [texts.valid, <ValidWords key="valid" from={current.validFrom} to={current.validTo} />],
          [texts.made, <Moment key="made" at={rule.createdAt} />],
          [texts.endsAt, rule.endedAt && <Moment key="ends" at={rule.endedAt} />],
        ]}
      />
      <Section title={texts.versions}>
        <Text c="dimmed">{texts.versionsText}</Text>
        <List
          caption={texts.versions}
          columns={columns}
          paged={false}
          query={{ data: { items: rule.versions }, error: null, isPending: false, refetch: () => undefined }}
          rowKey={({ version }) => version.toString()}
          empty={null}
        />
      </Section>
    </Page>
  );
}
