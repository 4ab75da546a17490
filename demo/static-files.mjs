// @ts-check
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.xml': 'application/xml',
});

/**
 * Answers with a file of a folder, or 404.
 * @param {import('node:http').ServerResponse} response
 * @param {string} folder
 * @param {string} path below it, as it stands in the address
 * @param {Record<string, string>} [headers]
 */
export async function sendFile(response, folder, path, headers = {}) {
  const file = normalize(join(folder, path));
  const content = file.startsWith(folder + sep) ? await readFile(file).catch(() => null) : null;
  if (content === null) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('404');
    return;
  }
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  // Built files have a hash of their content in their names.
  const cache = path.includes('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  response.writeHead(200, {
    'content-type': type,
    'x-content-type-options': 'nosniff',
    'cache-control': cache,
    ...headers,
  });
  response.end(content);
}
