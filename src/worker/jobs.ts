import { Injectable } from '@nestjs/common';
import type { Config } from '../core/config.js';
import type { WakeUpJob } from '../core/wake-up.js';
import { AuditLogChain } from '../access/index.js';
import { PersonalDataRetention } from '../database/index.js';
import { VisitRetention } from '../detection/visits/index.js';
import { MessageDelivery } from '../messages/index.js';
import {
  BookCloser,
  CouponExpiryService,
  DayCounter,
  MaturityService,
  PayoutDeliveryService,
  PayoutHousekeeping,
  PointsExpiryService,
  PostingService,
  ScheduledAudit,
  ScheduledDraftService,
  Sealer,
  SweepService,
} from '../finance/index.js';
import { waitingIds } from './waiting-ids.js';

/** Queues with slots of their own, so that nothing long keeps orders from being posted. */
export const LANES = ['posting', 'background'] as const;
export type Lane = (typeof LANES)[number];

/**
 * Work that the clock asks for, and how often. It runs once at a time over all workers: a sweep that is still busy is not
 * joined by the next one. What looks at everything is done as seldom as the audit.
 */
const SCHEDULES = {
  'events.sweep': 'sweepSeconds',
  'rewards.mature': 'sweepSeconds',
  'points.expire': 'sweepSeconds',
  'coupons.expire': 'sweepSeconds',
  'payouts.draft': 'sweepSeconds',
  'payouts.poll': 'sweepSeconds',
  'payouts.watch': 'auditSeconds',
  'journals.seal': 'sweepSeconds',
  'books.close': 'sweepSeconds',
  'audit-log.seal': 'sweepSeconds',
  'messages.sweep': 'sweepSeconds',
  'figures.count': 'sweepSeconds',
  'visits.purge': 'auditSeconds',
  'people.erase': 'auditSeconds',
  'books.audit': 'auditSeconds',
} as const satisfies Record<string, keyof Config>;

export type ScheduledJob = keyof typeof SCHEDULES;
export const SCHEDULED_JOBS = Object.keys(SCHEDULES) as ScheduledJob[];

/** Every job there is: what a request announced, and what the clock asks for. */
export type JobName = WakeUpJob | ScheduledJob;

/** When a scheduled job is run. */
export interface Schedule {
  job: ScheduledJob;
  everyMs: number;
}

/** How often each scheduled job is run. */
export function schedulesOf(config: Pick<Config, 'sweepSeconds' | 'auditSeconds'>): Schedule[] {
  return SCHEDULED_JOBS.map((job) => ({ job, everyMs: config[SCHEDULES[job]] * 1000 }));
}

export function laneOf(job: JobName): Lane {
  return job === 'rewards.post' ? 'posting' : 'background';
}

/** Whether a job runs once at a time over all workers. */
export function runsAlone(job: string): job is ScheduledJob {
  return job in SCHEDULES;
}

/** What is done for each job: one service method. Each assumes that it runs twice, and at the same time. */
@Injectable()
export class Jobs {
  /** A job that is missing here does not compile. Throws UnrecoverableError for what will never work. */
  readonly handlers: Readonly<Record<JobName, (data: unknown) => Promise<unknown>>>;

  constructor(
    posting: PostingService,
    sweep: SweepService,
    maturity: MaturityService,
    points: PointsExpiryService,
    coupons: CouponExpiryService,
    drafts: ScheduledDraftService,
    delivery: PayoutDeliveryService,
    housekeeping: PayoutHousekeeping,
    sealer: Sealer,
    closer: BookCloser,
    figures: DayCounter,
    audit: ScheduledAudit,
    messages: MessageDelivery,
    auditLog: AuditLogChain,
    visits: VisitRetention,
    people: PersonalDataRetention,
  ) {
    this.handlers = {
      'rewards.post': (data) => posting.postOrderEvents(waitingIds(data)),
      'payouts.submit': (data) => delivery.submitWaitingPayouts(waitingIds(data)),
      'messages.send': (data) => messages.sendWaiting(waitingIds(data)),
      'events.sweep': () => sweep.postOverdue(),
      'rewards.mature': () => maturity.matureRewards(),
      'points.expire': () => points.expirePoints(),
      'coupons.expire': () => coupons.expireCoupons(),
      'payouts.draft': () => drafts.draftDueBatches(),
      'payouts.poll': () => delivery.pollOpenPayouts(),
      'payouts.watch': () => housekeeping.watch(),
      'journals.seal': () => sealer.sealJournals(),
      'books.close': () => closer.closeBooks(),
      'audit-log.seal': () => auditLog.sealEntries(),
      'messages.sweep': () => messages.sweep(),
      'figures.count': () => figures.countChanges(),
      'visits.purge': () => visits.sweep(),
      'people.erase': () => people.sweep(),
      'books.audit': () => audit.runAndKeep(),
    };
  }
}
