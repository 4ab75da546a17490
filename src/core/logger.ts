import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger as Pino, type LoggerOptions } from 'pino';
import { currentContext } from './work-context.js';

/** Members whose values never reach a log line, wherever they stand two levels deep. */
const SECRET = [
  'number',
  'bankAccount',
  'password',
  'token',
  'visit',
  'quote',
  'authorization',
  'cookie',
  'secretKey',
  // of database errors: the statement with its values
  'sql',
  'parameters',
];

/** Structured log lines (JSON) on standard output, for our code and for Nest's own. */
export class Logger implements LoggerService {
  private readonly pino: Pino;

  /** `destination`: where the lines go; standard output by default. */
  constructor(level: string, destination?: DestinationStream) {
    const options: LoggerOptions = {
      level,
      base: undefined,
      mixin: () => ({ ...currentContext() }),
      redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[hidden]' },
    };
    this.pino = destination ? pino(options, destination) : pino(options);
  }

  /** Something a person should look at. `facts` hold ids and counts, never personal data. */
  error(message: unknown, facts?: unknown): void {
    this.write('error', message, facts);
  }
  warn(message: unknown, facts?: unknown): void {
    this.write('warn', message, facts);
  }
  log(message: unknown, facts?: unknown): void {
    this.write('info', message, facts);
  }
  debug(message: unknown, facts?: unknown): void {
    this.write('debug', message, facts);
  }

  private write(level: 'error' | 'warn' | 'info' | 'debug', message: unknown, facts: unknown): void {
    // Nest passes its own context as a string.
    const members =
      typeof facts === 'string'
        ? { context: facts }
        : facts instanceof Error
          ? { err: facts }
          : { ...(facts as object) };
    this.pino[level](members, message instanceof Error ? message.message : String(message));
  }
}
