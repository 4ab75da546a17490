import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { linesFromJson } from '../../detection/orders/index.js';
import { databaseNow } from '../../core/database-now.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { addDays, instantOf, localDay } from '../../shared/calendar.js';
import { DayCountRepository, type CountedStorefront, type Day } from './day-count.repository.js';
import type { DayToCountEntity } from './figure.entities.js';
import { addSold, type ProductSales } from './product-sales.js';

/** A change is looked for this long after it was written, since it may be committed later; no transaction takes so long. */
const OVERLAP_MS = 120_000;
/** Days that are read from the list at once. */
const PAGE = 200;

/**
 * Keeps the figures of days: notices which days of which storefronts something has changed on, and counts those anew from
 * the truth. To count a day twice is the same as once, and a day stays on its list until it is counted, so nothing is
 * lost by a crash.
 */
@Injectable()
export class DayCounter {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly days: DayCountRepository,
  ) {}

  /** Counts what has changed since the last time. Returns how many days were counted. */
  async countChanges(): Promise<number> {
    await this.unitOfWork.run((tx) => this.notice(tx));
    for (let counted = 0; ;) {
      const page = await this.days.findToCount(this.unitOfWork.reader, PAGE);
      for (const one of page) if (await this.unitOfWork.runAtOneMoment((tx) => this.countDay(tx, one))) counted += 1;
      if (page.length < PAGE) return counted;
    }
  }

  /** Has everything counted anew with the next turn of the worker. What is shown meanwhile stands until then. */
  async requestRebuild(): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.days.enqueueCounted(tx);
      await this.days.clearMark(tx);
    });
  }

  private async notice(tx: EntityManager): Promise<void> {
    const now = await databaseNow(tx);
    const storefronts = await this.days.findStorefronts(tx);
    const moved = await this.days.isMoved(tx);
    if (moved) await this.days.enqueueCounted(tx);
    const mark = moved ? null : await this.days.lockMark(tx);
    const since = mark === null ? new Date(0) : new Date(mark.getTime() - OVERLAP_MS);
    const touched = await this.days.findTouched(tx, since);
    const days = new Map<string, DayToCountEntity>();
    for (const { storefrontId, at } of touched) {
      const storefront = storefronts.get(storefrontId);
      if (!storefront) continue;
      const day = localDay(storefront.timeZone, at);
      days.set(`${storefrontId} ${day}`, { storefrontId, day });
    }
    await this.days.enqueue(tx, [...days.values()]);
    await this.days.setMark(tx, now);
  }

  private async countDay(tx: EntityManager, one: DayToCountEntity): Promise<boolean> {
    if (!(await this.days.take(tx, one))) return false;
    const storefront = (await this.days.findStorefronts(tx)).get(one.storefrontId);
    if (!storefront) return false;
    const day = dayOf(storefront, one.day);
    await this.days.noteCounted(tx, day);
    const sold = new Map<string, ProductSales>();
    for await (const { lines, ...order } of this.days.completedLines(tx, day))
      addSold(sold, { ...order, lines: linesFromJson(lines) });
    const key = { day: one.day, storefrontId: storefront.id, currency: storefront.currency };
    await this.days.replace(
      tx,
      day,
      [...sold.values()].map((product) => ({ ...key, ...product })),
    );
    return true;
  }
}

function dayOf(storefront: CountedStorefront, day: string): Day {
  const { timeZone } = storefront;
  return {
    storefront,
    day,
    from: instantOf(timeZone, day, '00:00'),
    to: instantOf(timeZone, addDays(day, 1), '00:00'),
  };
}
