import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, type Staff } from '../../../access/index.js';
import {
  FailureStatementDto,
  FailureStatementsDto,
  RejectFailureStatementDto,
  StatePayoutFailureDto,
} from './failure-statement.dto.js';
import { FailureStatementService } from './failure-statement.service.js';
import type { PayoutFailureStatementId, PayoutId } from '../../../shared/ids.js';
import { PAYOUT_ID, STATEMENT_ID } from '../path-ids.js';

@ApiTags('Payouts')
@Controller('v1/payouts/:id/failure-statements')
export class FailureStatementController {
  constructor(private readonly statements: FailureStatementService) {}

  /**
   * States, with evidence, that a payout on a rail that is called has failed although the rail does not say so. A
   * different checker decides. While the statement waits, the payout is asked about and never sent again.
   */
  @Post()
  @Allow('finance-maker')
  statePayoutFailure(
    @CurrentPrincipal() by: Staff,
    @Param('id', PAYOUT_ID) id: PayoutId,
    @Body() body: StatePayoutFailureDto,
  ): Promise<FailureStatementDto> {
    return this.statements.stateFailure(by, id, body);
  }

  /** What was stated about the payout, the latest first. */
  @Get()
  @Allow('finance-maker', 'finance-checker', 'auditor')
  listPayoutFailureStatements(@Param('id', PAYOUT_ID) id: PayoutId): Promise<FailureStatementsDto> {
    return this.statements.listStatements(id);
  }

  /** Asks the rail once more; unless it knows the outcome, the payout has failed and the money is the merchant’s again. */
  @Post(':statement/approve')
  @HttpCode(200)
  @Allow('finance-checker')
  approvePayoutFailureStatement(
    @CurrentPrincipal() by: Staff,
    @Param('id', PAYOUT_ID) id: PayoutId,
    @Param('statement', STATEMENT_ID) statement: PayoutFailureStatementId,
  ): Promise<FailureStatementDto> {
    return this.statements.approveStatement(by, id, statement);
  }

  /** Rejects the statement; the payout goes on as before. */
  @Post(':statement/reject')
  @HttpCode(200)
  @Allow('finance-checker')
  rejectPayoutFailureStatement(
    @CurrentPrincipal() by: Staff,
    @Param('id', PAYOUT_ID) id: PayoutId,
    @Param('statement', STATEMENT_ID) statement: PayoutFailureStatementId,
    @Body() { reason }: RejectFailureStatementDto,
  ): Promise<FailureStatementDto> {
    return this.statements.rejectStatement(by, id, statement, reason);
  }
}
