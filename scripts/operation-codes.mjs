// @ts-check
/** `node scripts/operation-codes.mjs [--check]`: writes the table of error codes by operation, or says where it is old. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { Refusal, say, shown } from './lib/say.mjs';
import { script } from './lib/script.mjs';
import { operationCodes, tableOf } from './openapi/operation-codes.mjs';

await script(async () => {
  const codes = operationCodes();
  const { file, text } = tableOf(codes);
  const table = await format(text, { ...(await resolveConfig(file)), filepath: file });
  const kept = readFileSync(file, 'utf8');
  if (kept === table) return;
  if (!process.argv.includes('--check')) {
    writeFileSync(file, table);
    say(`wrote ${shown(file)}`);
    return;
  }
  const { operationCodes: known } = await import('../dist/api/openapi/operation-codes.js').catch(() => ({
    operationCodes: {},
  }));
  const changed = Object.keys({ ...known, ...codes }).filter((name) => String(known[name]) !== String(codes[name]));
  throw new Refusal(`the error codes of ${changed.join(', ')} have changed; npm run openapi writes them anew`);
});
