import { Code } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { Page } from '../../parts/page.js';
import { Person } from '../../parts/person.js';
import { Subject } from '../../parts/subject.js';
import { useWords } from '../../words.js';

/** Who did what, the latest first. */
export default function AuditLog() {
  const { pages, states } = useWords();
  const texts = pages.auditLog;
  const [{ cursor }] = useFilters();
  const query = api.useQuery('get', '/v1/audit-log', { params: { query: { cursor } } });
  const actors: Readonly<Record<string, readonly [string, string] | undefined>> = states.actor;
  const columns: Column<Schema<'AuditEntryDto'>>[] = [
    { label: texts.at, cell: ({ at }) => <Moment at={at} /> },
    {
      label: texts.who,
      cell: ({ actor }) =>
        actor.kind === 'staff' ? <Person id={actor.id} /> : (actors[actor.kind]?.[0] ?? actor.kind),
    },
    { label: texts.action, cell: ({ action }) => <Code>{action}</Code> },
    { label: texts.subject, cell: ({ subject }) => <Subject id={subject} /> },
    { label: texts.detail, cell: ({ detail }) => detail && <Detail detail={detail} /> },
  ];
  return (
    <Page title={texts.title} text={texts.text}>
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={texts.empty} />}
      />
    </Page>
  );
}

/** Further facts of an entry, as the service wrote them. */
function Detail({ detail }: { detail: Readonly<Record<string, unknown>> }) {
  return Object.entries(detail).map(([name, value]) => (
    <div key={name}>
      <Code>
        {name}: {typeof value === 'string' ? value : JSON.stringify(value)}
      </Code>
    </div>
  ));
}
