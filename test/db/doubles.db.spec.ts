import { jest } from '@jest/globals';
import type { TestingModule } from '@nestjs/testing';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../src/core/unit-of-work.js';
import { DoublesService } from '../../src/database/applications/doubles.service.js';
import { MerchantApplicationService } from '../../src/database/applications/merchant-application.service.js';
import { ContactVault } from '../../src/database/merchants/contact-vault.js';
import { IdentityMarks } from '../../src/database/likeness/identity-marks.repository.js';
import { newId } from '../../src/shared/ids.js';
import { insertRows } from '../support/insert-rows.js';
import { fullScans } from '../support/plans.js';
import { filledForm, startRegistry } from '../support/registry.js';
import { analyzeTables, rowsRead } from '../support/rows-read.js';
import { createTestDatabase } from '../support/test-database.js';

jest.setTimeout(180_000);

const MERCHANTS = 10_000;
const NOW = new Date('2026-05-01T12:00:00Z');

let registry: TestingModule;
beforeAll(async () => {
  registry = await startRegistry(await createTestDatabase());
});
afterAll(() => registry.close());

it('of ten thousand merchants with one name a few hundred are looked at, and no table is read whole', async () => {
  const find = <T>(type: new (...args: any[]) => T) => registry.get(type, { strict: false });
  const { manager } = find(DataSource);
  const marks = find(IdentityMarks);
  const sealed = (phone: string | null, rowId: string) => {
    const { contactKeyId, sealedContact } = find(ContactVault).seal({ phone, email: null }, rowId);
    return [contactKeyId, sealedContact];
  };
  const merchants = Array.from({ length: MERCHANTS }, (_, n) => ({
    id: newId('merchant'),
    application: newId('application'),
    wechatId: `many_${n}`,
    phone: n === 0 ? '+8613800138000' : null,
  }));
  await insertRows(
    manager,
    'merchant',
    ['id', 'application_id', 'code', 'wechat_id', 'wechat_key', 'display_name', 'contact_key_id', 'sealed_contact', 'state', 'created_at', 'updated_at'], // prettier-ignore
    merchants.map(({ id, application, wechatId, phone }, n) => [id, application, `C${n}`, wechatId, wechatId, '王伟', ...sealed(phone, id), 'active', NOW, NOW]), // prettier-ignore
  );
  await insertRows(
    manager,
    'merchant_application',
    [
      'id',
      'state',
      'wechat_id',
      'display_name',
      'contact_key_id',
      'sealed_contact',
      'form_version',
      'decided_at',
      'created_at',
    ],
    merchants.map(({ application, wechatId, phone }) => [
      application,
      'approved',
      wechatId,
      '王伟',
      ...sealed(phone, application),
      1,
      NOW,
      NOW,
    ]),
  );
  await manager.transaction(async (tx) => {
    for (const { application, wechatId, phone } of merchants)
      await marks.note(tx, application, { wechatId, displayName: '王伟', phone });
  });
  const form = filledForm({ wechatId: 'newcomer_1', displayName: '王伟', phone: '138 0013 8000' });
  const { id } = await find(MerchantApplicationService).submit(form);
  await analyzeTables(manager);

  const reader = jest.spyOn(find(UnitOfWork), 'reader', 'get');
  const ask = (em: EntityManager) => {
    reader.mockReturnValue(em);
    return find(DoublesService).find(id);
  };
  const runner = find(DataSource).createQueryRunner();
  try {
    const { items } = await ask(runner.manager);
    expect(items).toHaveLength(6);
    expect(items[0]).toMatchObject({ same: ['phone', 'name'], merchant: { id: merchants[0]?.id } });
    expect(items.slice(1).map(({ same }) => same)).toEqual(Array.from({ length: 5 }, () => ['name']));
    expect(await fullScans(runner.manager, ask)).toEqual([]);
    const read = await rowsRead(runner.manager, ask);
    expect(read < 2_000 ? 'few' : read).toBe('few');
  } finally {
    reader.mockRestore();
    await runner.release();
  }
});
