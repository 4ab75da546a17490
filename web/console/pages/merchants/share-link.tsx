import { Group } from '@mantine/core';
import { Copy } from '../../parts/copy.js';

/** The link by which a merchant brings shoppers. */
export function ShareLink({ code }: { code: string }) {
  const link = `${location.origin}/r/${code}`;
  return (
    <Group gap="xs">
      <span style={{ overflowWrap: 'anywhere' }}>{link}</span>
      <Copy text={link} />
    </Group>
  );
}
