import { Anchor, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../words.js';
import { ActionDialog } from './action.js';

interface Props {
  /** Whose data goes. */
  name: string;
  /** What has to be typed, so that it is the right one, and what asks for it. */
  proof: { value: string; label: string };
  /** What goes for good, and what stays. */
  goes: string;
  stays: string;
  /** Where what is held about the person can be downloaded first. */
  download: string;
  action: Parameters<typeof ActionDialog>[0]['action'];
}

/** Takes out for good what is personal of somebody; what was typed is the second press. */
export function EraseDialog({ name, proof, goes, stays, download, action }: Props) {
  const texts = useWords().pages.merchants;
  const [typed, setTyped] = useState('');
  return (
    <ActionDialog
      label={texts.erase}
      title={texts.eraseTitle(name)}
      confirm={texts.eraseConfirm(name)}
      action={action}
      ready={typed.trim().toUpperCase() === proof.value.toUpperCase()}
      button={{ color: 'red', variant: 'outline' }}
    >
      <Text size="sm">{goes}</Text>
      <Text size="sm">{stays}</Text>
      <Anchor size="sm" href={download} download>
        {texts.personalData}
      </Anchor>
      <TextInput
        label={proof.label}
        required
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ActionDialog>
  );
}
