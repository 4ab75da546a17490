import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client, type Schema } from '../../api/client.js';
import { useWords } from '../words.js';

type Merchant = Schema<'MerchantDto'>;

interface Props {
  label: string;
  onPick: (merchant: Merchant) => void;
  description?: string;
}

/** Finds merchants by name, code or WeChat ID. */
export function MerchantPicker({ label, description, onPick }: Props) {
  const { findMerchant, noMerchant } = useWords().pages.shared;
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<readonly Merchant[] | null>(null);
  const find = async () => {
    const text = typed.trim();
    if (!text) return;
    const { data } = await client.GET('/v1/merchants', { params: { query: { search: text, limit: 5 } } });
    const items = data?.items ?? [];
    const [only] = items;
    if (items.length === 1 && only) pick(only);
    else setFound(items);
  };
  const pick = (merchant: Merchant) => {
    setFound(null);
    setTyped('');
    onPick(merchant);
  };
  return (
    <div>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          label={label}
          description={description}
          flex={1}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            void find();
          }}
        />
        <Button variant="default" onClick={() => void find()}>
          {findMerchant}
        </Button>
      </Group>
      <div role="status">
        {found?.length === 0 && (
          <Text size="sm" c="dimmed">
            {noMerchant}
          </Text>
        )}
      </div>
      {found && found.length > 0 && (
        <Group gap="xs" mt="xs">
          {found.map((merchant) => (
            <Button key={merchant.id} variant="default" size="compact-md" onClick={() => pick(merchant)}>
              {merchant.displayName} · {merchant.code}
            </Button>
          ))}
        </Group>
      )}
    </div>
  );
}
