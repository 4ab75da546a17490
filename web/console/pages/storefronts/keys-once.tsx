import { Paper, Stack, Text } from '@mantine/core';
import { Copy } from '../../parts/copy.js';
import { Note } from '../../parts/note.js';
import { useWords } from '../../words.js';

interface Keys {
  secretKey: string;
  publishableKey: string;
}

/** Keys that are shown this once, each with a button that copies it. */
export function KeysOnce({ keys }: { keys: Keys }) {
  const texts = useWords().pages.storefronts;
  const shown = [
    [texts.secretKey, texts.secretKeyHint, keys.secretKey],
    [texts.publishableKey, texts.publishableKeyHint, keys.publishableKey],
  ] as const;
  return (
    <Stack maw={720}>
      <Note acts title={texts.once}>
        {texts.onceText}
      </Note>
      {shown.map(([label, hint, key]) => (
        <Paper key={label} withBorder p="sm">
          <Stack gap="xs" align="flex-start">
            <Text fw={600}>{label}</Text>
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
            <code style={{ overflowWrap: 'anywhere' }}>{key}</code>
            <Copy text={key} label={texts.copyKey(label)} variant="filled" />
          </Stack>
        </Paper>
      ))}
    </Stack>
  );
}
