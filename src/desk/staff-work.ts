import { Injectable } from '@nestjs/common';
import { rowsOfWaitingChanges } from '../access/index.js';
import { type WorkItem, WorkSource } from './waiting-work.js';

/** Changes of staff that wait for the consent of an admin. Access stands below, and cannot enrol them itself. */
@Injectable()
export class StaffWork extends WorkSource {
  readonly items: readonly WorkItem[] = [{ kind: 'staff-changes', roles: ['admin'], rows: rowsOfWaitingChanges }];
}
