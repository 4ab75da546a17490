import { Injectable } from '@nestjs/common';
import { type Storefront, MerchantDirectory, type MerchantCard } from '../../database/index.js';
import { UnitOfWork } from '../../core/unit-of-work.js';
import { Clock } from '../../core/clock.js';
import { DomainError, type SharedErrorCode, invalidFields } from '../../shared/domain-error.js';
import { newId } from '../../shared/ids.js';
import { ArrivalTokens, type Arrival } from './arrival-tokens.js';
import { remember, type Touch } from './attribution.js';
import type { VisitErrorCode } from './errors.js';
import { questionFor, standing, type ReferrerAnswer } from './referrer-question.js';
import { arrivalParameter } from './share-link.js';
import { assertAddress, originAndPath, typedCodes, valuesInUrl } from './visit-url.js';
import type { AnswerReferrerDto, VisitDto, OpenVisitDto } from './visit.dto.js';
import { VisitMetrics } from './visit-metrics.js';
import { VisitRecorder } from './visit-recorder.js';
import { MAX_ANSWERS, VisitRepository, type NewVisit } from './visit.repository.js';
import { VisitTokens, type CodeStatus, type VisitClaims } from './visit-tokens.js';

/** What a request says of a merchant's code. */
interface GivenCode {
  /** As it was given: the first that is an active merchant's, else the first of all; null without one. */
  code: string | null;
  merchant: MerchantCard | null;
  /** The visit that a share link has opened for it. */
  arrival: Arrival | null;
}

/** Who brought this shopper: by code, by an earlier visit, or by the shopper's own answer. */
@Injectable()
export class VisitService {
  constructor(
    private readonly merchants: MerchantDirectory,
    private readonly tokens: VisitTokens,
    private readonly arrivals: ArrivalTokens,
    private readonly recorder: VisitRecorder,
    private readonly repository: VisitRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly metrics: VisitMetrics,
  ) {}

  /**
   * Opens a visit, or goes on with the one that a share link has opened. Reads no database, and is answered also when it
   * cannot be written.
   */
  async openVisit(storefront: Storefront, request: OpenVisitDto): Promise<VisitDto> {
    const now = this.clock.now();
    const { code, merchant, arrival } = this.givenCode(storefront, request, now);
    const id = arrival?.visitId ?? newId('visit');
    const at = arrival?.at ?? now;
    const touch: Touch | null = merchant && { merchantId: merchant.id, via: 'code', visitId: id, at: at.toISOString() };
    const earlier = this.readPrevious(request.previous, storefront, now);
    const claims: VisitClaims = {
      id,
      storefrontId: storefront.id,
      codeStatus: codeStatusOf(arrival?.code ?? code, merchant),
      touches: remember(earlier.touches, touch, storefront, now),
      previous: earlier.previous,
      shopper: request.shopperRef ? this.tokens.markOf(request.shopperRef, storefront) : earlier.shopper,
      answer: standing(earlier.answer, storefront, now),
    };
    const { row, answer } = this.describe(claims, storefront, now);
    // The visit of a share link was counted when the link was followed.
    if (!arrival) this.metrics.visits.inc({ outcome: outcomeOf(row) });
    const recorded = await this.recorder.record({
      ...row,
      codeGiven: code?.slice(0, 64) ?? null,
      shopperRef: request.shopperRef ?? null,
      referrerUrl: originAndPath(request.referrerUrl),
      createdAt: at,
    });
    return { ...answer, recorded };
  }

  /** Records a visit for a shopper who follows a share link, and returns the token by which the shop goes on with it. */
  async openArrival(storefront: Storefront, code: string, referrerUrl: string | null): Promise<string> {
    const at = this.clock.now();
    const id = newId('visit');
    const merchant = this.active(this.merchants.byCode(code));
    const claims: VisitClaims = {
      id,
      storefrontId: storefront.id,
      codeStatus: codeStatusOf(code, merchant),
      touches: merchant ? [{ merchantId: merchant.id, via: 'code', visitId: id, at: at.toISOString() }] : [],
      previous: 'none',
    };
    this.metrics.visits.inc({ outcome: merchant ? 'code' : 'unknown-code' });
    await this.recorder.record({
      id,
      storefrontId: storefront.id,
      merchantId: merchant?.id ?? null,
      via: merchant && 'code',
      codeStatus: claims.codeStatus,
      codeGiven: code.slice(0, 64),
      shopperRef: null,
      referrerUrl,
      memory: this.tokens.memoryOf(claims, storefront, at),
      createdAt: at,
    });
    return this.arrivals.issue({ visitId: id, code: merchant?.code ?? '', at }, storefront.id);
  }

  /**
   * Takes the answer to the referrer question. It counts unless a code or an earlier visit has attributed this visit; a
   * later answer replaces an earlier one. Throws `visit.not-found` when token and path differ, `visit.too-many-answers`,
   * `request.invalid` when the answer contradicts itself.
   */
  async answerReferrer(storefront: Storefront, visitId: string, request: AnswerReferrerDto): Promise<VisitDto> {
    const now = this.clock.now();
    const said = answerOf(request, now);
    const visit = this.tokens.read(request.visit, storefront, now);
    if (visit.id !== visitId)
      throw new DomainError<VisitErrorCode>('visit.not-found', 'The token is that of another visit.');
    const named = this.active(this.merchants.byWechatId(request.wechatId ?? ''));
    const given = visit.touches.filter((touch) => touch.visitId !== visitId || touch.via === 'code');
    const counts = named && given.length === 0;
    const touch: Touch | null = counts
      ? { merchantId: named.id, via: 'referrer', visitId, at: now.toISOString() }
      : null;
    const { id, storefrontId, codeStatus, previous, shopper } = visit;
    const touches = remember(given, touch, storefront, now);
    const claims: VisitClaims = { id, storefrontId, codeStatus, previous, shopper, touches, answer: said };
    const { row, answer } = this.describe(claims, storefront, now);
    const counted = await this.unitOfWork.run((tx) => this.repository.recordAnswer(tx, row));
    if (!counted)
      throw new DomainError<VisitErrorCode>(
        'visit.too-many-answers',
        `A visit takes ${MAX_ANSWERS} answers, and these have been given.`,
      );
    this.metrics.answers.inc({ outcome: named ? 'merchant' : said.brought ? 'unknown' : 'nobody' });
    return { ...answer, recorded: true };
  }

  /** Suspended and closed merchants look exactly like unknown ones. */
  private active(merchant: MerchantCard | undefined): MerchantCard | null {
    return merchant?.state === 'active' ? merchant : null;
  }

  private givenCode(storefront: Storefront, { url, merchantCode }: OpenVisitDto, now: Date): GivenCode {
    if (url != null) assertAddress(url);
    const parameter = storefront.codeParameter;
    const codes = [
      ...(merchantCode == null ? [] : typedCodes(merchantCode)),
      ...(url == null ? [] : valuesInUrl(url, parameter)),
    ];
    const tokens = url == null ? [] : valuesInUrl(url, arrivalParameter(storefront));
    const arrival = first(tokens, (token) => this.arrivals.read(token, storefront.id, now));
    const found = first(codes, (code) => {
      const merchant = this.active(this.merchants.byCode(code));
      return merchant && { code, merchant };
    });
    if (found) return { ...found, arrival: arrival?.code === found.merchant.code ? arrival : null };
    const code = codes[0] ?? null;
    // An address that names another code than its token was changed on the way: the code counts.
    if (!arrival || code !== null) return { code, merchant: null, arrival: null };
    return { code: arrival.code || null, merchant: this.active(this.merchants.byCode(arrival.code)), arrival };
  }

  /** What an earlier token still says, without merchants who are no longer active. */
  private readPrevious(
    token: string | null | undefined,
    storefront: Storefront,
    now: Date,
  ): Pick<VisitClaims, 'previous' | 'touches' | 'shopper' | 'answer'> {
    if (!token) return { previous: 'none', touches: [] };
    try {
      const { touches, shopper, answer } = this.tokens.read(token, storefront, now);
      return {
        previous: 'used',
        touches: touches.filter((touch) => this.active(this.merchants.byId(touch.merchantId))),
        shopper,
        answer,
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
        memory: this.tokens.memoryOf(claims, storefront, now),
        createdAt: now,
      },
      answer: {
        id: claims.id,
        visit: token,
        attributed: attribution !== null,
        via: attribution?.via ?? null,
        codeStatus: claims.codeStatus,
        merchant: merchant ? { code: merchant.code, displayName: merchant.displayName } : null,
        ask: questionFor(attribution !== null, claims.answer),
        brought: claims.answer?.brought ?? null,
        expiresAt: expiresAt.toISOString(),
      },
    };
  }
}

/** What attributes a visit, as it is counted. */
function outcomeOf({ via, codeStatus }: Pick<NewVisit, 'via' | 'codeStatus'>): string {
  return via ?? (codeStatus === 'unknown' ? 'unknown-code' : 'none');
}

/** The first result that is something. */
function first<T, R>(items: readonly T[], look: (item: T) => R | null): R | null {
  for (const item of items) {
    const result = look(item);
    if (result !== null) return result;
  }
  return null;
}

export function codeStatusOf(code: string | null, merchant: MerchantCard | null): CodeStatus {
  if (merchant) return 'known';
  return code === null ? 'absent' : 'unknown';
}

/** What the shopper said. Whether an ID is known makes no difference to it. */
function answerOf({ brought, wechatId }: AnswerReferrerDto, now: Date): ReferrerAnswer {
  const at = now.toISOString();
  if (wechatId === undefined) {
    if (brought == null) throw invalidFields([{ pointer: '/wechatId', detail: 'or brought must be given' }]);
    return { brought, settled: !brought, at };
  }
  const somebody = wechatId !== null;
  if (brought != null && brought !== somebody)
    throw invalidFields([{ pointer: '/brought', detail: 'contradicts wechatId' }]);
  return { brought: somebody, settled: true, at };
}
