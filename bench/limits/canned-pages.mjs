// @ts-check
/**
 * Answers that were recorded while a page was loaded, from memory: by method and address, and where the query was another
 * one, by the address without it.
 *
 * @typedef {{ method: string, url: string, status: number, headers: Record<string, string>, body: string }} Recorded body in base64
 * @typedef {{ answers: Recorded[] }} Plan
 */
import { once } from 'node:events';
import { createServer } from 'node:http';

const [plan] = /** @type {[Plan]} */ (await once(process, 'message'));
/** @type {Map<string, Recorded & { bytes: Buffer }>} */
const answers = new Map();
for (const answer of plan.answers) {
  const known = { ...answer, bytes: Buffer.from(answer.body, 'base64') };
  answers.set(`${answer.method} ${answer.url}`, known);
  answers.set(`${answer.method} ${answer.url.split('?')[0]}`, known);
}
createServer((request, response) => {
  const [method = '', url = ''] = [request.method, request.url];
  const answer = answers.get(`${method} ${url}`) ?? answers.get(`${method} ${url.split('?')[0]}`);
  if (answer) response.writeHead(answer.status, answer.headers).end(answer.bytes);
  else response.writeHead(404).end();
}).listen(Number(process.env.PORT), process.env.HOST);
