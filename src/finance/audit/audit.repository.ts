import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../core/unit-of-work.js';

@Injectable()
export class AuditRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** What an invariant's statement finds. */
  readonly select = (sql: string): Promise<Record<string, unknown>[]> => this.unitOfWork.reader.query(sql);
}
