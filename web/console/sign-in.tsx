import { Alert, Button, Center, Group, Modal, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { api, problemOf } from '../api/client.js';
import { useLanguage } from '../ui/language.js';
import { PasswordField } from './parts/password-field.js';
import { ProblemNotice } from './parts/problem-notice.js';
import { queries } from './queries.js';
import { useWords } from './words.js';

/** The page of who is not signed in. */
export function SignIn() {
  const words = useWords();
  const { language, choose } = useLanguage();
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={400}>
        <Stack>
          <Group justify="space-between">
            <Text fw={700}>{words.product}</Text>
            <Button
              variant="subtle"
              size="compact-md"
              lang={language === 'en' ? 'zh-CN' : 'en'}
              onClick={() => choose(language === 'en' ? 'zh-CN' : 'en')}
            >
              {words.language.other}
            </Button>
          </Group>
          <Title order={1} size="h3">
            {words.signInForm.title}
          </Title>
          <ByProvider />
          <SignInForm email="" />
        </Stack>
      </Paper>
    </Center>
  );
}

/** The operator's own sign-in, where there is one; and why it led back here. */
function ByProvider() {
  const words = useWords();
  const { data } = api.useQuery('get', '/v1/staff/sign-in-ways', {}, { staleTime: Infinity });
  const [refused] = useState(() => new URLSearchParams(location.search).get('refused'));
  return (
    <>
      {refused !== null && <ProblemNotice error={{ code: refused, detail: '' }} />}
      {data?.oidc && (
        <Button component="a" href="/v1/staff/oidc">
          {words.signInForm.oidc}
        </Button>
      )}
    </>
  );
}

/** Above a page whose session has ended. */
export function SignInAgain({ email }: { email: string }) {
  const words = useWords();
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title={words.signIn} centered>
      <Stack>
        <Alert>{words.signInForm.ended}</Alert>
        <SignInForm email={email} />
      </Stack>
    </Modal>
  );
}

function SignInForm({ email: known }: { email: string }) {
  const words = useWords();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const [wantsCode, setWantsCode] = useState(false);
  const { mutate, isPending, error } = api.useMutation('post', '/v1/staff/sessions', {
    onSuccess: () => queries.invalidateQueries(),
    onError: (failure) => setWantsCode(wantsCode || problemOf(failure).code.startsWith('session.totp')),
  });
  const asksForCode = error !== null && problemOf(error).code === 'session.totp-required';
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    // Six digits are of the authenticator; anything longer is a recovery code.
    const code = totp.trim();
    mutate({ body: { email, password, ...(code && (code.length > 6 ? { recoveryCode: code } : { totp: code })) } });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={words.signInForm.email}
          type="email"
          autoComplete="username"
          required
          data-autofocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordField
          label={words.signInForm.password}
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {wantsCode && (
          <TextInput
            label={words.signInForm.code}
            description={words.signInForm.codeHint}
            autoComplete="one-time-code"
            required
            autoFocus
            value={totp}
            onChange={(event) => setTotp(event.currentTarget.value)}
          />
        )}
        {error && !asksForCode && <ProblemNotice error={error} />}
        <Button type="submit" loading={isPending}>
          {words.signIn}
        </Button>
      </Stack>
    </form>
  );
}
