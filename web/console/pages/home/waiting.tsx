import { Skeleton, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { api, type Schema } from '../../../api/client.js';
import { count } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { only } from '../../parts/filters.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words.js';
import { WORK_PAGES } from './work-pages.js';

type Waits = Schema<'WaitingDto'>;

/** What waits for the person, each leading to where it is done; what they made and another decides is not among it. */
export function Waiting() {
  const texts = useWords().pages.home;
  const { data, error, refetch } = api.useQuery('get', '/v1/work', {}, { refetchInterval: 30_000 });
  const waiting = data?.items.filter((one) => one.count > 0);
  return (
    <Section title={texts.waits}>
      {error && !data && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!error && !data && <Skeleton h={72} />}
      {waiting?.length === 0 && <Text c="dimmed">{texts.nothingWaits}</Text>}
      {waiting && waiting.length > 0 && (
        <ul className="tiles">
          {waiting.map((one) => (
            <li key={one.kind}>
              <Tile waits={one} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Tile({ waits: { kind, count: number, more } }: { waits: Waits }) {
  const texts = useWords().pages.home;
  const { language } = useLanguage();
  const [path, filters = {}] = WORK_PAGES[kind];
  const counted = count(number, language);
  return (
    <Link to={path} search={only(filters)} className="tile">
      <span className="tile-count">{more ? texts.moreThan(counted) : counted}</span>
      <span>{texts.work[kind]}</span>
    </Link>
  );
}
