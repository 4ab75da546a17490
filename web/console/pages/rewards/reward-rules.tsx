import { Table } from '@mantine/core';
import type { Schema } from '../../../api/client.js';
import { BareAmount } from '../../../ui/amount.js';
import { AssetAmount } from '../../parts/asset.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { useWords } from '../../words.js';
import { explanationOf, type NamedRule } from './explanation.js';

/** Who won and why the others lost, and the products that the reward was reckoned on. */
export function RewardRules({ reward }: { reward: Schema<'RewardDetailDto'> }) {
  const { rules, currency, lines } = explanationOf(reward);
  return (
    <>
      <Rules rules={rules} />
      {lines.length > 0 && <Lines lines={lines} currency={currency} asset={reward.asset} />}
    </>
  );
}

function Rules({ rules }: { rules: readonly NamedRule[] }) {
  const texts = useWords().pages.rewards;
  return (
    <Table className="list">
      <caption className="visually-hidden">{texts.rules}</caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{texts.rule}</Table.Th>
          <Table.Th>{texts.forWhom}</Table.Th>
          <Table.Th>{texts.outcome}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rules.map(({ id, version, name, scope, loss }) => (
          <Table.Tr key={`${id} ${String(version)} ${loss ?? ''}`}>
            <Table.Td data-label={texts.rule}>
              <span title={id}>{texts.ruleName(name ?? `…${id.slice(-6)}`, String(version))}</span>
            </Table.Td>
            <Table.Td data-label={texts.forWhom}>
              <Scope scope={scope} />
            </Table.Td>
            <Table.Td data-label={texts.outcome}>
              {loss === undefined ? <strong>{texts.won}</strong> : (texts.losses[loss] ?? loss)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Scope({ scope: { merchant, group, product, category } }: Pick<NamedRule, 'scope'>) {
  const texts = useWords().pages.rewards;
  return (
    <span>
      {merchant ? <MerchantName id={merchant} /> : group ? texts.group(group) : texts.everyone}
      {' · '}
      {product ? texts.product(product) : category ? texts.category(category) : texts.everything}
    </span>
  );
}

interface LinesProps extends Pick<ReturnType<typeof explanationOf>, 'lines' | 'currency'> {
  asset: string;
}

function Lines({ lines, currency, asset }: LinesProps) {
  const texts = useWords().pages.rewards;
  return (
    <Table className="list">
      <caption className="visually-hidden">{texts.lines}</caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{texts.sku}</Table.Th>
          <Table.Th data-align="right">{texts.commissionable(currency)}</Table.Th>
          <Table.Th data-align="right">{texts.share}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map(({ line, sku, commissionable, share }) => (
          <Table.Tr key={line}>
            <Table.Td data-label={texts.sku}>{sku}</Table.Td>
            <Table.Td data-label={texts.commissionable(currency)} data-align="right">
              <BareAmount minor={commissionable} asset={currency} />
            </Table.Td>
            <Table.Td data-label={texts.share} data-align="right">
              <AssetAmount minor={share} asset={asset} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
