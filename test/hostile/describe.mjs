// @ts-check
import { bodyOf, targetOf } from './send.mjs';

/** A fault in words, with all that is needed to send the request again; who called is named, not shown. @param {import('./walk.mjs').Fault} fault */
export function describeFault({ request, what, answer }) {
  const body = request.bytes ?? bodyOf(request);
  const shownBody =
    body === undefined
      ? ''
      : `\n    body ${JSON.stringify(body.toString('latin1').slice(0, 500))}${body.length > 500 ? ` … ${body.length} in all` : ''}`;
  const headers = request.headers.map(([name, value]) => `${name}: ${JSON.stringify(value.slice(0, 80))}`).join(', ');
  return (
    `${what}\n    ${request.method} ${targetOf(request).slice(0, 400)} as ${request.caller} (${request.operation.id}; ${request.kind}: ${request.how})` +
    `${headers ? `\n    ${headers}` : ''}${shownBody}${answer ? `\n    → ${answer.status} in ${Math.round(answer.ms)} ms ${answer.text.slice(0, 300)}` : ''}`
  );
}
