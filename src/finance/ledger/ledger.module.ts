import { Module } from '@nestjs/common';
import { LedgerRepository } from './ledger.repository.js';
import { Ledger } from './ledger.js';

@Module({ providers: [Ledger, LedgerRepository], exports: [Ledger, LedgerRepository] })
export class LedgerModule {}
