import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../shared/domain-error.js';
import type { FinanceErrorCode } from '../../errors.js';
import { HttpBankRail } from './http-bank.rail.js';
import { Iso20022FileRail } from './iso20022-file.rail.js';
import { FileRail, OnlineRail } from './payout-rail.js';

/** The rails that there are. */
@Injectable()
export class Rails {
  private readonly all: readonly (FileRail | OnlineRail)[];

  constructor(file: Iso20022FileRail, httpBank: HttpBankRail) {
    this.all = [file, httpBank];
  }

  /** Throws `payout.rail-not-available` when there is no such rail or it is not configured. */
  get(name: string): FileRail | OnlineRail {
    const rail = this.all.find((one) => one.name === name && one.available);
    if (rail) return rail;
    throw new DomainError<FinanceErrorCode>('payout.rail-not-available', `The rail ${name} is not available.`);
  }

  /** Names of the rails that answer, and are configured. */
  online(): string[] {
    return this.all.filter((rail) => rail instanceof OnlineRail && rail.available).map((rail) => rail.name);
  }

  /** Names of the rails that write files. */
  files(): string[] {
    return this.all.filter((rail) => rail instanceof FileRail).map((rail) => rail.name);
  }
}
