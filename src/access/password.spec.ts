import { hashPassword, verifyPassword } from './password.js';

test('passwords are looked at in turn, and who would wait too long is told so at once', async () => {
  const hash = await hashPassword('a long enough password');
  const tries = Array.from({ length: 60 }, (_, at) =>
    verifyPassword(hash, at % 2 === 0 ? 'a long enough password' : 'x'),
  );
  const outcomes = await Promise.allSettled(tries);
  const refused = outcomes.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(60 - 42);
  for (const outcome of refused) expect(outcome).toMatchObject({ reason: { code: 'service.busy' } });
  for (const [at, outcome] of outcomes.slice(0, 42).entries())
    expect(outcome).toEqual({ status: 'fulfilled', value: at % 2 === 0 });
  expect(await verifyPassword(hash, 'a long enough password')).toBe(true);
});
