import { Injectable } from '@nestjs/common';
import type { Storefront } from '../access/index.js';
import { MerchantDirectory, UnitOfWork, type MerchantCard } from '../database/index.js';
import { Clock } from '../shared/clock.js';
import { DomainError, type SharedErrorCode } from '../shared/domain-error.js';
import { newId } from '../shared/ids.js';
import { remember, type Touch } from './attribution.js';
import type { DetectionErrorCode } from './errors.js';
import { codeInUrl, originAndPath } from './visit-url.js';
import type { ReferrerAnswerRequest, VisitDto, VisitRequest } from './visit.dto.js';
import { VisitRecorder } from './visit-recorder.js';
import { MAX_ANSWERS, VisitRepository, type NewVisit } from './visit.repository.js';
import { VisitTokens, type CodeStatus, type PreviousToken, type VisitClaims } from './visit-tokens.js';

/** Who brought this shopper: by code, by an earlier visit, or by the shopper's own answer. */
@Injectable()
export class VisitService {
  constructor(
    private readonly merchants: MerchantDirectory,
    private readonly tokens: VisitTokens,
    private readonly recorder: VisitRecorder,
    private readonly repository: VisitRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Opens a visit. Reads no database, and is answered also when it cannot be written. */
  async openVisit(storefront: Storefront, request: VisitRequest): Promise<VisitDto> {
    const now = this.clock.now();
    const id = newId('visit');
    const code = codeGiven(request, storefront.codeParameter);
    const merchant = this.active(code === null ? undefined : this.merchants.byCode(code));
    const codeStatus: CodeStatus = code === null ? 'absent' : merchant ? 'known' : 'unknown';
    const touch: Touch | null = merchant && {
      merchantId: merchant.id,
      via: 'code',
      visitId: id,
      at: now.toISOString(),
    };
    const { previous, touches: earlier } = this.readPrevious(request.previous, storefront, now);
    const touches = remember(earlier, touch, storefront, now);
    const claims: VisitClaims = { id, storefrontId: storefront.id, codeStatus, touches, previous };
    const { row, answer } = this.describe(claims, storefront, now);
    const recorded = await this.recorder.record({
      ...row,
      codeGiven: code,
      shopperRef: request.shopperRef ?? null,
      referrerUrl: originAndPath(request.referrerUrl),
    });
    return { ...answer, recorded };
  }

  /**
   * Takes the answer to the referrer question. It counts unless a code or an earlier visit has attributed this visit; a
   * later answer replaces an earlier one. Throws `visit.not-found` when token and path differ, `visit.too-many-answers`.
   */
  async answerReferrer(storefront: Storefront, visitId: string, request: ReferrerAnswerRequest): Promise<VisitDto> {
    const now = this.clock.now();
    const visit = this.tokens.read(request.visit, storefront, now);
    if (visit.id !== visitId)
      throw new DomainError<DetectionErrorCode>('visit.not-found', 'The token is that of another visit.');
    const named = this.active(this.merchants.byWechatId(request.wechatId?.trim() ?? ''));
    const given = visit.touches.filter((touch) => touch.visitId !== visitId || touch.via === 'code');
    const counts = named && given.length === 0;
    const touch: Touch | null = counts
      ? { merchantId: named.id, via: 'referrer', visitId, at: now.toISOString() }
      : null;
    const claims = { ...visit, touches: remember(given, touch, storefront, now) };
    const { row, answer } = this.describe(claims, storefront, now);
    const counted = await this.unitOfWork.run((tx) => this.repository.recordAnswer(tx, row));
    if (!counted)
      throw new DomainError<DetectionErrorCode>(
        'visit.too-many-answers',
        `A visit takes ${MAX_ANSWERS} answers, and these have been given.`,
      );
    return { ...answer, recorded: true };
  }

  /** Suspended and closed merchants look exactly like unknown ones. */
  private active(merchant: MerchantCard | undefined): MerchantCard | null {
    return merchant?.state === 'active' ? merchant : null;
  }

  /** The earlier touches that still count, without merchants who are no longer active. */
  private readPrevious(
    token: string | null | undefined,
    storefront: Storefront,
    now: Date,
  ): { previous: PreviousToken; touches: readonly Touch[] } {
    if (!token) return { previous: 'none', touches: [] };
    try {
      const { touches } = this.tokens.read(token, storefront, now);
      return {
        previous: 'used',
        touches: touches.filter((touch) => this.active(this.merchants.byId(touch.merchantId))),
      };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const code = (error as DomainError<SharedErrorCode>).code;
      return { previous: code === 'token.expired' ? 'expired' : 'refused', touches: [] };
    }
  }

  private describe(
    claims: VisitClaims,
    storefront: Storefront,
    now: Date,
  ): { row: NewVisit; answer: Omit<VisitDto, 'recorded'> } {
    const { attribution } = this.tokens.visitOf(claims, storefront, now);
    const merchant = attribution && this.merchants.byId(attribution.merchantId);
    const { token, expiresAt } = this.tokens.issue(claims, storefront, now);
    return {
      row: {
        id: claims.id,
        storefrontId: storefront.id,
        merchantId: attribution?.merchantId ?? null,
        via: attribution?.via ?? null,
        codeStatus: claims.codeStatus,
        codeGiven: null,
        shopperRef: null,
        referrerUrl: null,
        at: now,
      },
      answer: {
        id: claims.id,
        visit: token,
        attributed: attribution !== null,
        via: attribution?.via ?? null,
        codeStatus: claims.codeStatus,
        merchant: merchant ? { code: merchant.code, displayName: merchant.displayName } : null,
        ask: attribution ? null : { question: 'referrer' },
        expiresAt: expiresAt.toISOString(),
      },
    };
  }
}

function codeGiven(request: VisitRequest, parameter: string): string | null {
  const given = request.merchantCode ?? (request.url == null ? '' : codeInUrl(request.url, parameter));
  return given.trim() === '' ? null : given;
}
