import { Button, Collapse, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useId } from 'react';
import type { Schema } from '../../api/client.js';
import { useLanguage } from '../../ui/language.js';
import { useWords } from '../words.js';

/** The API's own sentence and arithmetic, behind a small "why". */
export function Why({ words: said }: { words: Schema<'WordsDto'> }) {
  const { why } = useWords();
  const { language } = useLanguage();
  const [opened, { toggle }] = useDisclosure();
  const id = useId();
  return (
    <div>
      <Button variant="subtle" size="compact-sm" px={0} aria-expanded={opened} aria-controls={id} onClick={toggle}>
        {why}
      </Button>
      <Collapse expanded={opened} id={id}>
        <Text size="sm" maw="70ch">
          {said[language]}
        </Text>
      </Collapse>
    </div>
  );
}
