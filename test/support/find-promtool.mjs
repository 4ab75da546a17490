import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Prometheus' tool for rules is on this machine, or undefined. */
export function findPromtool() {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'promtool'))
    .find((path) => existsSync(path));
}
