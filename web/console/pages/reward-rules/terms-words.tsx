import type { Schema } from '../../../api/client.js';
import { useStorefronts } from '../../parts/storefronts.js';
import { useRewardWords } from './grant-words.js';

/** What a version of a reward rule gives and asks for; amounts of a rule for all shops in the first one's currency. */
export function TermsWords({ terms }: { terms: Schema<'RewardRuleVersionDto'> | Schema<'RewardRuleDto'> }) {
  const { grantWords, conditionWords } = useRewardWords();
  const storefronts = useStorefronts();
  const currency = (storefronts.find(({ id }) => id === terms.storefront) ?? storefronts[0])?.currency ?? 'CNY';
  return (
    <>
      {[...terms.grants.map((grant) => grantWords(grant, currency)), ...conditionWords(terms, currency)].map(
        (words) => (
          <span key={words} style={{ display: 'block' }}>
            {words}
          </span>
        ),
      )}
    </>
  );
}
