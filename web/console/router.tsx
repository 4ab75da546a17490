import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { places, type Place } from './places.js';
import { ForRoles, NotFound, Shell } from './shell.js';

/** Filters and cursors of lists: every page reads and writes them in the address. */
export type Search = Record<string, string | undefined>;

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  validateSearch: (search: Search): Search => search,
});

const routes = places.map((place) =>
  createRoute({
    getParentRoute: () => root,
    path: place.path,
    component: pageOf(place),
    // Fetched when a link to it is pointed at, and before it is shown.
    loader: async () => {
      await place.load();
    },
  }),
);

function pageOf({ load, roles }: Place) {
  const Page = lazy(load);
  return function ForItsRoles() {
    return (
      <ForRoles roles={roles}>
        <Suspense>
          <Page />
        </Suspense>
      </ForRoles>
    );
  };
}

/** `?state=pending`, not `?state="pending"`: addresses that people can read and type. */
const plainSearch = {
  parseSearch: (text: string) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search: Search) => {
    const text = new URLSearchParams(
      Object.entries(search).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])),
    ).toString();
    return text && `?${text}`;
  },
};

export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: '/console',
  defaultPreload: 'intent',
  scrollRestoration: true,
  ...plainSearch,
});
