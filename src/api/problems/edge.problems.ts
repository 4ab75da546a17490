import type { Problem } from '../../shared/problem.js';

/** Refusals of the framework and of the edge itself, before or after our code. */
export const edgeProblems = {
  'request.malformed': { status: 400, title: 'The request cannot be read' },
  'route.not-found': { status: 404, title: 'No such address' },
  'request.timed-out': { status: 408, title: 'The request took too long to arrive' },
  'request.too-large': { status: 413, title: 'The request is too large' },
  'request.uri-too-long': { status: 414, title: 'The address is too long' },
  'request.unsupported-media-type': { status: 415, title: 'Not this content type' },
  'request.too-many': { status: 429, title: 'Too many requests' },
  'request.headers-too-large': { status: 431, title: 'The headers are too large' },
  'service.internal': { status: 500, title: 'Internal error' },
  'service.database-away': { status: 503, title: 'Try again in a moment' },
} satisfies Record<string, Problem>;

export type EdgeErrorCode = keyof typeof edgeProblems;
