import 'reflect-metadata';
import { INVARIANTS, invariantsByFolder, statement, type InvariantNumber, type SqlInvariant } from './finance/index.js';

/** Prints docs/invariants.md: what is always true of the books, with the statement that looks for what is not. */
const SWEEP_SECONDS = 60;
const folders = Object.entries(invariantsByFolder(SWEEP_SECONDS));

const parts = (number: number) =>
  folders.flatMap(([folder, invariants]) =>
    invariants.filter(({ invariant }) => invariant === number).map((one) => part(folder, one)),
  );
const sections = Object.entries(INVARIANTS).map(([number, sentence]) =>
  [`## ${number}. ${sentence}`, ...parts(Number(number) as InvariantNumber)].join('\n\n'),
);
process.stdout.write(
  `${[
    '# Invariants',
    'What is always true of the books, and the statement that finds what is not: no row means that it is true. `npm run audit` and\n' +
      '`GET /v1/finance/audit` run all of them, on a schedule as well (sweeps are taken to run once a minute here). An audit of what is\n' +
      'new has the same statements read what was written since the last one ([ADR 22](adr/0022-the-audit-goes-on-from-the-last-one.md)). Made by\n' +
      '`npm run invariants` from the code, and checked by `npm run check`.',
    ...sections,
  ].join('\n\n')}\n`,
);

function part(folder: string, { title, sql }: SqlInvariant): string {
  return `**${title}** (\`finance/${folder}\`)\n\n\`\`\`sql\n${statement(sql)}\n\`\`\``;
}
