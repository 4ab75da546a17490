import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger as Pino, type LoggerOptions } from 'pino';
import { ALERTS, type Alert } from './alerts.js';
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
  /** How often each alert was raised since the start. */
  readonly raised = new Map<Alert, number>();

  /** `destination`: where the lines go; standard output by default. */
  constructor(level: string, destination?: DestinationStream) {
    const options: LoggerOptions = {
      level,
      base: undefined,
      mixin: () => {
        const { requestId, job, requests } = currentContext();
        return { requestId, job, requests };
      },
      redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[hidden]' },
    };
    this.pino = destination ? pino(options, destination) : pino(options);
  }

  /** Something a person should look at. `facts` hold ids and counts, never personal data. */
  error(message: unknown, facts?: unknown): void {
    this.write('error', message, facts);
  }
  /** {@link error} for what somebody has to be called for: the line begins with ALERT, and it is counted. */
  alert(alert: Alert, facts: object): void {
    this.raised.set(alert, (this.raised.get(alert) ?? 0) + 1);
    this.error(`ALERT ${ALERTS[alert]}`, { alert, ...facts });
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
