// @ts-check
/**
 * `node scripts/mysql-statements.mjs FOLDER`: whether MySQL 8 would take each of the statements that tests have noted there, a JSON string a
 * line. Its grammar, its functions, its reserved words: what a server says of a statement that it does not run.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OF_TESTS } from './mysql/known.mjs';
import { mysqlJudge } from './mysql/refusals.mjs';
import { complain, say } from './lib/say.mjs';
import { script } from './lib/script.mjs';

await script(async () => {
  const [folder = ''] = process.argv.slice(2);
  const statements = new Set(
    readdirSync(folder).flatMap((file) => {
      const lines = readFileSync(join(folder, file), 'utf8').split('\n');
      return lines.filter((line) => line !== '').map((line) => String(JSON.parse(line)));
    }),
  );
  if (statements.size === 0) {
    complain('no statement was noted');
    return 1;
  }
  for (const sql of statements) if (OF_TESTS.some((own) => own.test(sql))) statements.delete(sql);
  const judge = await mysqlJudge();
  let refused = 0;
  for (const sql of statements) {
    const refusal = judge(sql);
    if (refusal === null) continue;
    refused += 1;
    say(`${refusal}\n  ${sql.replace(/\s+/g, ' ').slice(0, 600)}`);
  }
  if (refused === 0) {
    say(`${statements.size} statements, and MySQL 8 takes each of them`);
    return 0;
  }
  complain(`MySQL 8 would refuse ${refused} of ${statements.size} statements`);
  return 1;
});
