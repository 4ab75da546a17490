import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { OneTimeCodes, type CodePurpose } from '../../access/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { DomainError } from '../../shared/domain-error.js';
import type { MerchantId } from '../../shared/ids.js';
import type { DatabaseErrorCode } from '../errors.js';

/** What somebody goes to WeChat for: to sign in, or to link their account to this merchant. */
export type Errand = 'sign-in' | { linkTo: MerchantId };

/** The way to WeChat and back: what the address carries, and what only the browser has that went. */
export interface Crossing {
  state: string;
  browser: string;
}

/**
 * `state` of OAuth 2.0 (RFC 6749, section 10.12): who comes back from WeChat is who went, for what they went, once and within ten minutes. Without
 * it somebody could be signed in as, or linked to, another.
 */
@Injectable()
export class WechatStates {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly codes: OneTimeCodes,
  ) {}

  async start(errand: Errand): Promise<Crossing> {
    // WeChat takes letters and digits alone.
    const state = randomBytes(24).toString('hex');
    const browser = randomBytes(24).toString('base64url');
    await this.unitOfWork.run((tx) => this.codes.keep(tx, purposeOf(errand, state), browser));
    return { state, browser };
  }

  /** Ends a crossing, whatever becomes of it. Throws `wechat.state-refused`. */
  async end(errand: Errand, { state, browser }: { state: string; browser: string | undefined }): Promise<void> {
    const purpose = purposeOf(errand, state);
    const verdict = await this.unitOfWork.run(async (tx) => {
      const judged = await this.codes.judge(tx, purpose, browser ?? '');
      if (judged === 'right') await this.codes.use(tx, purpose);
      return judged;
    });
    if (verdict !== 'right')
      throw new DomainError<DatabaseErrorCode>(
        'wechat.state-refused',
        'This way back from WeChat was used, has ended, or began in another browser.',
      );
  }
}

function purposeOf(errand: Errand, state: string): CodePurpose {
  if (errand === 'sign-in') return { what: 'wechat-sign-in', who: state };
  return { what: 'wechat-link', who: `${errand.linkTo} ${state}` };
}
