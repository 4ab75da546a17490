import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words.js';

/** The filters above a list. */
export function FilterBar({ children }: { children: ReactNode }) {
  const { list } = useWords();
  return (
    <Group role="group" aria-label={list.filters} gap="sm" align="flex-end" className="no-print">
      {children}
    </Group>
  );
}
