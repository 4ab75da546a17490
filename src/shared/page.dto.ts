import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { IsInstant } from './fields.js';
import { readCursor, type PageRequest } from './page.js';

/** The query of every list; lists with filters extend it. */
export class PageQuery {
  /** Items on a page. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  /** The `nextCursor` of the page before. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{1,300}$/, { message: 'must be the nextCursor of the page before' })
  cursor?: string;
}

/** The query of a list that can be cut to a period. */
export class PeriodPageQuery extends PageQuery {
  /** RFC 3339: from this moment on. */
  @IsOptional()
  @IsInstant()
  from?: string;

  /** RFC 3339: and before this one. */
  @IsOptional()
  @IsInstant()
  to?: string;
}

/** A period that may be open at either end; `to` is exclusive. */
export interface OpenPeriod {
  from?: Date | undefined;
  to?: Date | undefined;
}

/** The period of a query. */
export function openPeriod({ from, to }: Pick<PeriodPageQuery, 'from' | 'to'>): OpenPeriod {
  return { from: from === undefined ? undefined : new Date(from), to: to === undefined ? undefined : new Date(to) };
}

/**
 * What the query asks for. Throws `request.invalid` when the cursor is not one of ours. What the list is ordered by says of
 * which type the key is; a key that is none only begins the page elsewhere.
 */
export function pageRequest<Key extends string>(query: PageQuery): PageRequest<Key> {
  return { limit: query.limit, after: query.cursor === undefined ? null : (readCursor(query.cursor) as Key) };
}
