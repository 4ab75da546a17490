import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { document, problemOf, sendProblem } from './problem-document.js';

/** What the router refuses before any handler or hook is found: a malformed escape, an overlong parameter. `headers` of the answer. */
export function routerErrors(headers: Readonly<Record<string, string>>) {
  return (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    void reply.headers(headers);
    sendProblem(request, reply, problemOf(error));
  };
}

const STATUS: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** What Node's HTTP parser refuses: there is no request yet, only a socket. */
export function answerParserError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS[error.code ?? ''] ?? 400;
  const detail = status === 400 ? 'This is not HTTP.' : (STATUS_CODES[status] ?? '');
  const problem = problemOf(Object.assign(new Error(detail), { statusCode: status }));
  const body = JSON.stringify(document(problem.status, problem.code, problem.title, problem.detail));
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}

/** JSON of an answer. A bigint that got here unconverted becomes an integer, or text when it would lose a digit. */
export function serialize(payload: unknown): string {
  try {
    return JSON.stringify(payload);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(payload, (_, value: unknown) =>
      typeof value !== 'bigint' ? value : Number.isSafeInteger(Number(value)) ? Number(value) : value.toString(),
    );
  }
}
