import type { ComponentType } from 'react';
import { booksPlaces } from './books-places.js';
import { financePlaces } from './finance-places.js';
import { peoplePlaces } from './people-places.js';
import type { ConsoleWords } from '../messages/en/console.js';
import type { Role } from './session.js';

type Load = () => Promise<{ default: ComponentType }>;

/** An address of the console: who may open it, what shows it, and where the menu has it. */
export interface Place {
  path: string;
  /** Empty: everybody of the staff. */
  roles: readonly Role[];
  load: Load;
  /** In the menu; absent: it is reached from another page. */
  nav?: { section: keyof ConsoleWords['sections']; word: (words: ConsoleWords) => string };
}

/** Every address. Loaded when opened, so that the first page stays small. */
export const places: readonly Place[] = [
  {
    path: '/',
    roles: [],
    load: () => import('./pages/home/home.js'),
    nav: { section: 'work', word: ({ pages }) => pages.home.nav },
  },
  ...peoplePlaces,
  ...financePlaces,
  ...booksPlaces,
];

/** The place that an address is of, without what follows a `?` or `#`. */
export function placeOf(address: string): Place | undefined {
  const given = address.split(/[?#]/, 1).join('').split('/');
  const fits = ({ path }: Place) => {
    const wanted = path.split('/');
    return wanted.length === given.length && wanted.every((part, i) => part === given[i] || part.startsWith('$'));
  };
  // A fixed address goes before one with an id, as the router does: /payouts/new is no batch.
  return places.find((place) => !place.path.includes('$') && fits(place)) ?? places.find(fits);
}
