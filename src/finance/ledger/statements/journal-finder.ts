import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../core/unit-of-work.js';
import { Finder, Finders, type Found } from '../../../desk/index.js';
import { JournalRepository } from './journal.repository.js';

/** Journals by id, or by their business key. */
@Injectable()
export class JournalFinder extends Finder {
  readonly readers = ['auditor', 'finance-maker', 'finance-checker', 'admin'] as const;

  constructor(
    finders: Finders,
    private readonly unitOfWork: UnitOfWork,
    private readonly journals: JournalRepository,
  ) {
    super(finders);
  }

  async find(number: string): Promise<Found[]> {
    const found = await this.journals.findByNumber(this.unitOfWork.reader, number);
    return found.map(({ id, description: label }) => ({ kind: 'journal', id, label, parts: {} }));
  }
}
