import { Code } from '@mantine/core';
import { api, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { Copy } from '../../parts/copy.js';
import { DayFilter } from '../../parts/day-filter.js';
import { momentsOf } from '../../parts/days.js';
import { FilterBar } from '../../parts/filter-bar.js';
import { only, useFilters } from '../../parts/filters.js';
import { Empty, List, type Column } from '../../parts/list.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { Page } from '../../parts/page.js';
import { PageLink } from '../../parts/page-link.js';
import { Person, useColleagues } from '../../parts/person.js';
import { keyOf, optionsOf, SelectFilter } from '../../parts/select-filter.js';
import { Subject } from '../../parts/subject.js';
import { TextFilter } from '../../parts/text-filter.js';
import { useWords } from '../../words.js';

type Entry = Schema<'AuditEntryDto'>;

/** Who did what, the latest first. */
export default function AuditLog() {
  const { pages, states } = useWords();
  const texts = pages.auditLog;
  const colleagues = useColleagues();
  const [{ who, action, subject, from, to, cursor }] = useFilters();
  const actorKind = keyOf(states.actor, who);
  const query = api.useQuery('get', '/v1/audit-log', {
    params: {
      query: { actorKind, actor: actorKind ? undefined : who, action, subject, cursor, ...momentsOf(from, to) },
    },
  });
  const columns: Column<Entry>[] = [
    { label: texts.at, cell: ({ at }) => <Moment at={at} /> },
    { label: texts.who, cell: ({ actor }) => <Who actor={actor} /> },
    {
      label: texts.action,
      cell: (entry) => (
        <PageLink to="/audit-log" search={only({ who, subject, from, to, action: entry.action })}>
          <Code className="log-action">{entry.action}</Code>
        </PageLink>
      ),
    },
    { label: texts.subject, cell: (entry) => <Subject id={entry.subject} /> },
    { label: texts.detail, cell: (entry) => <Facts entry={entry} /> },
    { label: texts.from, cell: ({ address, requestId }) => <Call address={address} requestId={requestId} /> },
  ];
  const filtered = [who, action, subject, from, to].some((filter) => filter !== undefined);
  return (
    <Page title={texts.title} text={texts.text}>
      <FilterBar>
        <SelectFilter
          name="who"
          label={texts.who}
          options={[...optionsOf(states.actor), ...[...colleagues].map(([id, email]) => ({ value: id, label: email }))]}
        />
        <TextFilter name="action" label={texts.action} />
        <TextFilter name="subject" label={texts.subjectId} />
        <DayFilter name="from" label={pages.shared.from} />
        <DayFilter name="to" label={pages.shared.to} />
      </FilterBar>
      <List
        caption={texts.title}
        columns={columns}
        query={query}
        rowKey={({ id }) => id}
        empty={<Empty title={filtered ? texts.noneFound : texts.empty} />}
      />
    </Page>
  );
}

function Who({ actor: { kind, id } }: { actor: Entry['actor'] }) {
  const { actor } = useWords().states;
  if (kind === 'staff') return <Person id={id} />;
  if (id === null || (kind !== 'merchant' && kind !== 'widget')) return actor[kind][0];
  return (
    <>
      {actor[kind][0]} <MerchantName id={id} />
    </>
  );
}

/** A value as the service wrote it; a list of words without its brackets. */
function said(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ') || '–';
  return JSON.stringify(value ?? null);
}

/** What was changed, and further facts of an entry, as the service wrote them. */
function Facts({ entry: { detail, before, after } }: { entry: Entry }) {
  const changes = Object.keys(after ?? {}).map((name) => ({
    name,
    value: before ? `${said(before[name])} → ${said(after?.[name])}` : said(after?.[name]),
  }));
  const facts = Object.entries(detail ?? {}).map(([name, value]) => ({ name, value: said(value) }));
  if (facts.length + changes.length === 0) return null;
  return (
    <div className="log-facts">
      {[...facts, ...changes].map(({ name, value }) => (
        <div key={name}>
          <Code>
            {name}: {value}
          </Code>
        </div>
      ))}
    </div>
  );
}

/** Where the call came from, and its id, by which the log of the service is searched. */
function Call({ address, requestId }: Pick<Entry, 'address' | 'requestId'>) {
  return (
    <>
      {address}
      {requestId !== null && (
        <div>
          <Copy text={requestId} label={`…${requestId.slice(-6)}`} />
        </div>
      )}
    </>
  );
}
