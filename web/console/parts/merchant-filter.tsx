import { Button, Group, Input } from '@mantine/core';
import { useWords } from '../words.js';
import { useFilters } from './filters.js';
import { MerchantName } from './merchant-name.js';
import { MerchantPicker } from './merchant-picker.js';

/** One merchant as a filter of a list, found by code or WeChat ID and kept in the address. */
export function MerchantFilter() {
  const { merchant, merchantCodeOrWechat, remove } = useWords().pages.shared;
  const [filters, setFilters] = useFilters();
  const chosen = filters['merchant'];
  if (chosen === undefined) {
    return <MerchantPicker label={merchantCodeOrWechat} onPick={({ id }) => setFilters({ merchant: id })} />;
  }
  return (
    <div>
      <Input.Label component="div">{merchant}</Input.Label>
      <Group gap="xs" h={36}>
        <MerchantName id={chosen} />
        <Button variant="subtle" size="compact-sm" onClick={() => setFilters({ merchant: undefined })}>
          {remove}
        </Button>
      </Group>
    </div>
  );
}
