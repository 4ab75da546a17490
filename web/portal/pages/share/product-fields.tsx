import { useState } from 'react';
import type { Schema } from '../../../api/client.js';
import { Amount } from '../../../ui/amount.js';
import { minorOf } from '../../../ui/format.js';
import { Field } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { useWords } from '../../words.js';
import type { AskedPrice, MerchantPrice } from './merchant-price.js';
import type { Product } from './product.js';

interface Props {
  product: Product;
  shop: Schema<'MerchantStorefrontDto'> | undefined;
  /** What is wrong with the address. */
  wrongPage: string | undefined;
  price: AskedPrice;
  onProduct: (some: Partial<Product>) => void;
}

/** One product to share: its page, and what the merchant's shoppers pay for it. */
export function ProductFields({ product, shop, wrongPage, price, onProduct }: Props) {
  const texts = useWords().pages.share;
  const typed = product.price.trim();
  const [open] = useState([product.name, product.sku, product.price].some(Boolean));
  const minor = shop && typed !== '' ? minorOf(typed, shop.currency) : 0;
  const wrongPrice = minor === null || minor < 0 ? texts.notAPrice : undefined;
  return (
    <>
      <Field
        label={texts.page}
        hint={texts.pageHint}
        fault={wrongPage}
        type="url"
        inputMode="url"
        autoComplete="off"
        value={product.to}
        onValue={(to) => onProduct({ to })}
      />
      <details open={open}>
        <summary>{texts.product}</summary>
        <div className="stack">
          <p className="quiet">{texts.productText}</p>
          <Field
            label={texts.name}
            autoComplete="off"
            maxLength={40}
            value={product.name}
            onValue={(name) => onProduct({ name })}
          />
          <Field
            label={texts.sku}
            hint={texts.skuHint}
            autoComplete="off"
            autoCapitalize="none"
            maxLength={128}
            value={product.sku}
            onValue={(sku) => onProduct({ sku })}
          />
          <Field
            label={shop ? texts.listPriceIn(shop.currency) : texts.listPrice}
            hint={texts.listPriceHint}
            fault={wrongPrice}
            inputMode="decimal"
            autoComplete="off"
            value={product.price}
            onValue={(text) => onProduct({ price: text })}
          />
          {price.error !== null && <ProblemNotice error={price.error} />}
          <div role="status">{price.data && <Price price={price.data} />}</div>
        </div>
      </details>
    </>
  );
}

function Price({ price: { currency, listPrice, merchantPrice } }: { price: MerchantPrice }) {
  const texts = useWords().pages.share;
  return (
    <>
      <p className="row">
        {merchantPrice < listPrice ? texts.merchantPrice : texts.noMerchantPrice}
        <strong className="large">
          {merchantPrice < listPrice && (
            <s className="quiet">
              <span className="visually-hidden">{texts.listPrice} </span>
              <Amount minor={listPrice} asset={currency} />
            </s>
          )}{' '}
          <Amount minor={merchantPrice} asset={currency} />
        </strong>
      </p>
      <p className="fine">{texts.binding}</p>
    </>
  );
}
