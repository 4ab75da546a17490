import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedSecrets, ensureBinaries } from '../../scripts/embedded-stores/index.mjs';
import { startMariadb } from '../../scripts/embedded-stores/mariadb.mjs';
import { makeBackup } from '../../src/core/backup/make-backup.js';
import { createDataSource } from '../../src/core/data-source.js';
import { databaseUrl } from '../../src/core/database-tls.js';
import { bringUpToDate } from '../../src/schema.js';

/** A server of its own that takes no connection without TLS. */
const file = (name: string) => join(process.cwd(), 'test/support/tls', name);
const AUTHORITY = file('authority.pem');

let folder: string;
let server: Awaited<ReturnType<typeof startMariadb>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yinke-tls-'));
  const binaries = await ensureBinaries();
  takeCertificateOf('localhost');
  const tls = [`--ssl-ca=${AUTHORITY}`, `--ssl-cert=${certificate()}`, `--ssl-key=${file('server-key.pem')}`];
  server = await startMariadb({
    folder,
    binaries,
    secrets: embeddedSecrets(folder),
    durable: false,
    bufferPoolMb: 64,
    allPrivileges: true,
    further: [...tls, '--require-secure-transport=ON'],
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const certificate = () => join(folder, 'server.pem');
const takeCertificateOf = (host: 'localhost' | 'elsewhere') => copyFileSync(file(`${host}.pem`), certificate());

function urlOf(user: 'yinke' | 'yinke_service' | 'yinke_audit', query: string): string {
  const { databasePassword, servicePassword, auditPassword } = embeddedSecrets(folder);
  const password = { yinke: databasePassword, yinke_service: servicePassword, yinke_audit: auditPassword }[user];
  return `mysql://${user}:${password}@localhost:${String(server.port)}/yinke${query}`;
}

async function cipherOf(url: string): Promise<string> {
  const db = await createDataSource({ url, poolSize: 1, entities: [] }).initialize();
  try {
    const [row] = await db.query<{ Value: string }[]>("SHOW STATUS LIKE 'Ssl_cipher'");
    return row?.Value ?? '';
  } finally {
    await db.destroy();
  }
}

describe('a database that wants TLS', () => {
  const tls = `?tls=${encodeURIComponent(AUTHORITY)}`;

  it('is spoken to by TLS where the URL says so, and by no other way', async () => {
    expect(await cipherOf(urlOf('yinke', tls))).toMatch(/^TLS_|^ECDHE/);
    await expect(cipherOf(urlOf('yinke', ''))).rejects.toThrow(/denied|secure.transport/i);
  });

  it('is not believed with the certificate of another authority, or of another host', async () => {
    const other = `?tls=${encodeURIComponent(file('other-authority.pem'))}`;
    await expect(cipherOf(urlOf('yinke', other))).rejects.toThrow(/certificate/i);
    await expect(cipherOf(urlOf('yinke', '?tls=on'))).rejects.toThrow(/certificate/i);
    const db = await createDataSource({ url: urlOf('yinke', tls), poolSize: 1, entities: [] }).initialize();
    takeCertificateOf('elsewhere');
    await db.query('FLUSH SSL');
    await expect(cipherOf(urlOf('yinke', tls))).rejects.toThrow(/altnames/i);
    takeCertificateOf('localhost');
    await db.query('FLUSH SSL');
    await db.destroy();
    expect(await cipherOf(urlOf('yinke', tls))).not.toBe('');
  });

  it('is migrated, given its rights and backed up by TLS', async () => {
    const ran = await bringUpToDate({
      databaseUrl: urlOf('yinke_service', tls),
      databaseMigrationUrl: urlOf('yinke', tls),
      databaseAuditUrl: urlOf('yinke_audit', tls),
    });
    expect(ran.length).toBeGreaterThan(5);
    expect(await cipherOf(urlOf('yinke_service', tls))).not.toBe('');
    const key = Buffer.alloc(32, 7).toString('base64');
    const made = await makeBackup({ url: urlOf('yinke_audit', tls), key, folder: join(folder, 'backups') });
    expect(made.manifest.tables.staff).toBe(0);
  });

  it.each([
    ['mysql://u:p@db.example/yinke?ssl=on', /only one is tls/],
    ['mysql://u:p@10.0.0.1/yinke?tls=on', /name of the host/],
    ['mysql://u:p@[::1]/yinke?tls=on', /name of the host/],
    ['mysql://u:p@db.example/yinke?tls=/nowhere.pem', /cannot be read/],
    ['redis://db.example', /mysql:\/\//],
  ])('is not named by a URL that would leave TLS out unseen: %s', (url, message) => {
    expect(() => databaseUrl(url)).toThrow(message);
  });
});
