import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { OrderEventId, StaffId } from '../../shared/ids.js';

/** `withdrawn`: somebody had the event posted instead. */
export type DismissalState = 'awaiting-approval' | 'approved' | 'rejected' | 'withdrawn';

/** Somebody's wish that a parked event is never posted, and what another person said; the last one of each event. */
@Entity('order_event_dismissal')
@Index('ix_order_event_dismissal_state', ['state', 'eventId'])
export class OrderEventDismissalEntity {
  @PrimaryColumn({ name: 'event_id', type: 'varchar', length: 40 })
  eventId!: OrderEventId;

  @Column({ type: 'varchar', length: 20 })
  state!: DismissalState;

  @Column({ type: 'varchar', length: 500 })
  reason!: string;

  @Column({ name: 'made_by', type: 'varchar', length: 40 })
  madeBy!: StaffId;

  @Column({ name: 'made_at', type: 'datetime', precision: 6 })
  madeAt!: Date;

  @Column({ name: 'decided_by', type: 'varchar', length: 40, nullable: true })
  decidedBy!: StaffId | null;

  @Column({ name: 'decided_at', type: 'datetime', precision: 6, nullable: true })
  decidedAt!: Date | null;
}
