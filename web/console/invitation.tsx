import { Button, Center, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { api } from '../api/client.js';
import { Note } from './parts/note.js';
import { PasswordField } from './parts/password-field.js';
import { ProblemNotice } from './parts/problem-notice.js';
import { useWords } from './words.js';

/** Where a link leads: the person chooses a password. The token stands after the `#`, which no server is sent. */
export default function Invitation() {
  const texts = useWords().invitation;
  const [token] = useState(() => location.hash.slice(1));
  const [password, setPassword] = useState('');
  const read = api.useQuery(
    'post',
    '/v1/staff-invitations/read',
    { body: { token } },
    { retry: false, staleTime: Infinity },
  );
  const { mutate, isPending, error, isSuccess } = api.useMutation('post', '/v1/staff-invitations/accept');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    mutate({ body: { token, password } });
  };
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={400}>
        <Stack>
          <Title order={1} size="h3">
            {texts.title}
          </Title>
          {read.isPending && <Skeleton h={200} />}
          {read.error && <ProblemNotice error={read.error} />}
          {isSuccess && (
            <>
              <Note>{texts.done}</Note>
              <Button component="a" href="/console/">
                {texts.toSignIn}
              </Button>
            </>
          )}
          {read.data && !isSuccess && (
            <form onSubmit={submit}>
              <Stack>
                <Text>{texts.text(read.data.email)}</Text>
                <input type="hidden" autoComplete="username" value={read.data.email} readOnly />
                <PasswordField
                  label={texts.password}
                  description={texts.hint}
                  required
                  minLength={12}
                  autoComplete="new-password"
                  value={password}
                  onChange={(event) => setPassword(event.currentTarget.value)}
                />
                {error && <ProblemNotice error={error} />}
                <Button type="submit" loading={isPending}>
                  {texts.save}
                </Button>
              </Stack>
            </form>
          )}
        </Stack>
      </Paper>
    </Center>
  );
}
