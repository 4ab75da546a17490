import { useState } from 'react';
import { Field } from '../../parts/field.js';
import { Page } from '../../parts/page.js';
import { useMe } from '../../session.js';
import { useWords } from '../../words.js';
import { CopyLink } from './copy-link.js';
import { Poster } from './poster.js';
import { QrCode } from './qr-code.js';
import { isAddress, shareLink } from './share-link.js';

/** The merchant's link, for the shop or one of its pages: to copy, to scan, and on a poster. */
export default function Share() {
  const texts = useWords().pages.share;
  const { code } = useMe();
  const [page, setPage] = useState('');
  const wrong = page.trim() !== '' && !isAddress(page);
  const link = shareLink(code, wrong ? '' : page);
  return (
    <Page title={texts.title} text={texts.text}>
      <section className="card stack">
        <CopyLink link={link} />
        <Field
          label={texts.product}
          hint={texts.productHint}
          fault={wrong ? texts.notAnAddress : undefined}
          type="url"
          inputMode="url"
          autoComplete="off"
          value={page}
          onValue={setPage}
        />
      </section>
      <section className="card stack center">
        <p>
          {texts.code} <strong className="large">{code}</strong>
        </p>
        <QrCode text={link} label={texts.qr} />
        <p className="quiet">{texts.qrHint}</p>
      </section>
      <section className="card stack center">
        <h2>{texts.poster}</h2>
        <Poster link={link} />
        <p className="quiet">{texts.posterHint}</p>
      </section>
    </Page>
  );
}
