import { Center, Paper, Stack, Text, Title } from '@mantine/core';
import { SecondFactor } from './pages/account/second-factor.js';
import { useWords } from './words.js';

/** In place of the console, for who has to have a second factor and has none. */
export default function SecondFactorFirst() {
  const texts = useWords().secondFactorFirst;
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={480}>
        <Stack>
          <Title order={1} size="h3">
            {texts.title}
          </Title>
          <Text>{texts.text}</Text>
          <SecondFactor />
        </Stack>
      </Paper>
    </Center>
  );
}
