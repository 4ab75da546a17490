/** mysql2 as the program takes it, with pools whose statements are noted. */
const mysql2 = require('mysql2');
const { noted } = require('./statement-notes.cjs');

module.exports = process.env.YINKE_STATEMENTS
  ? {
      ...mysql2,
      createPool(options) {
        const pool = mysql2.createPool(options);
        pool.on('connection', noted);
        return pool;
      },
    }
  : mysql2;
