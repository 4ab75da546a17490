import { once } from 'node:events';
import { createServer } from 'node:net';
import { Test } from '@nestjs/testing';
import { WorkerPort } from '../../src/worker/worker-port.js';
import { WorkerModule } from '../../src/worker/worker.module.js';
import { createWorld, signInAdmin } from '../support/actors.js';
import { HttpClient } from '../support/http-client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { testConfig } from '../support/test-config.js';
import { startTestWorker } from '../support/worker.js';

let testApp: TestApp;

beforeAll(async () => {
  testApp = await startTestApp();
});
afterAll(() => testApp.close());

describe('a worker', () => {
  it('audits by itself, and every process shows what it found', async () => {
    const admin = await signInAdmin(testApp);
    expect(await admin.get('/v1/finance/audit/last')).toMatchObject({ status: 404, body: { code: 'audit.none-yet' } });
    const worker = await startTestWorker(testApp, { YINKE_WORKER_PORT: '0', YINKE_AUDIT_SECONDS: '1' });
    try {
      const { address, port } = worker.get(WorkerPort).address!;
      expect(address).toBe('127.0.0.1');
      const http = new HttpClient(`http://127.0.0.1:${port}`);
      expect(await http.get('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
      expect((await http.get('/v1/staff')).status).toBe(404);
      expect((await http.post('/metrics', {})).status).toBe(404);
      let last = await admin.get('/v1/finance/audit/last');
      for (let tries = 0; last.status === 404 && tries < 600; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        last = await admin.get('/v1/finance/audit/last');
      }
      expect(last.body).toMatchObject({ clean: true, chain: { count: 0 }, items: expect.any(Array) });
      for (const client of [http, testApp.http])
        expect((await client.get('/metrics')).text).toMatch(/^yinke_audit_last_clean 1$/m);
    } finally {
      await worker.close();
    }
  });

  it('does not start unwatched when its port is taken', async () => {
    const taken = createServer();
    await once(taken.listen(0, '127.0.0.1'), 'listening');
    const { port } = taken.address() as { port: number };
    const config = testConfig(testApp.databaseUrl, { YINKE_WORKER_PORT: String(port) });
    const worker = await Test.createTestingModule({ imports: [WorkerModule.register(config)] }).compile();
    await expect(worker.init()).rejects.toThrow('EADDRINUSE');
    await worker.close();
    taken.close();
  });

  it('tells its findings to finance and auditors alone', async () => {
    const world = await createWorld(testApp);
    for (const one of [world.sk, world.pk, world.reviewer])
      expect((await one.get('/v1/finance/audit/last')).status).toBe(403);
    for (const one of [world.maker, world.checker, world.auditor])
      expect((await one.get('/v1/finance/audit/last')).status).not.toBe(403);
  });
});
