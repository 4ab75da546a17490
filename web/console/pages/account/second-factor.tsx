import { Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, client, type Schema } from '../../../api/client.js';
import { useAction } from '../../parts/action.js';
import { Copy } from '../../parts/copy.js';
import { Field } from '../../parts/field.js';
import { Form } from '../../parts/form.js';
import { Note } from '../../parts/note.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Qr } from '../../parts/qr.js';
import { useWords } from '../../words.js';
import { RecoveryCodes } from './recovery-codes.js';

/** The person's second factor: set up with a code for their authenticator and its first code as proof, or on. */
export function SecondFactor() {
  const { data, error, refetch } = api.useQuery('get', '/v1/staff/sessions/current/totp');
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={80} />;
  return data.on ? <On codesLeft={data.recoveryCodesLeft} /> : <SetUp />;
}

function On({ codesLeft }: { codesLeft: number }) {
  const texts = useWords().pages.account;
  return (
    <Stack align="flex-start">
      <Note title={texts.on} acts={codesLeft === 0}>
        {texts.codesLeft(codesLeft)} {texts.onText}
      </Note>
      <RecoveryCodes />
    </Stack>
  );
}

function SetUp() {
  const texts = useWords().pages.account;
  const [started, setStarted] = useState<Schema<'NewTotpDto'> | null>(null);
  const start = useAction(
    (headers) => client.POST('/v1/staff/sessions/current/totp', { headers }),
    (secret) => {
      setStarted(secret);
      return undefined;
    },
  );
  if (started) return <Confirm secret={started} />;
  return (
    <Stack align="flex-start">
      {start.error !== null && <ProblemNotice error={start.error} />}
      <Button loading={start.pending} onClick={() => void start.run()}>
        {texts.start}
      </Button>
    </Stack>
  );
}

function Confirm({ secret: { secret, uri } }: { secret: Schema<'NewTotpDto'> }) {
  const texts = useWords().pages.account;
  const [totp, setTotp] = useState('');
  const action = useAction(
    (headers) => client.POST('/v1/staff/sessions/current/totp/confirm', { headers, body: { totp } }),
    () => texts.confirmed,
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
        <Field at="/totp">
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
        </Field>
      </Form>
    </Stack>
  );
}
