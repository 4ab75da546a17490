import { useId } from 'react';
import type { Schema } from '../../../api/client.js';
import { useWords } from '../../words.js';

type Shop = Schema<'MerchantStorefrontDto'>;

interface Props {
  shops: readonly Shop[];
  shop: Shop | undefined;
  onShop: (id: string) => void;
}

/** Which shop the link leads to, where there are several. */
export function ShopChoice({ shops, shop, onShop }: Props) {
  const texts = useWords().pages.share;
  const id = useId();
  if (shops.length < 2) return null;
  return (
    <div className="field">
      <label htmlFor={id}>{texts.shop}</label>
      <select id={id} value={shop?.id} onChange={(event) => onShop(event.currentTarget.value)}>
        {shops.map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
      </select>
    </div>
  );
}
