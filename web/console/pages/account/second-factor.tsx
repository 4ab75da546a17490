import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client, problemOf, type Schema } from '../../../api/client.js';
import { useAction } from '../../parts/action.js';
import { Copy } from '../../parts/copy.js';
import { Form } from '../../parts/form.js';
import { Note } from '../../parts/note.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Qr } from '../../parts/qr.js';
import { useWords } from '../../words.js';

/** Sets up the person's second factor: a code for their authenticator, and its first code as proof. */
export function SecondFactor() {
  const texts = useWords().pages.account;
  const [started, setStarted] = useState<Schema<'NewTotpDto'> | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  const start = useAction(
    (headers) => client.POST('/v1/staff/sessions/current/totp', { headers }),
    (secret) => {
      setStarted(secret);
      return undefined;
    },
  );
  const alreadyOn = start.error !== null && problemOf(start.error).code === 'totp.already-on';
  if (confirmed || alreadyOn) return <Note title={texts.on}>{texts.onText}</Note>;
  if (started) return <Confirm secret={started} then={() => setConfirmed(true)} />;
  return (
    <Stack align="flex-start">
      {start.error !== null && <ProblemNotice error={start.error} />}
      <Button loading={start.pending} onClick={() => void start.run()}>
        {texts.start}
      </Button>
    </Stack>
  );
}

function Confirm({ secret: { secret, uri }, then }: { secret: Schema<'NewTotpDto'>; then: () => void }) {
  const texts = useWords().pages.account;
  const [totp, setTotp] = useState('');
  const action = useAction(
    (headers) => client.POST('/v1/staff/sessions/current/totp/confirm', { headers, body: { totp } }),
    () => {
      then();
      return texts.confirmed;
    },
  );
  return (
    <Stack maw={420}>
      <Text>{texts.scan}</Text>
      <Qr text={uri} label={texts.qr} />
      <Group gap="xs">
        <Text size="sm">{texts.byHand}</Text>
        <code style={{ overflowWrap: 'anywhere' }}>{secret}</code>
        <Copy text={secret} />
      </Group>
      <Form action={action} save={texts.confirm}>
        <TextInput
          label={texts.code}
          description={texts.codeHint}
          required
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9]{6}"
          value={totp}
          onChange={(event) => setTotp(event.currentTarget.value.trim())}
        />
      </Form>
    </Stack>
  );
}
