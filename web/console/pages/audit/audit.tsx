import { Accordion, Button, Code, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { api, client, type Schema } from '../../../api/client.js';
import { count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { useAction } from '../../parts/action.js';
import { Facts } from '../../parts/facts.js';
import { Note } from '../../parts/note.js';
import { Page } from '../../parts/page.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';

/** What must always be true of the books: looked at now or on a schedule, each with the statement that looks. */
export default function Audit() {
  const texts = useWords().pages.audit;
  const [asked, setAsked] = useState<Schema<'AuditDto'>>();
  const last = api.useQuery('get', '/v1/finance/audit/last');
  const run = useAction(
    () => client.GET('/v1/finance/audit'),
    (result) => {
      setAsked(result);
      return result.clean ? texts.clean : texts.notClean;
    },
  );
  const shown = asked ?? last.data;
  return (
    <Page
      title={texts.title}
      text={texts.text}
      actions={
        <Button loading={run.pending} onClick={() => void run.run()}>
          {texts.run}
        </Button>
      }
    >
      <Running />
      {run.error !== null && <ProblemNotice error={run.error} />}
      {!shown && last.error && <ProblemNotice error={last.error} />}
      {shown && (
        <Note title={shown.clean ? texts.clean : texts.notClean} acts={!shown.clean}>
          {asked ? texts.askedAt : texts.scheduledAt} <Moment at={shown.at} />
          {!asked && last.data && <Scope last={last.data} />}
        </Note>
      )}
      <Invariants items={shown?.items ?? []} />
      <Seal chain={last.data?.chain} auditLog={last.data?.auditLog} />
    </Page>
  );
}

/** How much a scheduled audit looked at: one of what is new says nothing of what is older. */
function Scope({ last: { since, fullAt } }: { last: Schema<'LastAuditDto'> }) {
  const texts = useWords().pages.audit;
  if (since === null) return <Text size="sm">{texts.everything}</Text>;
  return (
    <Text size="sm">
      {texts.newSince} <Moment at={since} />
      <br />
      {texts.fullAt} <Moment at={fullAt} />
    </Text>
  );
}

/** How far the audit is that runs now, whoever asked for it: it is told after a reload, too. */
function Running() {
  const texts = useWords().pages.audit;
  const { data } = api.useQuery('get', '/v1/finance/audit/progress', {}, { refetchInterval: 1_000 });
  if (!data?.running) return null;
  const { checked, of } = data.running;
  return (
    <Stack gap={4}>
      <Text size="sm">{texts.progress(checked, of)}</Text>
      <Progress value={(100 * checked) / of} aria-label={texts.progress(checked, of)} />
    </Stack>
  );
}

/** Each invariant as its sentence; opened, its parts with what breaks them and the statement. */
function Invariants({ items }: { items: readonly Schema<'AuditItemDto'>[] }) {
  const texts = useWords().pages.audit;
  const { data } = api.useQuery('get', '/v1/finance/audit/invariants', {}, { staleTime: Infinity });
  const found = new Map(items.map((item) => [item.title, item]));
  const numbers = [...new Set((data?.items ?? []).map(({ invariant }) => invariant))];
  return (
    <Section title={texts.invariants}>
      <Accordion variant="separated" multiple order={3}>
        {numbers.map((number) => {
          const parts = (data?.items ?? []).filter(({ invariant }) => invariant === number);
          const looked = parts.every(({ title }) => found.has(title));
          const breaks = parts.reduce((sum, { title }) => sum + (found.get(title)?.count ?? 0), 0);
          const sentence = parts[0]?.sentence ?? '';
          const translated = texts.sentences[number];
          return (
            <Accordion.Item key={number} value={String(number)}>
              <Accordion.Control>
                <Text lang={translated === undefined ? 'en' : undefined}>
                  {number}. {translated ?? sentence}
                </Text>
                <Text size="sm" c={breaks === 0 ? 'dimmed' : 'red'}>
                  {breaks > 0 ? texts.broken(breaks) : looked ? texts.holds(parts.length) : texts.notLooked}
                </Text>
              </Accordion.Control>
              <Accordion.Panel>
                {parts.map((part) => (
                  <Part key={part.title} part={part} item={found.get(part.title)} />
                ))}
              </Accordion.Panel>
            </Accordion.Item>
          );
        })}
      </Accordion>
    </Section>
  );
}

function Part({ part, item }: { part: Schema<'InvariantDto'>; item: Schema<'AuditItemDto'> | undefined }) {
  const texts = useWords().pages.audit;
  return (
    <Stack gap={4} mb="md">
      <Text lang="en" fw={600}>
        {part.title}
      </Text>
      {item && <Text size="sm">{item.count === 0 ? texts.took(item.tookMs) : texts.broken(item.count)}</Text>}
      {item?.offenders.map((offender) => (
        <Text key={offender} size="sm" c="red" lang="en">
          {offender}
        </Text>
      ))}
      <Code block tabIndex={0}>
        {part.sql}
      </Code>
    </Stack>
  );
}

type Chain = Schema<'AuditedChainDto'>;

/** The chains of journals and of the audit log: their heads are what an auditor writes down elsewhere. */
function Seal({ chain, auditLog }: { chain: Chain | undefined; auditLog: Chain | undefined }) {
  const texts = useWords().pages.audit;
  const { language } = useLanguage();
  const { data } = api.useQuery('get', '/v1/finance/seal');
  if (!data) return null;
  return (
    <Section title={texts.seal}>
      <Text size="sm" c="dimmed" maw="75ch">
        {texts.sealText}
      </Text>
      <Facts
        items={[
          [texts.head, <Code key="head">{data.head}</Code>],
          // Until the first journal is sealed there is no such moment.
          [texts.sealedUntil, !data.head.startsWith('0:') && <Moment key="until" at={data.sealedUntil} />],
          [texts.checked, chain && count(chain.checked, language)],
          [texts.altered, chain && count(chain.count, language)],
          [texts.logHead, <Code key="log-head">{data.auditLogHead}</Code>],
          [texts.logChecked, auditLog && count(auditLog.checked, language)],
          [texts.altered, auditLog && count(auditLog.count, language)],
        ]}
      />
      {[...(chain?.offenders ?? []), ...(auditLog?.offenders ?? [])].map((offender) => (
        <Text key={offender} size="sm" c="red" lang="en">
          {offender}
        </Text>
      ))}
    </Section>
  );
}
