/**
 * In jest on Node below 24.9 a CommonJS package cannot require one that is ESM only, as @fastify/static does with
 * content-disposition. It needs it for `reply.download()` alone, which nothing here calls.
 */
module.exports = {
  create() {
    throw new Error('content-disposition is not available in tests');
  },
};
