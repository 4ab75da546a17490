import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../access/index.js';
import { DecisionLog, type Decision } from './decision-log.js';

/** Writes the registry's decisions into the audit log. */
@Injectable()
export class AuditedDecisionLog extends DecisionLog {
  constructor(private readonly audit: AuditLog) {
    super();
  }

  record(tx: EntityManager, { by, ...decision }: Decision): Promise<void> {
    return this.audit.record(tx, { principal: by, ...decision });
  }
}
