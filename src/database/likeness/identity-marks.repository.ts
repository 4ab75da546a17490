import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../../core/config.js';
import type { ApplicationId, MerchantId } from '../../shared/ids.js';
import { derivedKey } from '../../shared/sealed-text.js';
import { marksOf, type Person } from './likeness.js';

/** Of a mark that very many have (a common name) so many are looked at, the latest. */
const OF_EACH_MARK = 100;

/** Who has what in common with whom. */
@Injectable()
export class IdentityMarks {
  private readonly key: Buffer;

  constructor(@Inject(Config) config: Config) {
    this.key = derivedKey(config.blindIndexKey, 'yinke identity marks');
  }

  /** Notes what somebody says of themselves, beside what they said before. */
  async note(tx: EntityManager, ownerId: ApplicationId | MerchantId, said: Partial<Person>): Promise<void> {
    const marks = this.hashed(said);
    if (marks.length === 0) return;
    await tx.query(
      `INSERT INTO identity_mark (mark, owner_id, noted_at) VALUES ${marks.map(() => '(?, ?, NOW(6))').join(', ')}
       ON DUPLICATE KEY UPDATE mark = VALUES(mark)`,
      marks.flatMap((mark) => [mark, ownerId]),
    );
  }

  /** Owners who share a mark with this person. */
  async findSharing(em: EntityManager, person: Person): Promise<(ApplicationId | MerchantId)[]> {
    const marks = this.hashed(person);
    const each = '(SELECT owner_id FROM identity_mark WHERE mark = ? ORDER BY owner_id DESC LIMIT ?)';
    const rows = await em.query<{ owner_id: ApplicationId | MerchantId }[]>(
      marks.map(() => each).join(' UNION '),
      marks.flatMap((mark) => [mark, OF_EACH_MARK]),
    );
    return rows.map((row) => row.owner_id);
  }

  private hashed(said: Partial<Person>): string[] {
    return marksOf(said).map((mark) => createHmac('sha256', this.key).update(mark, 'utf8').digest('hex').slice(0, 32));
  }
}
