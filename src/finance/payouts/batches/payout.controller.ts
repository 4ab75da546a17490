import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Staff } from '../../../access/index.js';
import { minorFromWire } from '../../../shared/money.js';
import { PageQuery, pageRequest } from '../../../shared/page.dto.js';
import { present } from '../../../shared/present.js';
import { BatchDifferencesDto } from './batch-differences.dto.js';
import { BatchDifferencesService } from './batch-differences.service.js';
import { PayoutBatchService } from './payout-batch.service.js';
import {
  ApprovePayoutBatchDto,
  CreatePayoutBatchDto,
  PayoutBatchDto,
  PayoutBatchListQuery,
  PayoutBatchPageDto,
  RejectPayoutBatchDto,
  SubmitPayoutBatchDto,
} from './payout-batch.dto.js';
import {
  PayoutDraftDto,
  PayoutSkipPageDto,
  RefreshedPayoutBatchDto,
  SubmittedPayoutBatchDto,
} from './payout-draft.dto.js';
import { PayoutFileQuery, PayoutFilesDto } from './payout-file.dto.js';
import { PayoutListQuery, PayoutPageDto } from './payout.dto.js';
import { PayoutDraftService } from './payout-draft.service.js';
import { PayoutFileService } from './payout-file.service.js';
import { PayoutRefreshService } from './payout-refresh.service.js';
import { PayoutQueryService } from './payout-query.service.js';
import type { PayoutBatchId } from '../../../shared/ids.js';
import { BATCH_ID } from '../path-ids.js';

@ApiTags('Payouts')
@Controller('v1/payout-batches')
@Allow('finance-maker', 'finance-checker', 'auditor')
export class PayoutController {
  constructor(
    private readonly drafts: PayoutDraftService,
    private readonly batches: PayoutBatchService,
    private readonly refreshes: PayoutRefreshService,
    private readonly queries: PayoutQueryService,
    private readonly files: PayoutFileService,
    private readonly comparisons: BatchDifferencesService,
  ) {}

  /** Drafts a batch of what merchants have available. Nothing is reserved until another person approves it. */
  @Post()
  @Allow('finance-maker')
  async draftPayoutBatch(@CurrentPrincipal() by: Staff, @Body() body: CreatePayoutBatchDto): Promise<PayoutDraftDto> {
    const { minAmount, ...wanted } = present(body);
    const minimum = minAmount === undefined ? {} : { minAmount: minorFromWire(minAmount) };
    return this.queries.getDraft(await this.drafts.draftBatch(by, { ...wanted, ...minimum }));
  }

  /** Hands a draft to the checkers. */
  @Post(':id/request-approval')
  @HttpCode(200)
  @Allow('finance-maker')
  async requestPayoutBatchApproval(
    @CurrentPrincipal() by: Staff,
    @Param('id', BATCH_ID) id: PayoutBatchId,
  ): Promise<PayoutBatchDto> {
    await this.batches.requestApproval(by, id);
    return this.queries.getBatch(id);
  }

  /**
   * Approves the batch as it stands and reserves all of it; by a person who did not make it. Above the threshold of the
   * policy it takes two: the batch waits on after the first. 409 `payout.stale` and `payout.insufficient-funds` name the
   * payouts that cannot be made as drafted, why, and what the batch is without them; a refresh drops them.
   */
  @Post(':id/approve')
  @HttpCode(200)
  @Allow('finance-checker')
  async approvePayoutBatch(
    @CurrentPrincipal() by: Staff,
    @Param('id', BATCH_ID) id: PayoutBatchId,
    @Body() body: ApprovePayoutBatchDto,
  ): Promise<PayoutBatchDto> {
    await this.batches.approveBatch(by, id, body.contentHash ?? undefined);
    return this.queries.getBatch(id);
  }

  /**
   * Drops the payouts of merchants who cannot be paid as drafted any more; they are listed among the skipped. What is
   * left has a new content hash, is a draft again, and has to be approved anew.
   */
  @Post(':id/refresh')
  @HttpCode(200)
  @Allow('finance-maker')
  async refreshPayoutBatch(
    @CurrentPrincipal() by: Staff,
    @Param('id', BATCH_ID) id: PayoutBatchId,
  ): Promise<RefreshedPayoutBatchDto> {
    return this.queries.getRefreshed(id, await this.refreshes.refreshBatch(by, id));
  }

  /** Sends the batch back for good. */
  @Post(':id/reject')
  @HttpCode(200)
  @Allow('finance-checker')
  async rejectPayoutBatch(
    @CurrentPrincipal() by: Staff,
    @Param('id', BATCH_ID) id: PayoutBatchId,
    @Body() { reason }: RejectPayoutBatchDto,
  ): Promise<PayoutBatchDto> {
    await this.batches.rejectBatch(by, id, reason);
    return this.queries.getBatch(id);
  }

  /** Gives the batch up before it is submitted; what was reserved is available again. */
  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('finance-maker')
  async cancelPayoutBatch(
    @CurrentPrincipal() by: Staff,
    @Param('id', BATCH_ID) id: PayoutBatchId,
  ): Promise<PayoutBatchDto> {
    await this.batches.cancelBatch(by, id);
    return this.queries.getBatch(id);
  }

  /**
   * Sends the approved batch on its way, without the payouts of merchants who were stopped since the approval: they are
   * told, and their money is the merchants' again.
   */
  @Post(':id/submit')
  @HttpCode(200)
  @Allow('finance-maker')
  async submitPayoutBatch(
    @CurrentPrincipal() by: Staff,
    @Param('id', BATCH_ID) id: PayoutBatchId,
    @Body() body: SubmitPayoutBatchDto,
  ): Promise<SubmittedPayoutBatchDto> {
    return this.queries.getSubmitted(id, await this.batches.submitBatch(by, id, body.executionDate ?? undefined));
  }

  /** Batches, the latest first. */
  @Get()
  listPayoutBatches(@Query() query: PayoutBatchListQuery): Promise<PayoutBatchPageDto> {
    return this.queries.listBatches(query);
  }

  /** One batch. */
  @Get(':id')
  readPayoutBatch(@Param('id', BATCH_ID) id: PayoutBatchId): Promise<PayoutBatchDto> {
    return this.queries.getBatch(id);
  }

  /** The payouts of a batch. */
  @Get(':id/payouts')
  listPayouts(@Param('id', BATCH_ID) id: PayoutBatchId, @Query() query: PayoutListQuery): Promise<PayoutPageDto> {
    return this.queries.listPayouts(id, pageRequest(query), query.state);
  }

  /** How a batch differs from the last one that was sent in its currency over its rail: payees, accounts, amounts. */
  @Get(':id/differences')
  listBatchDifferences(@Param('id', BATCH_ID) id: PayoutBatchId): Promise<BatchDifferencesDto> {
    return this.comparisons.compare(id);
  }

  /** The merchants who are not in a batch, and why. */
  @Get(':id/skipped')
  listSkippedMerchants(
    @Param('id', BATCH_ID) id: PayoutBatchId,
    @Query() query: PageQuery,
  ): Promise<PayoutSkipPageDto> {
    return this.queries.listSkipped(id, pageRequest(query));
  }

  /** Every version of the batch's bank file, the one that counts first. */
  @Get(':id/files')
  async listFiles(@Param('id', BATCH_ID) id: PayoutBatchId): Promise<PayoutFilesDto> {
    return { items: await this.files.listFiles(id) };
  }

  /**
   * The bank file, the same to the byte at every download. `Repr-Digest` (RFC 9530) carries its SHA-256. Who took it stands in the audit
   * log. 410 `payout.file-deleted` once it was deleted, long after the batch was settled.
   */
  @Get(':id/file')
  @ApiProduces('application/xml', 'text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async downloadPayoutFile(
    @CurrentPrincipal() by: Staff,
    @Param('id', BATCH_ID) id: PayoutBatchId,
    @Query() { version }: PayoutFileQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { bytes, content, mediaType, name, sha256 } = await this.files.readFile(by, id, version);
    void reply.header('repr-digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`);
    return new StreamableFile(content, {
      type: mediaType,
      disposition: `attachment; filename="${name}"`,
      length: bytes,
    });
  }
}
