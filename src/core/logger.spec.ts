import { Logger } from './logger.js';
import { withContext } from './work-context.js';

/** What is logged, line by line. */
function lines(): { logger: Logger; read: () => Record<string, unknown>[] } {
  const text: string[] = [];
  const logger = new Logger('info', { write: (line) => void text.push(line) });
  return { logger, read: () => text.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

it('says in every line which request it was written for, however deep, and mixes no two of them up', async () => {
  const { logger, read } = lines();
  const work = async (name: string) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    logger.log(name);
  };
  await Promise.all(['a', 'b'].map((name) => withContext({ requestId: `req_${name}` }, () => work(name))));
  logger.log('outside');
  expect(read().map(({ msg, requestId }) => [msg, requestId])).toEqual([
    ['a', 'req_a'],
    ['b', 'req_b'],
    ['outside', undefined],
  ]);
});

it('hides secrets and account numbers, also inside of what it is given', () => {
  const { logger, read } = lines();
  logger.warn('x', { password: 'p', body: { bankAccount: 'b' }, deep: { er: { token: 't' } }, kept: 1 });
  expect(read()).toMatchObject([
    { password: '[hidden]', body: { bankAccount: '[hidden]' }, deep: { er: { token: '[hidden]' } }, kept: 1 },
  ]);
});
