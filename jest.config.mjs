import { findChromium } from './test/support/find-chromium.mjs';
import { findPromtool } from './test/support/find-promtool.mjs';

/** Nest 12 is ESM only, so specs run as ESM too; decorators are compiled by swc as tsc would compile them. */
export default {
  rootDir: '.',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  // Pages are tried in a real browser where there is one; .ci/run sees to it that there is.
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/arch/fixtures/',
    ...(findChromium() ? [] : ['\\.browser\\.spec\\.ts$']),
    // Alerts are tried by Prometheus' own evaluation of the rules, likewise.
    ...(findPromtool() ? [] : ['\\.prom\\.spec\\.ts$']),
  ],
  extensionsToTreatAsEsm: ['.ts'],
  resolver: '<rootDir>/test/support/resolver.cjs',
  reporters: ['default', '<rootDir>/test/support/slowest-files.mjs'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2022',
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  testEnvironment: 'node',
  testTimeout: 60_000,
  maxWorkers: 2,
  // A worker that has loaded the program many times over spends its time collecting what it left.
  workerIdleMemoryLimit: '800MB',
};
