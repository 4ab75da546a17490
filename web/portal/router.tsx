import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { plainSearch, type Search } from '../ui/search.js';
import { places, type Place } from './places.js';
import { NotFound, Shell } from './shell.js';

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
    loader: async () => {
      await place.load();
    },
  }),
);

function pageOf({ load }: Place) {
  const Page = lazy(load);
  return function LoadedPage() {
    return (
      <Suspense>
        <Page />
      </Suspense>
    );
  };
}

export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: '/portal',
  defaultPreload: 'intent',
  scrollRestoration: true,
  ...plainSearch,
});
