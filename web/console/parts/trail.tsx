import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageLink } from './page-link.js';

/** A box of the picture: what it is, and the page that it opens. */
export interface Stop {
  /** Absent: it is no page of its own, as the bank is none. */
  to?: string;
  name: ReactNode;
  facts?: ReactNode;
}

/** A column of the picture: the kind of thing, and every one of it on the way. */
interface Stage {
  title: string;
  stops: readonly Stop[];
  /** What is said where there is none (yet). */
  none: string;
}

/** The money trail as one picture, from left to right and on a phone from the top down; each box opens its page. */
export function Trail({ stages, caption }: { stages: readonly Stage[]; caption: string }) {
  return (
    <ol className="trail" aria-label={caption}>
      {stages.map(({ title, stops, none }) => (
        <li key={title} className="trail-stage">
          <Text size="xs" c="dimmed">
            {title}
          </Text>
          {stops.length === 0 && <Text size="sm">{none}</Text>}
          {stops.map(({ to, name, facts }, index) => (
            <div key={to ?? index} className="trail-stop">
              {to === undefined ? <span>{name}</span> : <PageLink to={to}>{name}</PageLink>}
              {facts && (
                <Text size="xs" component="div">
                  {facts}
                </Text>
              )}
            </div>
          ))}
        </li>
      ))}
    </ol>
  );
}
