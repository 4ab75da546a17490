/** What time it is. Decisions take a time or a clock; only this file's callers choose the real one. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
