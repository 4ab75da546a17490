import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
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

/**
 * What the query asks for. Throws `request.invalid` when the cursor is not one of ours. What the list is ordered by says of
 * which type the key is; a key that is none only begins the page elsewhere.
 */
export function pageRequest<Key extends string>(query: PageQuery): PageRequest<Key> {
  return { limit: query.limit, after: query.cursor === undefined ? null : (readCursor(query.cursor) as Key) };
}
