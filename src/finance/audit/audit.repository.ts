import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../core/unit-of-work.js';

@Injectable()
export class AuditRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** What an invariant's statement finds. */
  readonly select = async (sql: string): Promise<Record<string, unknown>[]> =>
    (await this.unitOfWork.heavyReader()).query(sql);
}
