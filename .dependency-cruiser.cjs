/** The rooms of docs/architecture.md as rules. Each has a fixture in test/arch/fixtures that must break it. */

/** The rooms from the ground up: each may use those that stand before it, and nothing else of ours. */
const FLOORS = [
  'shared',
  'core',
  'messages',
  'access',
  'desk',
  'database',
  'detection/visits',
  'pricing',
  'detection/orders',
  'finance/ledger',
  'finance/assets',
  'finance/payouts',
  'finance/rewards',
  'finance/decisions',
  'finance/figures',
  'finance/audit',
];
/** Rooms that are imported file by file: they are a stock of small things, not a module with an inside. */
const STOCKS = ['shared', 'core'];
const MODULES = FLOORS.filter((room) => !STOCKS.includes(room));

const rooms = FLOORS.map((room, floor) => ({
  name: `${room.replace('/', '-')}-stays-in-its-place`,
  comment: `${room} may use ${[...FLOORS.slice(0, floor), 'nothing else of ours'].join(', ')}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${FLOORS.slice(0, floor + 1).join('|')})/` },
}));

/** The folders of the merchant database, and those that each may use; all may use the room's error codes and ids in paths. */
const DATABASE = {
  callers: [],
  forms: [],
  likeness: [],
  'bank-accounts': ['callers', 'forms', 'likeness'],
  merchants: ['callers', 'forms', 'likeness', 'bank-accounts'],
  applications: ['callers', 'forms', 'likeness', 'bank-accounts', 'merchants'],
  wechat: ['callers'],
  'sign-in': ['callers', 'forms', 'bank-accounts', 'merchants', 'applications', 'wechat'],
  privacy: ['callers', 'likeness', 'bank-accounts', 'merchants', 'applications', 'wechat'],
  storefronts: [],
};

const databaseFloors = Object.entries(DATABASE).map(([floor, below]) => ({
  name: `database-${floor}-stay-in-their-place`,
  comment: `in the merchant database, ${floor} may use ${[...below, 'nothing else'].join(', ')}`,
  severity: 'error',
  from: { path: `^src/database/${floor}/` },
  to: {
    path: '^src/database/',
    pathNot: `^src/database/((${[floor, ...below].join('|')})/|(errors|path-ids)\\.ts$)`,
  },
}));

module.exports = {
  forbidden: [
    ...rooms,
    ...databaseFloors,
    {
      name: 'modules-are-entered-through-their-index',
      comment: 'What a module keeps to itself can be changed without asking anybody.',
      severity: 'error',
      from: { path: '^src/(?:((?:detection|finance)/[^/]+|[^/]+)/|[^/]+\\.ts$)' },
      to: { path: `^src/(${MODULES.join('|')})/`, pathNot: [`^src/(${MODULES.join('|')})/index\\.ts$`, '^src/$1/'] },
    },
    {
      name: 'finance-is-entered-through-its-index',
      comment: 'Its floors know each other; everybody else sees one room.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/finance/' },
      to: { path: '^src/finance/', pathNot: '^src/finance/index\\.ts$' },
    },
    {
      name: 'shared-is-pure',
      comment: 'Values with no I/O: no framework, no database, no queue, no network.',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '(\\.dto|/fields|/csv-file)\\.ts$' },
      to: {
        path: '(node_modules/(@nestjs|typeorm|mysql2|bullmq|ioredis|fastify)/)|^(node:)?(fs|net|http|https|child_process)$',
      },
    },
    {
      name: 'the-program-never-needs-its-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts|demo|simulators)/' },
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
