import { randomBytes } from 'node:crypto';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Attributes, HrTime, Link, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { toUUID, type TypeId } from 'typeid-js';
import type { Config } from './config.js';

/** The numbers of enums of OpenTelemetry, which is not loaded while traces are off. */
const KINDS = { internal: 0, server: 1, consumer: 4 } as unknown as Record<
  'internal' | 'server' | 'consumer',
  SpanKind
>;
const STATUS = { fine: 0, failed: 2 } as unknown as Record<'fine' | 'failed', SpanStatusCode>;
const SAMPLED = 1;

/** A piece of work that is over. */
export interface Work {
  name: string;
  kind: keyof typeof KINDS;
  /** req_…: the request whose trace it is a part of. */
  requestId: string;
  /** Its own; absent: a new one. */
  spanId?: string;
  /** What it is a part of; null: the trace begins here. */
  parentSpanId: string | null;
  /** Milliseconds that it took, until now. */
  tookMs: number;
  /** Ids and counts, never personal data. */
  attributes: Attributes;
  failed?: boolean;
  /** `traceparent` of the caller, whose trace goes on here. */
  caller?: string;
}

/**
 * Traces for an OpenTelemetry collector, when `YINKE_OTLP_URL` names one; without it nothing is loaded. A trace has the id of the request
 * that began it, in another form, and so needs no other memory: an order event keeps its request, and whoever posts it, however it heard
 * of it, goes on with that trace.
 */
export class Tracing implements OnApplicationShutdown {
  private constructor(
    private readonly exporter: { processor: SpanProcessor; resource: ReadableSpan['resource'] } | null,
  ) {}

  /** `service`: what the process is. */
  static async start({ otlpUrl }: Pick<Config, 'otlpUrl'>, service: string): Promise<Tracing> {
    if (otlpUrl === null) return new Tracing(null);
    const [{ BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
    return new Tracing({
      processor: new BatchSpanProcessor(new OTLPTraceExporter({ url: otlpUrl, timeoutMillis: 3_000 })),
      resource: resourceFromAttributes({ 'service.name': service }),
    });
  }

  get isOn(): boolean {
    return this.exporter !== null;
  }

  /** Hands over a piece of work; never waits and never throws. */
  record(work: Work): void {
    if (this.exporter === null) return;
    const { name, kind, requestId, spanId = newSpanId(), parentSpanId, tookMs, attributes, failed, caller } = work;
    const end = Date.now();
    const context = (id: string) => ({ traceId: traceIdOf(requestId), spanId: id, traceFlags: SAMPLED });
    this.exporter.processor.onEnd({
      name,
      kind: KINDS[kind],
      spanContext: () => context(spanId),
      ...(parentSpanId !== null && { parentSpanContext: context(parentSpanId) }),
      startTime: hrTime(end - tookMs),
      endTime: hrTime(end),
      duration: hrTime(tookMs),
      status: { code: STATUS[failed === true ? 'failed' : 'fine'] },
      attributes,
      links: linksTo(caller),
      events: [],
      ended: true,
      resource: this.exporter.resource,
      instrumentationScope: { name: 'yinke' },
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    });
  }

  /** Sends what has not been sent. */
  async onApplicationShutdown(): Promise<void> {
    await this.exporter?.processor.shutdown().catch(() => undefined);
  }
}

/** The trace that a request begins. */
export function traceIdOf(requestId: string): string {
  return toUUID(requestId as TypeId<'req'>).replaceAll('-', '');
}

/** The span of the request itself, known to everybody who knows its id. */
export function spanIdOf(requestId: string): string {
  return traceIdOf(requestId).slice(16);
}

export function newSpanId(): string {
  return randomBytes(8).toString('hex');
}

function linksTo(traceparent: string | undefined): Link[] {
  const [, traceId, spanId] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(traceparent ?? '') ?? [];
  return traceId && spanId ? [{ context: { traceId, spanId, traceFlags: SAMPLED } }] : [];
}

function hrTime(ms: number): HrTime {
  const seconds = Math.trunc(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1_000_000)];
}
