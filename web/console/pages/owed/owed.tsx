import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { MerchantPicker } from '../../parts/merchant-picker.js';
import { Page } from '../../parts/page.js';
import { Section } from '../../parts/section.js';
import { useFilters } from '../../parts/filters.js';
import { useMay } from '../../session.js';
import { useWords } from '../../words.js';
import { AllMerchants } from './all-merchants.js';
import { OneMerchant } from './one-merchant.js';
import { Totals } from './totals.js';
import { Waiting } from './waiting.js';

/** What merchants have earned and not been paid: in total, who waits for too long, and of each merchant. */
export default function Owed() {
  const { owed: texts, shared } = useWords().pages;
  const mayPay = useMay('finance-maker');
  const [{ merchant }, setFilters] = useFilters();
  return (
    <Page
      title={texts.title}
      text={texts.text}
      actions={
        mayPay && (
          <Button component={Link} to="/payouts/new">
            {texts.payNow}
          </Button>
        )
      }
    >
      <Section title={texts.totals}>
        <Totals />
      </Section>
      <Section title={texts.waitingTitle}>
        <Waiting />
      </Section>
      <Section title={texts.byMerchant}>
        <MerchantPicker
          label={texts.find}
          description={shared.merchantCodeOrWechat}
          onPick={({ id }) => setFilters({ merchant: id })}
        />
        {merchant === undefined ? <AllMerchants /> : <OneMerchant id={merchant} />}
      </Section>
    </Page>
  );
}
