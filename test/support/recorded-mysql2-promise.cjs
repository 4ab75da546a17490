/** mysql2/promise as the program takes it, with connections whose statements are noted. */
const mysql2 = require('mysql2/promise');
const { noted } = require('./statement-notes.cjs');

module.exports = process.env.YINKE_STATEMENTS
  ? { ...mysql2, createConnection: async (options) => noted(await mysql2.createConnection(options)) }
  : mysql2;
