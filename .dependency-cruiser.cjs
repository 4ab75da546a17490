/** The rooms of docs/architecture.md as rules. Each has a fixture in test/arch/fixtures that must break it. */

/** Which rooms a room may use, besides itself and the files at the top of src. */
const ROOMS = {
  shared: [],
  database: ['shared'],
  access: ['shared', 'database'],
  detection: ['shared', 'database', 'access'],
  pricing: ['shared', 'database', 'access', 'detection'],
  finance: ['shared', 'database', 'access', 'detection', 'pricing'],
};

const rooms = Object.entries(ROOMS).map(([room, may]) => ({
  name: `${room}-stays-in-its-place`,
  comment: `${room} may use ${[...may, 'nothing else of ours'].join(', ')}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/[^/]+/', pathNot: `^src/(${[room, ...may].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...rooms,
    {
      name: 'modules-are-entered-through-their-index',
      comment: 'What a module keeps to itself can be changed without asking anybody.',
      severity: 'error',
      from: { path: '^src/(?:([^/]+)/|[^/]+\\.ts$)' },
      to: {
        path: '^src/(database|access|detection|pricing|finance)/',
        pathNot: ['^src/[^/]+/index\\.ts$', '^src/$1/'],
      },
    },
    {
      name: 'only-wiring-uses-wiring',
      comment: 'api and worker hold no rule, so nobody needs them but the processes.',
      severity: 'error',
      from: { path: '^src/(shared|database|access|detection|pricing|finance)/' },
      to: { path: '^src/(api|worker)/' },
    },
    {
      name: 'shared-is-pure',
      comment: 'Values with no I/O: no framework, no database, no queue, no network.',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '(\\.dto|/fields)\\.ts$' },
      to: {
        path: '(node_modules/(@nestjs|typeorm|mysql2|bullmq|ioredis|fastify)/)|^(node:)?(fs|net|http|https|child_process)$',
      },
    },
    {
      name: 'the-program-never-needs-its-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'only-finance-talks-to-banks',
      comment: 'Rails live in finance/payouts, and nobody else may reach them.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/finance/' },
      to: { path: '^src/finance/payouts/', pathNot: 'index\\.ts$' },
    },
    { name: 'no-circles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    {
      name: 'specs-stay-out-of-the-program',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '\\.spec\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs'] },
  },
};
