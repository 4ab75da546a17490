// @ts-check
/**
 * Fastify alone: it validates the body by the schema of the operation, does nothing, and writes the answer by the schema of
 * the answer. What it answers comes with the plan.
 *
 * @typedef {object} Plan
 * @property {'GET' | 'POST'} method
 * @property {string} path
 * @property {number} status
 * @property {object} [body] schema
 * @property {object} [answer] schema
 * @property {unknown} [says] the answer
 * @property {string} [location] of a redirect
 */
import { once } from 'node:events';
import Fastify from 'fastify';

const [plan] = /** @type {[Plan]} */ (await once(process, 'message'));
const app = Fastify({ bodyLimit: 16_777_216, ajv: { customOptions: { strict: false, coerceTypes: false } } });
app.get('/', () => 'ready');
app.route({
  method: plan.method,
  url: plan.path,
  schema: {
    ...(plan.body && { body: plan.body }),
    ...(plan.answer && { response: { [plan.status]: plan.answer } }),
  },
  handler: (_request, reply) =>
    plan.location ? reply.redirect(plan.location, plan.status) : reply.status(plan.status).send(plan.says),
});
await app.listen({ host: process.env.HOST, port: Number(process.env.PORT) });
