import { AccessModule } from '../../src/access/access.module.js';
import { DeskModule } from '../../src/desk/desk.module.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import { OrdersModule } from '../../src/detection/orders/orders.module.js';
import { VisitsModule } from '../../src/detection/visits/visits.module.js';
import { AssetsModule } from '../../src/finance/assets/assets.module.js';
import { AuditModule } from '../../src/finance/audit/audit.module.js';
import { DecisionsModule } from '../../src/finance/decisions/decisions.module.js';
import { FiguresModule } from '../../src/finance/figures/figures.module.js';
import { LedgerModule } from '../../src/finance/ledger/ledger.module.js';
import { BankReportsModule } from '../../src/finance/payouts/bank-reports/bank-reports.module.js';
import { PayoutsModule } from '../../src/finance/payouts/payouts.module.js';
import { ReconciliationModule } from '../../src/finance/payouts/reconciliation/reconciliation.module.js';
import { RewardsModule } from '../../src/finance/rewards/rewards.module.js';
import { MessagesModule } from '../../src/messages/messages.module.js';
import { PricingModule } from '../../src/pricing/pricing.module.js';
import { startRooms } from '../support/rooms.js';
import { testConfig } from '../support/test-config.js';
import { createTestDatabase } from '../support/test-database.js';

let databaseUrl: string;
beforeAll(async () => {
  databaseUrl = await createTestDatabase();
});

it.each(
  [
    MessagesModule,
    AccessModule,
    DeskModule,
    DatabaseModule,
    VisitsModule,
    PricingModule,
    OrdersModule,
    LedgerModule,
    AssetsModule,
    PayoutsModule,
    BankReportsModule,
    ReconciliationModule,
    RewardsModule,
    DecisionsModule,
    FiguresModule,
    AuditModule,
  ].map((module) => ({ name: module.name, module })),
)('$name can be loaded alone, on what stands below it', async ({ module }) => {
  const room = await startRooms(testConfig(databaseUrl), module);
  expect(room.get(module)).toBeInstanceOf(module);
  await room.close();
});
