import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../core/config.js';
import { noteUndone } from '../core/unit-of-work.js';
import { DomainError } from '../shared/domain-error.js';
import { derivedKey } from '../shared/sealed-text.js';
import type { AccessErrorCode } from './errors.js';
import { OneTimeCodeRepository } from './one-time-code.repository.js';

/** For how many minutes a code works, and how many wrong ones end it. */
export const CODE_MINUTES = 10;
const WRONG_TRIES = 5;

/** What a code is for, and whose: a code for one thing is none for another. */
export interface CodePurpose {
  what: 'sign-in' | 'confirm' | 'contact' | 'wechat-sign-in' | 'wechat-link';
  /** Contact, merchant or errand. */
  who: string;
}

/** What became of a code that was given; anything but `right` is to be refused, once the try is committed. */
export type CodeVerdict = 'right' | 'wrong' | 'expired' | 'spent';

/** Codes of six digits, sent to a person and given back: the newest alone works, for ten minutes and once. */
@Injectable()
export class OneTimeCodes {
  private readonly key: Buffer;

  constructor(
    private readonly repository: OneTimeCodeRepository,
    @Inject(Config) config: Config,
  ) {
    this.key = derivedKey(config.blindIndexKey, 'yinke one-time codes');
  }

  /** A new code; the one before ends. */
  async issue(tx: EntityManager, purpose: CodePurpose): Promise<string> {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    await this.keep(tx, purpose, code);
    return code;
  }

  /** As {@link issue}, for a secret that reaches the person by another way than a message. */
  async keep(tx: EntityManager, purpose: CodePurpose, secret: string): Promise<void> {
    const id = this.idOf(purpose);
    await this.repository.replace(tx, id, this.hash([id, secret]), CODE_MINUTES);
  }

  /** Whether there is a code for this. */
  async has(tx: EntityManager, purpose: CodePurpose): Promise<boolean> {
    return (await this.repository.lock(tx, this.idOf(purpose))) !== null;
  }

  /** Judges a code and counts a wrong one; the transaction has to be committed whatever the verdict. */
  async judge(tx: EntityManager, purpose: CodePurpose, code: string): Promise<CodeVerdict> {
    const verdict = await this.verdictOn(tx, purpose, code);
    if (verdict !== 'right') noteUndone(tx);
    return verdict;
  }

  private async verdictOn(tx: EntityManager, purpose: CodePurpose, code: string): Promise<CodeVerdict> {
    const id = this.idOf(purpose);
    const stored = await this.repository.lock(tx, id);
    if (!stored) return 'wrong';
    if (stored.expired) return 'expired';
    if (stored.wrongTries >= WRONG_TRIES) return 'spent';
    if (timingSafeEqual(Buffer.from(stored.codeHash), Buffer.from(this.hash([id, code])))) return 'right';
    await this.repository.countWrongTry(tx, id);
    return 'wrong';
  }

  /** The code was used, and works no more. In the transaction of {@link judge}. */
  async use(tx: EntityManager, purpose: CodePurpose): Promise<void> {
    await this.repository.delete(tx, this.idOf(purpose));
  }

  private idOf({ what, who }: CodePurpose): string {
    return this.hash([what, who]);
  }

  private hash(of: string[]): string {
    return createHmac('sha256', this.key).update(JSON.stringify(of), 'utf8').digest('hex');
  }
}

/** How a code is refused. */
export function codeRefusal(verdict: Exclude<CodeVerdict, 'right'>): DomainError<AccessErrorCode> {
  switch (verdict) {
    case 'wrong':
      return new DomainError('code.refused', 'The code is wrong, was used, or a newer one was sent.');
    case 'expired':
      return new DomainError('code.expired', `A code works for ${CODE_MINUTES} minutes: ask for another.`);
    case 'spent':
      return new DomainError('code.spent', `After ${WRONG_TRIES} wrong tries a code works no more: ask for another.`);
  }
}
