export { DayCounter } from './day-counter.js';
export { figureInvariants } from './figure-invariants.js';
export { FiguresModule } from './figures.module.js';
