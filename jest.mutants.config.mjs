import all from './jest.config.mjs';

/** For `npm run test:mutants`: the specs of one group of pure files, which need no store. */
export default {
  ...all,
  roots: String(process.env.YINKE_MUTANT_SPECS)
    .split(',')
    .map((folder) => `<rootDir>/${folder}`),
  maxWorkers: 1,
};
