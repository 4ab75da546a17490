import { Stack, Text } from '@mantine/core';
import type { Schema } from '../../../api/client.js';
import { Copy } from '../../parts/copy.js';
import { Note } from '../../parts/note.js';
import { useWords } from '../../words.js';

/** Somebody and the link by which they choose a password; null where there is none. */
export interface Invited {
  email: string;
  invitation: Schema<'StaffLinkDto'> | null;
}

export type ShowLink = (invited: Invited) => void;

/** A link that is shown this once, with a button that copies it; or that it went by e-mail. */
export function LinkOnce({ invited: { email, invitation } }: { invited: Invited }) {
  const texts = useWords().pages.staff;
  if (!invitation) return null;
  const { link, sent } = invitation;
  // Where the operator has set no address of its own, people reach the console as this one does.
  const address = link === null ? null : new URL(link, location.href).href;
  return (
    <Note acts={address !== null} title={texts.linkTitle(email)}>
      <Stack gap="xs" align="flex-start">
        {address === null ? <Text size="sm">{texts.linkSecret}</Text> : <Text size="sm">{texts.linkText}</Text>}
        {address !== null && sent && <Text size="sm">{texts.linkMailed}</Text>}
        {address !== null && <code style={{ overflowWrap: 'anywhere' }}>{address}</code>}
        {address !== null && <Copy text={address} label={texts.copyLink} variant="filled" />}
      </Stack>
    </Note>
  );
}
