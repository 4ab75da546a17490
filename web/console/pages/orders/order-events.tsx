import { Table } from '@mantine/core';
import type { Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

/** What the money had to follow: each fact of the order, and the journal that it led to. */
export function OrderEvents({ events }: { events: readonly Schema<'OrderEventDto'>[] }) {
  const texts = useWords().pages.orders;
  return (
    <Table className="list">
      <caption className="visually-hidden">{texts.events}</caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{texts.event}</Table.Th>
          <Table.Th>{texts.state}</Table.Th>
          <Table.Th>{texts.recordedAt}</Table.Th>
          <Table.Th>{texts.journal}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {events.map(({ id, type, refundId, state, recordedAt, journal, reason }) => (
          <Table.Tr key={id}>
            <Table.Td data-label={texts.event}>
              <span>
                <State of="orderEventType" is={type} /> {refundId}
              </span>
            </Table.Td>
            <Table.Td data-label={texts.state}>
              <State of="orderEvent" is={state} />
            </Table.Td>
            <Table.Td data-label={texts.recordedAt}>
              <Moment at={recordedAt} />
            </Table.Td>
            <Table.Td data-label={texts.journal}>
              {journal ? (
                <PageLink to={`/journals/${journal}`}>…{journal.slice(-6)}</PageLink>
              ) : (
                <span lang="en">{reason ?? '–'}</span>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
