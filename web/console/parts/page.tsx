import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useWords } from '../words.js';

interface Props {
  title: string;
  /** One sentence, where the title alone does not say what the page is for. */
  text?: ReactNode;
  /** Buttons of what can be done here. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page: its name (also of the browser's tab), what can be done, and what it shows. */
export function Page({ title, text, actions, children }: Props) {
  const words = useWords();
  useEffect(() => {
    document.title = `${title} · ${words.product}`;
  }, [title, words.product]);
  return (
    <Stack maw={1200}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1} size="h2">
            {title}
          </Title>
          {text && <Text c="dimmed">{text}</Text>}
        </div>
        {actions && (
          <Group gap="xs" className="no-print">
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </Stack>
  );
}
