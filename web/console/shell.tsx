import { AppShell, Burger, Button, Group, Menu, NavLink, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { client } from '../api/client.js';
import { useLanguage } from '../ui/language.js';
import { forgetAll } from './parts/kept.js';
import { MayOpen } from './parts/page-link.js';
import { placeOf, places } from './places.js';
import { SearchBox } from './search-box.js';
import { useMe, useSession, type Role } from './session.js';
import { SignIn, SignInAgain } from './sign-in.js';
import { useWords } from './words.js';
import type { ConsoleWords } from '../messages/en/console.js';

const SecondFactorFirst = lazy(() => import('./second-factor-first.js'));
const Invitation = lazy(() => import('./invitation.js'));

/** The frame of every page, but of the one for people who have no password yet. When the session ends, what is open stays below the sign-in, with all that was typed. */
export function Shell() {
  const { pathname } = useLocation();
  return pathname === '/invitation' ? (
    <Suspense>
      <Invitation />
    </Suspense>
  ) : (
    <SignedIn />
  );
}

function SignedIn() {
  const { session, ended } = useSession();
  if (!session) return ended ? <SignIn /> : null;
  if (session.secondFactorMissing && !ended)
    return (
      <Suspense>
        <SecondFactorFirst />
      </Suspense>
    );
  return (
    <>
      <MayOpen value={(path) => mayOpen(session.staff.roles, placeOf(path)?.roles ?? [])}>
        <Frame />
      </MayOpen>
      {ended && <SignInAgain email={session.staff.email} />}
    </>
  );
}

function Frame() {
  const words = useWords();
  const [opened, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <a href="#content" className="skip">
        {words.skip}
      </a>
      <AppShell.Header className="no-print">
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={words.menu} />
            <Text fw={700} style={{ whiteSpace: 'nowrap' }}>
              {words.product}
            </Text>
            <Text c="dimmed" visibleFrom="sm">
              {words.title}
            </Text>
          </Group>
          <SearchBox />
          <Person />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" className="no-print" style={{ overflowY: 'auto' }} aria-label={words.menu}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

/** What the person may open, by section; what they may not is not there. */
function Navigation() {
  const words = useWords();
  const me = useMe();
  const { pathname } = useLocation();
  const mine = places.filter(({ nav, roles }) => nav && mayOpen(me.roles, roles));
  const sections = Object.entries(words.sections) as [keyof ConsoleWords['sections'], string][];
  return sections.map(([section, title]) => {
    const items = mine.filter(({ nav }) => nav?.section === section);
    return (
      items.length > 0 && (
        <Stack key={section} gap={0} mb="xs" component="section" aria-label={title}>
          <Text size="xs" c="dimmed" px="sm">
            {title}
          </Text>
          {items.map(({ path, nav }) => (
            <NavLink
              key={path}
              component={Link}
              to={path}
              label={nav!.word(words)}
              active={path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`)}
            />
          ))}
        </Stack>
      )
    );
  });
}

function mayOpen(mine: readonly Role[], roles: readonly Role[]): boolean {
  return roles.length === 0 || roles.some((role) => mine.includes(role));
}

function Person() {
  const words = useWords();
  const me = useMe();
  const { language, choose } = useLanguage();
  const signOut = async () => {
    await client.DELETE('/v1/staff/sessions/current');
    forgetAll();
    location.assign('/console/');
  };
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        variant="subtle"
        size="compact-md"
        lang={language === 'en' ? 'zh-CN' : 'en'}
        onClick={() => choose(language === 'en' ? 'zh-CN' : 'en')}
      >
        {words.language.other}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="compact-md" aria-label={me.email}>
            <Text component="span" size="sm" maw={{ base: '6rem', sm: '16rem' }} truncate>
              {me.email}
            </Text>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{me.roles.map((role) => words.states.role[role][0]).join(' · ')}</Menu.Label>
          <Menu.Item component={Link} to="/account">
            {words.pages.account.nav}
          </Menu.Item>
          <Menu.Item onClick={() => void signOut()}>{words.signOut}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

/** Shows its children to who has one of the roles; to others it says whose page it is. */
export function ForRoles({ roles, children }: { roles: readonly Role[]; children: ReactNode }) {
  const words = useWords();
  const me = useMe();
  if (mayOpen(me.roles, roles)) return children;
  return (
    <Stack data-refused>
      <Title order={1}>{words.notForYou.title}</Title>
      <Text>{words.notForYou.text(roles.map((role) => words.states.role[role][0]).join(', '))}</Text>
    </Stack>
  );
}

export function NotFound() {
  const words = useWords();
  return (
    <Stack align="flex-start">
      <Title order={1}>{words.notFound.title}</Title>
      <Button component={Link} to="/">
        {words.notFound.home}
      </Button>
    </Stack>
  );
}
