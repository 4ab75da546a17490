import { Anchor, Text, type AnchorProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { createContext, useContext, type ReactNode } from 'react';

/** Whether the person may open an address of the console; the shell, which knows every address, says so. */
export const MayOpen = createContext<(path: string) => boolean>(() => true);

interface Props extends AnchorProps {
  to: string;
  /** As `only(…)` makes it. */
  search?: never;
  hash?: string;
  title?: string | undefined;
  lang?: string;
  children: ReactNode;
}

/** A link to another page of the console, for who may open that page; for others the same text without the way. */
export function PageLink({ to, search, hash, children, ...props }: Props) {
  const mayOpen = useContext(MayOpen);
  if (!mayOpen(to))
    return (
      <Text component="span" inherit {...props}>
        {children}
      </Text>
    );
  return (
    <Anchor component={Link} to={to} search={search} hash={hash} {...props}>
      {children}
    </Anchor>
  );
}
