import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Staff } from '../../../access/index.js';
import {
  NewPayoutFileDto,
  PayoutRequestDto,
  PayoutRequestsDto,
  RejectPayoutRequestDto,
  WithdrawPayoutBatchDto,
} from './payout-request.dto.js';
import { PayoutRequestService } from './payout-request.service.js';
import type { PayoutBatchId, PayoutBatchRequestId } from '../../../shared/ids.js';
import { BATCH_ID, REQUEST_ID } from '../path-ids.js';

@ApiTags('Payouts')
@Controller('v1/payout-batches/:id')
export class PayoutRequestController {
  constructor(private readonly requests: PayoutRequestService) {}

  /**
   * Asks that a submitted batch be withdrawn because the bank never took its file. A different checker decides. Only on
   * rails where people hand in a file, and while no bank report has a status of the batch.
   */
  @Post('withdraw')
  @Allow('finance-maker')
  requestPayoutBatchWithdrawal(
    @CurrentPrincipal() by: Staff,
    @Param('id', BATCH_ID) id: PayoutBatchId,
    @Body() { reason }: WithdrawPayoutBatchDto,
  ): Promise<PayoutRequestDto> {
    return this.requests.askWithdrawal(by, id, reason);
  }

  /** Asks for a file of the same payments for another banking day, in place of one that was not handed in. */
  @Post('new-file')
  @Allow('finance-maker')
  requestNewPayoutFile(
    @CurrentPrincipal() by: Staff,
    @Param('id', BATCH_ID) id: PayoutBatchId,
    @Body() { executionDate, reason }: NewPayoutFileDto,
  ): Promise<PayoutRequestDto> {
    return this.requests.askNewFile(by, id, executionDate, reason);
  }

  /** What was asked for the batch, the latest first. */
  @Get('requests')
  @Allow('finance-maker', 'finance-checker', 'auditor')
  listPayoutRequests(@Param('id', BATCH_ID) id: PayoutBatchId): Promise<PayoutRequestsDto> {
    return this.requests.listRequests(id);
  }

  /** Does what was asked: the money of a withdrawn batch is the merchants’ again, or the file is written anew. */
  @Post('requests/:request/approve')
  @HttpCode(200)
  @Allow('finance-checker')
  approvePayoutRequest(
    @CurrentPrincipal() by: Staff,
    @Param('id', BATCH_ID) id: PayoutBatchId,
    @Param('request', REQUEST_ID) request: PayoutBatchRequestId,
  ): Promise<PayoutRequestDto> {
    return this.requests.approveRequest(by, id, request);
  }

  /** Refuses what was asked; the batch stays as it is. */
  @Post('requests/:request/reject')
  @HttpCode(200)
  @Allow('finance-checker')
  rejectPayoutRequest(
    @CurrentPrincipal() by: Staff,
    @Param('id', BATCH_ID) id: PayoutBatchId,
    @Param('request', REQUEST_ID) request: PayoutBatchRequestId,
    @Body() { reason }: RejectPayoutRequestDto,
  ): Promise<PayoutRequestDto> {
    return this.requests.rejectRequest(by, id, request, reason);
  }
}
