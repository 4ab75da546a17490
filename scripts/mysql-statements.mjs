// @ts-check
/**
 * `node scripts/mysql-statements.mjs FOLDER`: whether MySQL 8 would take each of the statements that tests have noted there, a JSON string a
 * line. Its grammar, its functions, its reserved words: what a server says of a statement that it does not run.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OF_MARIADB } from './mysql/known.mjs';
import { refusalsOf } from './mysql/refusals.mjs';
import { complain, say } from './lib/say.mjs';
import { script } from './lib/script.mjs';

await script(async () => {
  const [folder = ''] = process.argv.slice(2);
  const statements = new Set(
    (existsSync(folder) ? readdirSync(folder) : []).flatMap((file) => {
      const lines = readFileSync(join(folder, file), 'utf8').split('\n');
      return lines.filter((line) => line !== '').map((line) => String(JSON.parse(line)));
    }),
  );
  for (const sql of statements) if (OF_MARIADB.some((own) => own.test(sql))) statements.delete(sql);
  if (statements.size === 0) {
    complain('no statement was noted');
    return 1;
  }
  const { refusals, parsed } = await refusalsOf(statements);
  if (refusals.length === 0) {
    say(`${statements.size} statements (${parsed} unlike parts), and MySQL 8 takes each of them`);
    return 0;
  }
  for (const { sql, reason } of refusals) say(`${reason}\n  ${sql.replace(/\s+/g, ' ').slice(0, 600)}`);
  complain(`MySQL 8 would refuse ${refusals.length} of ${statements.size} statements`);
  return 1;
});
