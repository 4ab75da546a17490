// @ts-check
/** The limit of an HTTP route here: Fastify alone, which reads the same JSON body and gives the same JSON answer. */
import Fastify from 'fastify';

/** @type {unknown} */
let answer = {};
const app = Fastify({ bodyLimit: 16_777_216 });
app.put('/', (request, reply) => {
  answer = request.body;
  return reply.status(204).send();
});
app.post('/', (request, reply) => {
  if (typeof request.body !== 'object') throw new Error('the body was not read');
  return reply.status(201).send(answer);
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
