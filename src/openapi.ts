import 'reflect-metadata';
import { createApp } from './api/create-app.js';
import { accessMatrix } from './api/openapi/access-matrix.js';
import { openApiDocument } from './api/openapi/document.js';
import { routesOfApp } from './api/openapi/routes-of-app.js';
import { loadConfig } from './core/config.js';

/** Prints the OpenAPI document, or with `--matrix` docs/access-matrix.md. Nothing is connected, so the settings only need to have the right form. */
const key = Buffer.alloc(32).toString('base64');
const app = await createApp(
  loadConfig({
    DATABASE_URL: 'mysql://nobody@127.0.0.1/none',
    REDIS_URL: 'redis://127.0.0.1',
    YINKE_TOKEN_KEYS: `k1:${key}`,
    YINKE_DATA_KEYS: `k1:${key}`,
    YINKE_BLIND_INDEX_KEY: key,
    YINKE_SEAL_KEY: key,
  }),
  { preview: true },
);
const printed = process.argv.includes('--matrix')
  ? accessMatrix(routesOfApp(app))
  : `${JSON.stringify(openApiDocument(app, null), null, 2)}\n`;
// A pipe takes the text in pieces: end only when all of it has gone.
process.stdout.write(printed, () => process.exit(0));
