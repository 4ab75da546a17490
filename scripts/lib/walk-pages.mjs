// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './say.mjs';

/**
 * Follows the links of each person's pages until every address of an application was looked at once.
 * @param {'portal' | 'console'} door @param {string[]} people @param {string} service
 * @param {(name: string, url: string, person: string) => Promise<string[] | undefined>} look says where the page's links lead;
 *   undefined: it is not for this person
 * @returns {Promise<string[]>} places that no link leads to
 */
export async function walkPages(door, people, service, look) {
  const places = placesOf(door);
  const left = new Set(places);
  for (const [index, person] of people.entries()) {
    // What a person finds first differs from one to the next, so everybody's is looked at.
    left.add('/');
    // The link to the account is in a menu that is closed at first.
    const queue = ['/', '/account'].map((path) => `${service}/${door}${path}`);
    for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
      const { pathname, origin } = new URL(url);
      const path = pathname.replace(`/${door}`, '') || '/';
      if (origin !== service || !pathname.startsWith(`/${door}`)) continue;
      const place = places.find((one) => fits(one, path));
      if (place === undefined || !left.has(place)) continue;
      const name = place.slice(1).replaceAll('$', '').replaceAll('/', '-') || (index === 0 ? '-' : `-${index + 1}`);
      const links = await look(`${door}/${name}`, url, person);
      if (!links) continue;
      left.delete(place);
      queue.push(...links);
    }
  }
  return [...left].map((place) => `/${door}${place}`);
}

/** @param {string} place as in `/merchants/$id` @param {string} path */
function fits(place, path) {
  const [wanted, given] = [place.split('/'), path.split('/')];
  return (
    wanted.length === given.length && wanted.every((part, i) => part === given[i] || (part.startsWith('$') && given[i]))
  );
}

/** Every address of an application, as its places name them; fixed ones before those with an id. @param {string} door */
function placesOf(door) {
  const folder = join(root, 'web', door);
  return readdirSync(folder)
    .filter((file) => file.endsWith('places.ts'))
    .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/path: '([^']+)'/g)])
    .map(([, path]) => String(path))
    .sort((a, b) => Number(a.includes('$')) - Number(b.includes('$')));
}
