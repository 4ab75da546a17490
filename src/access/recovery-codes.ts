import type { StaffId } from '../shared/ids.js';
import { createHmac, randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Config } from '../core/config.js';
import { foldedText } from '../shared/identity-key.js';
import { derivedKey } from '../shared/sealed-text.js';
import { StaffRecoveryCodeEntity } from './staff-recovery-code.entity.js';

const CODES = 10;
/** Ten of these are 49 random bits. Nothing that is read as something else. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';
const LENGTH = 10;

/** Codes on paper for a telephone that is lost: ten for each person, each good once in place of the second factor. */
@Injectable()
export class RecoveryCodes {
  private readonly key: Buffer;

  constructor(@Inject(Config) config: Config) {
    this.key = derivedKey(config.blindIndexKey, 'yinke recovery codes');
  }

  /** Ten new codes in place of those so far; only their hashes are kept. */
  async replace(tx: EntityManager, staffId: StaffId): Promise<string[]> {
    const codes = Array.from({ length: CODES }, newCode);
    await this.deleteAll(tx, staffId);
    await tx.insert(
      StaffRecoveryCodeEntity,
      codes.map((code) => ({ staffId, hash: this.hash(staffId, code) })),
    );
    return codes;
  }

  /** Uses a code up; false when there is none such. */
  async use(tx: EntityManager, staffId: StaffId, code: string): Promise<boolean> {
    const { affected } = await tx.delete(StaffRecoveryCodeEntity, { staffId, hash: this.hash(staffId, code) });
    return affected === 1;
  }

  /** How many are left. */
  left(em: EntityManager, staffId: StaffId): Promise<number> {
    return em.countBy(StaffRecoveryCodeEntity, { staffId });
  }

  async deleteAll(tx: EntityManager, staffId: StaffId): Promise<void> {
    await tx.delete(StaffRecoveryCodeEntity, { staffId });
  }

  private hash(staffId: StaffId, code: string): string {
    const normal = foldedText(code).replaceAll('-', '').toLowerCase();
    return createHmac('sha256', this.key).update(`${staffId} ${normal}`, 'utf8').digest('hex');
  }
}

function newCode(): string {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length)));
  return [...letters.slice(0, LENGTH / 2), '-', ...letters.slice(LENGTH / 2)].join('');
}
