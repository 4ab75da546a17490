import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../core/config.js';
import type { Channel } from '../../messages/index.js';
import { emailKey } from '../../shared/email-key.js';
import { derivedKey, SealedText } from '../../shared/sealed-text.js';
import type { ApplicantColumns } from './applicant.entity.js';
import { phoneKey } from './contact.js';

const PURPOSE = 'yinke contacts';

/** Telephone and e-mail address in clear. */
export interface ContactDetails {
  phone: string | null;
  email: string | null;
}

/** A row with its contact in clear beside it. */
export type Opened<Row extends ApplicantColumns> = Row & ContactDetails;

/** As rows hold a contact; both null where there is none. */
type SealedContact = Pick<ApplicantColumns, 'contactKeyId' | 'sealedContact'>;

/** Seals the contacts of merchants and applicants, and makes the hashes by which merchants are found. */
@Injectable()
export class ContactVault {
  private readonly text: SealedText;
  private readonly hashKey: Buffer;

  constructor(@Inject(Config) config: Pick<Config, 'dataKeys' | 'blindIndexKey'>) {
    this.text = new SealedText(config.dataKeys, PURPOSE);
    this.hashKey = derivedKey(config.blindIndexKey, PURPOSE);
  }

  /** For the row of that id alone. */
  seal({ phone, email }: ContactDetails, rowId: string): SealedContact {
    if (phone === null && email === null) return { contactKeyId: null, sealedContact: null };
    const { keyId, sealed } = this.text.sealBytes(Buffer.from(JSON.stringify({ phone, email }), 'utf8'), rowId);
    return { contactKeyId: keyId, sealedContact: sealed.toString('base64') };
  }

  /** The contact of a row. Throws when it was changed, or belongs to another row. */
  open({ id, contactKeyId, sealedContact }: SealedContact & { id: string }): ContactDetails {
    if (contactKeyId === null || sealedContact === null) return { phone: null, email: null };
    const clear = this.text.openBytes({ keyId: contactKeyId, sealed: Buffer.from(sealedContact, 'base64') }, id);
    const { phone, email } = JSON.parse(clear.toString('utf8')) as ContactDetails;
    return { phone, email };
  }

  /** {@link open}, beside the row. */
  opened<Row extends ApplicantColumns & { id: string }>(row: Row): Opened<Row> {
    return Object.assign(row, this.open(row));
  }

  /** Finds the same contact in any spelling without opening one (HMAC-SHA256, hex). `key`: what all spellings have in common. */
  hash(channel: Channel, key: string): string {
    return createHmac('sha256', this.hashKey).update(`${channel} ${key}`, 'utf8').digest('hex');
  }

  /** The columns by which a merchant is found. */
  hashes({ phone, email }: ContactDetails): { phoneHash: string | null; emailHash: string | null } {
    return {
      phoneHash: phone === null ? null : this.hash('phone', phoneKey(phone)),
      emailHash: email === null ? null : this.hash('email', emailKey(email)),
    };
  }
}
