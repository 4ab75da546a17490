export { detectionEntities } from './detection.entities.js';
export { DetectionModule } from './detection.module.js';
export type { DetectionErrorCode } from './errors.js';
