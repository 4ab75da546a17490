import { getMetadataArgsStorage } from 'typeorm';
import './core/cluster-writer.entity.js';
import './core/job-runs.js';
import './access/index.js';
import './database/index.js';
import './detection/orders/index.js';
import './detection/visits/index.js';
import './finance/index.js';
import './messages/index.js';
import './pricing/index.js';

/** Every table's entity, for what works on the schema without Nest; the processes get them from their modules. */
export const entities = getMetadataArgsStorage().tables.map(({ target }) => target as new () => object);
