import { api } from '../../../api/client.js';
import { Page } from '../../parts/page.js';
import { useMe, useMine } from '../../session.js';
import { useWords } from '../../words.js';
import { CopyLink } from './copy-link.js';
import { useMerchantPrice } from './merchant-price.js';
import { Poster } from './poster.js';
import { ProductFields } from './product-fields.js';
import { useProduct } from './product.js';
import { QrCode } from './qr-code.js';
import { ShopChoice } from './shop-choice.js';
import { useShareData } from './share-data.js';
import { isAddress, shareLink, shopOf } from './share-link.js';

/** The merchant's link, for the shop or one product with its price: to copy, to scan, and on a poster. */
export default function Share() {
  const texts = useWords().pages.share;
  const { code, displayName } = useMe();
  const query = api.useQuery('get', '/v1/merchants/{id}/storefronts', { params: useMine() });
  const shops = query.data?.items ?? [];
  const { typed, kept, change } = useProduct();
  const page = typed.to.trim();
  const shop = shops.find(({ id }) => id === typed.storefront) ?? shopOf(shops, page) ?? shops[0];
  const wrong =
    page !== '' && !isAddress(page)
      ? texts.notAnAddress
      : page !== '' && shop && !shopOf([shop], page)
        ? texts.notOfShop(shop.name)
        : undefined;
  const link = shareLink(code, wrong === undefined ? page : '', shop, shops);
  const price = useMerchantPrice(kept, shop);
  useShareData({ link, title: typed.name.trim() || (shop?.name ?? ''), desc: texts.sendText(displayName) });
  return (
    <Page title={texts.title} text={texts.text}>
      <section className="card stack">
        <ShopChoice shops={shops} shop={shop} onShop={(storefront) => change({ storefront })} />
        <CopyLink link={link} />
        <ProductFields
          product={typed}
          shop={shop}
          wrongPage={wrong}
          price={price}
          onProduct={(some) => {
            // A page of another shop: that is the one that is meant.
            const other = some.to !== undefined && shop && !shopOf([shop], some.to) && shopOf(shops, some.to);
            change({ ...some, ...(other && { storefront: other.id }) });
          }}
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
        <Poster link={link} product={typed.name.trim()} price={price} />
        <p className="quiet">{texts.posterHint}</p>
      </section>
    </Page>
  );
}
