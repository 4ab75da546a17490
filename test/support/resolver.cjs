const { existsSync } = require('node:fs');
const { join } = require('node:path');

const replaced = {
  // Hashes passwords as the service does, at the least cost that there is.
  '@node-rs/argon2': join(__dirname, 'cheap-argon2.cjs'),
  // Note what is sent to the database, when asked to.
  mysql2: join(__dirname, 'recorded-mysql2.cjs'),
  'mysql2/promise': join(__dirname, 'recorded-mysql2-promise.cjs'),
  // See there: jest on Node below 24.9.
  'content-disposition': join(__dirname, 'content-disposition.cjs'),
};

const tests = join(__dirname, '..');

/** What tests say to the database by connections of their own is not what the program says. */
function isOfTests(path, folder) {
  return path === 'mysql2/promise' && folder.startsWith(tests);
}

/** Our own imports say `.js` where the file is `.ts`: looked up at once, not by trying each extension. */
module.exports = (path, options) => {
  if (replaced[path] && !options.basedir.startsWith(__dirname) && !isOfTests(path, options.basedir))
    return replaced[path];
  if (path.startsWith('.') && path.endsWith('.js') && !options.basedir.includes('node_modules')) {
    const file = join(options.basedir, `${path.slice(0, -3)}.ts`);
    if (existsSync(file)) return file;
  }
  return options.defaultResolver(path, options);
};
