// @ts-check
/**
 * What does this shopper pay? POST /v1/quotes of a basket of 1000 lines, among 2,000 price rules.
 *
 * The limit is Fastify alone: it validates the same basket by its schema, and writes the same answer by its schema.
 */
import { quotes } from './lib/quotes.mjs';

export default quotes(1000, { atLeast: 0.35 });
