// @ts-check
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dataFolder } from '../lib/data-folder.mjs';

const require = createRequire(import.meta.url);

/**
 * The grammar of MySQL 8. Its package is made for bundlers, so it is bundled, once for each version.
 * @returns {Promise<any>} antlr4ng, MySqlLexer and MySqlParser
 */
export async function mysqlGrammar() {
  const packageFile = require.resolve('dt-sql-parser/package.json');
  const file = join(dataFolder, `mysql-grammar-${require(packageFile).version}.mjs`);
  if (!existsSync(file)) {
    const { build } = await import('rolldown');
    const lib = join(dirname(packageFile), 'dist/lib/mysql');
    const entry = 'mysql-grammar';
    const code = `export * as antlr from 'antlr4ng';
      export { MySqlLexer } from '${join(lib, 'MySqlLexer.js')}'; export { MySqlParser } from '${join(lib, 'MySqlParser.js')}';`;
    mkdirSync(dataFolder, { recursive: true });
    const draft = `${file}.${process.pid}`;
    await build({
      input: entry,
      platform: 'node',
      plugins: [
        { name: entry, resolveId: (id) => (id === entry ? id : null), load: (id) => (id === entry ? code : null) },
      ],
      output: { file: draft, format: 'esm' },
      logLevel: 'silent',
    });
    renameSync(draft, file);
  }
  return import(pathToFileURL(file).href);
}
