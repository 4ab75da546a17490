export { AdjustmentController } from './adjustments/adjustment.controller.js';
export { AdjustmentEntity } from './adjustments/adjustment.entity.js';
export { AdjustmentService } from './adjustments/adjustment.service.js';
export { holdInvariants } from './holds/hold-invariants.js';
export { holdEntities } from './holds/hold.entity.js';
export { followJournals } from './holds/hold.js';
export { HoldRepository } from './holds/hold.repository.js';
export { HoldsModule } from './holds/holds.module.js';
