import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { places, type Place } from './places.js';
import { plainSearch, type Search } from '../ui/search.js';
import { ForRoles, NotFound, Shell } from './shell.js';

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

export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: '/console',
  defaultPreload: 'intent',
  scrollRestoration: true,
  ...plainSearch,
});
