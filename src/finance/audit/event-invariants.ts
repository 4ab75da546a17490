import type { EntityManager } from 'typeorm';
import type { OrderAudit } from '../../detection/index.js';

/** Something always true that no single statement can tell, since two rooms own the tables. */
export interface EventInvariant {
  invariant: number;
  title: string;
  /** Offenders for people; none means that it holds. */
  find: () => Promise<string[]>;
}

const PAGE = 5000;
/** Offenders gathered, at most: the audit says that something is wrong, not all of it. */
const ENOUGH = 1000;

/** What money.md says is always true between order events and journals. */
export function eventInvariants(tx: EntityManager, events: OrderAudit, lateSeconds: number): EventInvariant[] {
  return [
    {
      invariant: 4,
      title: 'every posted event has its journal',
      find: () => eventsWithoutJournal(tx, events),
    },
    {
      invariant: 4,
      title: 'every journal of an event is the one its event names',
      find: () => journalsWithoutEvent(tx, events),
    },
    {
      invariant: 14,
      title: 'no event is unposted for longer than the sweep’s period',
      find: async () =>
        (await events.overdue(lateSeconds, ENOUGH)).map((event) => `${event.eventId} is ${event.state}`),
    },
    {
      invariant: 15,
      title: 'what was told again with other content was posted once',
      find: () => events.conflictsPostedTwice(ENOUGH),
    },
  ];
}

async function eventsWithoutJournal(tx: EntityManager, events: OrderAudit): Promise<string[]> {
  const offenders: string[] = [];
  for (let after = ''; offenders.length < ENOUGH;) {
    const page = await events.postedAfter(after, PAGE);
    if (page.length === 0) break;
    const rows: { id: string; cause_id: string }[] = await tx.query(
      'SELECT id, cause_id FROM journal WHERE id IN (?)',
      [page.map((event) => event.journalId)],
    );
    const causes = new Map(rows.map((row) => [row.id, row.cause_id]));
    for (const { eventId, journalId } of page)
      if (causes.get(journalId) !== eventId) offenders.push(`${eventId} names ${journalId}`);
    after = page.at(-1)?.eventId ?? '';
  }
  return offenders;
}

async function journalsWithoutEvent(tx: EntityManager, events: OrderAudit): Promise<string[]> {
  const offenders: string[] = [];
  for (let after = ''; offenders.length < ENOUGH;) {
    const page: { id: string; cause_id: string }[] = await tx.query(
      `SELECT id, cause_id FROM journal WHERE id > ? AND cause_type = 'order-event' ORDER BY id LIMIT ?`,
      [after, PAGE],
    );
    if (page.length === 0) break;
    const journals = await events.journalsOf([...new Set(page.map((journal) => journal.cause_id))]);
    for (const { id, cause_id: eventId } of page)
      if (journals.get(eventId) !== id) offenders.push(`${id} is not the journal of ${eventId}`);
    after = page.at(-1)?.id ?? '';
  }
  return offenders;
}
