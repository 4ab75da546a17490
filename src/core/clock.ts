/** What time it is. Decisions take a time or a clock; the processes use the database's (`database-clock.ts`). */
export abstract class Clock {
  abstract now(): Date;
}
