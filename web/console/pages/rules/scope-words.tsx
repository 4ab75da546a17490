import type { Schema } from '../../../api/client.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { useStorefronts } from '../../parts/storefronts.js';
import { useWords } from '../../words.js';

interface Props {
  rule: { scope: Schema<'RuleScopeDto'>; storefront: string | null };
}

/** Whom and what a rule is for, in words. */
export function ScopeWords({ rule: { scope, storefront } }: Props) {
  const texts = useWords().pages.rules;
  const storefronts = useStorefronts();
  const { merchant, group, product, category } = scope;
  const shop = storefront && (storefronts.find(({ id }) => id === storefront)?.name ?? `…${storefront.slice(-6)}`);
  return (
    <span className="scope">
      {merchant ? <MerchantName id={merchant} /> : group ? texts.ofGroup(group) : texts.everyone}
      {' · '}
      {product ? texts.ofProduct(product) : category ? texts.ofCategory(category) : texts.everything}
      {shop && ` · ${shop}`}
    </span>
  );
}
