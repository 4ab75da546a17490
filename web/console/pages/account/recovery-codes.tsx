import { Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../../api/client.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { Field } from '../../parts/field.js';
import { PasswordField } from '../../parts/password-field.js';
import { Copy } from '../../parts/copy.js';
import { Note } from '../../parts/note.js';
import { useWords } from '../../words.js';

/** Makes ten recovery codes, which are shown this once. */
export function RecoveryCodes() {
  const texts = useWords().pages.account;
  const [password, setPassword] = useState('');
  const [codes, setCodes] = useState<readonly string[]>([]);
  const action = useAction(
    (headers) => client.POST('/v1/staff/sessions/current/recovery-codes', { headers, body: { password } }),
    (made) => {
      setPassword('');
      setCodes(made.codes);
      return undefined;
    },
  );
  return (
    <>
      <ActionDialog
        label={texts.recoveryCodes}
        title={texts.recoveryCodes}
        confirm={texts.recoveryCodes}
        action={action}
        button={{ variant: 'default' }}
      >
        <Text size="sm">{texts.recoveryText}</Text>
        <Field at="/password">
          <PasswordField
            label={texts.currentPassword}
            required
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </Field>
      </ActionDialog>
      {codes.length > 0 && (
        <Stack w="100%" maw={480} align="flex-start">
          <Note acts title={texts.recoveryOnce}>
            {texts.recoveryKeep}
          </Note>
          <Paper withBorder p="sm" w="100%">
            <SimpleGrid cols={2} spacing="xs">
              {codes.map((code) => (
                <code key={code}>{code}</code>
              ))}
            </SimpleGrid>
          </Paper>
          <Copy text={codes.join('\n')} label={texts.copyCodes} variant="filled" />
        </Stack>
      )}
    </>
  );
}
