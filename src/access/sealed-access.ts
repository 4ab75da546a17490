import { resealTexts, type DataKeys, type SealedTable } from '../core/sealed-tables.js';
import { SealedText } from '../shared/sealed-text.js';
import { IDEMPOTENCY_PURPOSE } from './idempotency.repository.js';
import { TOTP_PURPOSE } from './second-factor.service.js';

/** The room's tables with sealed columns. */
export function sealedAccess({ dataKeys }: DataKeys): SealedTable[] {
  const secrets = ['totp_secret', 'totp_pending'];
  return [
    {
      name: 'staff',
      key: ['id'],
      keyIds: { texts: secrets, oldestBy: 'id' },
      reads: secrets,
      atOnce: 200,
      reseal: resealTexts(new SealedText(dataKeys, TOTP_PURPOSE), secrets),
    },
    {
      name: 'idempotency_key',
      key: ['id'],
      keyIds: { texts: ['answer'], oldestBy: 'expires_at' },
      reads: ['answer'],
      atOnce: 100,
      reseal: resealTexts(new SealedText(dataKeys, IDEMPOTENCY_PURPOSE), ['answer']),
    },
  ];
}
