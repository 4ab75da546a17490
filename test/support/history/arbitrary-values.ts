import * as fc from 'fast-check';
import type { Times, Who } from './steps.js';

// Not evenly: what one merchant's money does to itself is what goes wrong.
export const merchant = fc.constantFrom(0, 1, 1, 2, 2, 2);
export const any = fc.nat({ max: 20 });
export const percent = fc.integer({ min: 0, max: 100 });
export const times = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Times>('once') },
  { weight: 2, arbitrary: fc.constant<Times>('again') },
  { weight: 2, arbitrary: fc.constant<Times>('at-once') },
);
export const who = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Who>('maker') },
  { weight: 4, arbitrary: fc.constantFrom<Who>('checker', 'other') },
);
