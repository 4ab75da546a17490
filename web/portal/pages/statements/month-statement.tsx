import { useEffect } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { client, type Schema } from '../../../api/client.js';
import { NotYet } from '../../parts/loading.js';
import { refusal } from '../../parts/refusal.js';
import { useMe, useMine } from '../../session.js';
import { useWords } from '../../words.js';
import { useLanguage } from '../../../ui/language.js';
import { AccountPeriod } from './account-period.js';
import { monthName } from './month-name.js';

const PAGE = 200;

interface Props {
  month: string;
  /** Of this asset and account alone; absent: of all. */
  asset: string | undefined;
  account: string | undefined;
}

/** A month as a whole: all of its pages are read, so that what is printed is complete. */
export function MonthStatement({ month, asset, account }: Props) {
  const texts = useWords().pages.statements;
  const { language } = useLanguage();
  const me = useMe();
  const list = useStatement(month);
  const { data, hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  const [first] = data?.pages ?? [];
  if (!first) return <NotYet query={list} rows={6} />;
  const entries = data!.pages.flatMap(({ items }) => items);
  const accounts = first.accounts.filter(
    (each) => (asset === undefined || each.asset === asset) && (account === undefined || each.account === account),
  );
  const all = first.accounts.reduce((sum, each) => sum + each.entries, 0);
  return (
    <>
      <p className="print-only">
        {me.displayName} {me.code} · {monthName(month, language)}
      </p>
      {entries.length < all && <p role="status">{texts.reading(entries.length, all)}</p>}
      {!first.final && <p className="quiet">{texts.notFinal}</p>}
      {accounts.length === 0 && <p className="card">{texts.nothing}</p>}
      {accounts.map((period) => (
        <AccountPeriod
          key={`${period.asset} ${period.account}`}
          period={period}
          timeZone={first.timeZone}
          open={accounts.length === 1}
          entries={entries.filter((entry) => entry.asset === period.asset && entry.account === period.account)}
        />
      ))}
    </>
  );
}

function useStatement(month: string) {
  const { path } = useMine();
  return useInfiniteQuery({
    queryKey: ['get', '/v1/merchants/{id}/statements', path.id, month],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const query = { month, limit: PAGE, ...(cursor && { cursor }) };
      const { data, error } = await client.GET('/v1/merchants/{id}/statements', { params: { path, query }, signal });
      if (error) throw refusal(error);
      // Asked for as JSON; as CSV it would be a text.
      return data as Schema<'MonthStatementDto'>;
    },
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
}
