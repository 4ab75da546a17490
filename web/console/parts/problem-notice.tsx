import { Alert, Button, CopyButton, Group, Text } from '@mantine/core';
import { problemText } from '../../ui/problem.js';
import { Moment } from '../../ui/moment.js';
import { useWords } from '../words.js';
import { useUnshown } from './field.js';
import { Person } from './person.js';

/** A refusal in words: what it means, what to do, who was faster, what the API said of this case and of fields that are not marked, and the request's id to copy. */
export function ProblemNotice({ error, retry }: { error: unknown; retry?: () => void }) {
  const words = useWords();
  const { title, advice, detail, faster, requestId, fields } = problemText(error, words);
  const unshown = useUnshown(fields);
  return (
    <Alert color="red" title={title} role="alert">
      <Text size="sm">{advice}</Text>
      {faster && (
        <Text size="sm">
          {words.pages.shared.doneBy} <Person id={faster.by} />, <Moment at={faster.at} />
        </Text>
      )}
      {detail && (
        <Text size="sm" lang="en">
          {detail}
        </Text>
      )}
      {unshown.map(([pointer, fault]) => (
        <Text key={pointer} size="sm" lang="en">
          {pointer}: {fault}
        </Text>
      ))}
      <Group gap="xs" mt="xs">
        {retry && (
          <Button size="compact-sm" variant="default" onClick={retry}>
            {words.problem.again}
          </Button>
        )}
        {requestId && (
          <CopyButton value={requestId}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="subtle" onClick={copy} title={requestId}>
                {copied
                  ? words.problem.copied
                  : `${words.problem.copy}: ${words.problem.requestId} …${requestId.slice(-6)}`}
              </Button>
            )}
          </CopyButton>
        )}
      </Group>
    </Alert>
  );
}
