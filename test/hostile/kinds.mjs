// @ts-check
/** The kinds of hostility: each makes of a request that is all right one that is not. */
import { gzipSync } from 'node:zlib';
import { changes } from './base.mjs';
import { bomb, XML_BOMBS, ZIP_BOMBS } from './bombs.mjs';
import { boundaryOf, fieldsOf, withAt, wrongTypeOf } from './fields.mjs';
import { INJECTIONS, LOOKALIKES, MARK, NAUGHTY } from './strings.mjs';

/**
 * @typedef {import('./base.mjs').Request} Request
 * @typedef {object} Given
 * @property {import('./chance.mjs').Chance} chance
 * @property {import('./pools.mjs').Pools} pools
 * @property {(node: any) => any} follow
 * @property {readonly string[]} callers everybody who might call
 * @typedef {(request: Request, given: Given) => Request | undefined} Spoil undefined: this cannot be done to it
 */

/** @param {Request} request */
const parametersOf = (request) =>
  request.operation.parameters.filter(({ in: where, name }) => where === 'query' || name in request.path);

/** Puts text somewhere into path, query or a field of the body. @param {Request} request @param {Given} given @param {string} how @param {string} text */
function withText(request, { chance, follow }, how, text) {
  const strings = request.json === undefined ? [] : fieldsOf(request.operation.schema, request.json, follow).slice(1);
  const parameters = parametersOf(request);
  if (strings.length + parameters.length === 0)
    return { ...request, how, query: /** @type {[string, string][]} */ ([[text, text]]) };
  if (strings.length > 0 && (parameters.length === 0 || chance.happens(0.7))) {
    const { place } = chance.of(strings);
    return { ...request, how: `${how} at /${place.join('/')}`, json: withAt(request.json, place, text) };
  }
  return withParameter(request, chance.of(parameters), how, text);
}

/** @param {Request} request @param {any} parameter @param {string} how @param {string} text @returns {Request} */
function withParameter(request, { in: where, name }, how, text) {
  const said = `${how} as ${name}`;
  if (where === 'path') return { ...request, how: said, path: { ...request.path, [name]: text } };
  return { ...request, how: said, query: [...request.query.filter(([key]) => key !== name), [name, text]] };
}

/** @type {Spoil} */
const boundary = (request, { chance, follow }) => {
  const fields = request.json === undefined ? [] : fieldsOf(request.operation.schema, request.json, follow).slice(1);
  const parameters = parametersOf(request).filter(({ in: where }) => where === 'query');
  if (fields.length + parameters.length === 0) return undefined;
  if (fields.length === 0 || (parameters.length > 0 && chance.happens(0.3))) {
    const parameter = chance.of(parameters);
    return withParameter(request, parameter, 'a boundary', String(boundaryOf(parameter.schema, chance)));
  }
  const { place, schema } = chance.of(fields);
  return {
    ...request,
    how: `a boundary at /${place.join('/')}`,
    json: withAt(request.json, place, boundaryOf(schema, chance)),
  };
};

/** @type {Spoil} */
const wrongType = (request, { chance, follow }) => {
  if (request.json === undefined) return undefined;
  const { place, schema } = chance.of(fieldsOf(request.operation.schema, request.json, follow));
  return {
    ...request,
    how: `another type at /${place.join('/')}`,
    json: withAt(request.json, place, wrongTypeOf(schema, chance)),
  };
};

/** @type {Spoil} */
const leftOut = (request, { chance, follow }) => {
  if (request.json === undefined) return undefined;
  const { place, value } = chance.of(fieldsOf(request.operation.schema, request.json, follow));
  if (place.length === 0) return { ...request, how: 'no body', json: undefined };
  if (value === undefined || chance.happens(0.4)) {
    const beside = [
      ...place.slice(0, -1),
      chance.of(['unknown', 'id', 'isAdmin', 'roles', 'state', 'merchantId', 'createdAt', '']),
    ];
    return {
      ...request,
      how: 'a field that is not known',
      json: withAt(request.json, beside, chance.of([1, true, 'x', null, {}])),
    };
  }
  return { ...request, how: `without /${place.join('/')}`, json: withAt(request.json, place, undefined) };
};

/** @type {Spoil} */
const naughty = (request, given) => withText(request, given, 'a naughty string', given.chance.of(NAUGHTY));

/** @type {Spoil} */
const injection = (request, given) => {
  const text = given.chance.of(INJECTIONS);
  return withText(request, given, 'an injection', given.chance.happens(0.3) ? `Li Wei${text}` : text);
};

/** @type {Spoil} */
const lookalike = (request, { chance, pools, follow }) => {
  const [how, change] = chance.of(LOOKALIKES);
  const parameters = parametersOf(request).filter(
    ({ in: where, schema }) => where === 'path' || (!schema?.enum && schema?.type !== 'integer'),
  );
  const keys =
    request.json === undefined
      ? []
      : fieldsOf(request.operation.schema, request.json, follow).filter(
          ({ value }) => typeof value === 'string' && value,
        );
  if (keys.length > 0 && (parameters.length === 0 || chance.happens(0.4))) {
    const { place, value } = chance.of(keys);
    return {
      ...request,
      how: `${how} at /${place.join('/')}`,
      json: withAt(request.json, place, change(String(value))),
    };
  }
  if (parameters.length === 0) return undefined;
  const parameter = chance.of(parameters);
  const { name, example } = parameter;
  const known = pools.like(name, example, changes(request.method));
  const text = request.path[name] ?? (known.length > 0 ? chance.of(known) : String(example));
  return withParameter(request, parameter, how, change(text));
};

const DEEP = ['{"a":', '[', '{"a":[', '[[[{"":'];
const BAD_JSON = [
  '{',
  '}',
  '[',
  '"',
  '{"a":1,}',
  '{a:1}',
  "{'a':1}",
  '{"a":NaN}',
  '{"a":Infinity}',
  '{"a":-}',
  '{"a":01}',
  '{"a":1e999}',
  '{"a":1e-999}',
  '{"a":0x1}',
  '{"a":+1}',
  '{"a":1}{"b":2}',
  '{"a":1} x',
  '// x\n{}',
  '/* x */{}',
  '{"a":"\t"}',
  '{"a":"\\x"}',
  '{"a":"\\u12"}',
  '{"a":undefined}',
  '\ufeff{}',
  '{"a":tru}',
  'nul',
  '-',
  '{"a":"\\ud800"}',
  '{"a":"\u0000"}',
  '[1,,2]',
  '{"a" 1}',
  '{:1}',
  '{"a":1e1000000000}',
  `{"a":${'9'.repeat(10_000)}}`,
  ' ',
  '\n\n\n',
  '0',
  '-0',
  '1e5',
  'true',
  '"x"',
  '[]',
  '[[]]',
  '{}',
  '{"":{}}',
];

/** @type {Spoil} */
const badJson = (request, { chance }) => {
  if (request.method === 'GET') return undefined;
  const whole = Buffer.from(JSON.stringify(request.json ?? {}));
  /** @type {[string, string | Buffer][]} */
  const all = [
    ['bad JSON', chance.of(BAD_JSON)],
    ['bad JSON', chance.of(BAD_JSON)],
    ['a body that is cut', whole.subarray(0, chance.integer(whole.length))],
    [
      'bytes that are no UTF-8',
      Buffer.concat([whole.subarray(0, -1), Buffer.from(',"x":"\xff\xfe\xc0\x80\xed\xa0\x80"}', 'latin1')]),
    ],
    ['UTF-16', Buffer.from(`\ufeff${whole.toString()}`, 'utf16le')],
    ['a BOM', Buffer.concat([Buffer.from('efbbbf', 'hex'), whole])],
    ['compressed without saying so', gzipSync(whole)],
    ['a lone surrogate', whole.toString().replace(/"([a-z])/i, '"\\ud800$1')],
    ['a byte that is another', flipped(whole, chance)],
  ];
  const [how, body] = chance.of(all);
  return { ...request, how, body, headers: [...request.headers, ['content-type', 'application/json']] };
};

/** @param {Buffer} bytes @param {import('./chance.mjs').Chance} chance */
function flipped(bytes, chance) {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) copy[chance.integer(copy.length)] = chance.integer(256);
  return copy;
}

/** @type {Spoil} */
const nesting = (request, { chance, follow }) => {
  if (request.method === 'GET') return undefined;
  const levels = chance.of([10, 30, 33, 64, 1_000, 50_000]);
  const open = chance.of(DEEP);
  if (chance.happens(0.5)) {
    const body = chance.happens(0.5) ? open.repeat(levels) : '['.repeat(levels) + ']'.repeat(levels);
    return { ...request, how: 'nesting', body, headers: [...request.headers, ['content-type', 'application/json']] };
  }
  /** @type {unknown} */
  let deep = 'x';
  for (let level = 0; level < Math.min(levels, 1_000); level += 1) deep = level % 2 ? [deep] : { a: deep };
  const fields = request.json === undefined ? [] : fieldsOf(request.operation.schema, request.json, follow);
  const place = fields.length === 0 ? ['a'] : chance.of(fields).place;
  return { ...request, how: 'nesting', json: withAt(request.json ?? {}, place, deep) };
};

const PROTOTYPES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  'toJSON',
  'then',
  'length',
];

/** @type {Spoil} */
const keys = (request, { chance }) => {
  const name = chance.of(PROTOTYPES);
  if (request.method === 'GET') {
    const key = chance.of([
      name,
      `${name}[a]`,
      `limit[${name}]`,
      'limit[]',
      'limit.x',
      'constructor[prototype][admin]',
      '',
    ]);
    return {
      ...request,
      how: 'a prototype in the query',
      query: [...request.query, [key, chance.of(['1', 'true', ''])]],
    };
  }
  const text = JSON.stringify(request.json ?? {});
  const [first = 'a'] = Object.keys(request.json ?? {});
  const put = chance.of(['{"admin":true}', '{"prototype":{"admin":true}}', '1', 'null', '[]', '"x"']);
  const more = chance.of([
    `"${name}":${put}`,
    `"${name}":${put}`,
    `${JSON.stringify(first)}:${put}`,
    `"\\u005f_proto__":${put}`,
    `"a":1,"a":2`,
  ]);
  const body =
    text === '{}' ? `{${more}}` : chance.happens(0.5) ? `{${more},${text.slice(1)}` : `${text.slice(0, -1)},${more}}`;
  return {
    ...request,
    how: 'a prototype or a member twice',
    body,
    headers: [...request.headers, ['content-type', 'application/json']],
  };
};

/** @type {Spoil} */
const oversize = (request, given) => {
  const { chance } = given;
  const parameters = parametersOf(request);
  switch (chance.integer(7)) {
    case 0:
      return withText(request, given, 'a long text', 'x'.repeat(chance.of([1_000, 5_000, 15_000])));
    case 1:
      return {
        ...request,
        how: 'a long query',
        query: Array.from({ length: 500 }, (_, i) => /** @type {[string, string]} */ ([`q${i}`, 'x'.repeat(10)])),
      };
    case 2:
      return {
        ...request,
        how: 'a long header',
        headers: [...request.headers, ['x-long', 'x'.repeat(chance.of([1_000, 15_000, 40_000]))]],
      };
    case 3:
      return {
        ...request,
        how: 'many headers',
        headers: [
          ...request.headers,
          ...Array.from({ length: 300 }, (_, i) => /** @type {[string, string]} */ ([`x-${i}`, '1'])),
        ],
      };
    case 4:
      return parameters.length === 0
        ? undefined
        : withParameter(
            request,
            chance.of(parameters),
            'a long name',
            chance.of(['😀', 'a', '%00']).repeat(chance.of([200, 900, 1_100])),
          );
    default: {
      if (request.json === undefined) return undefined;
      const big = chance.of([100_000, 100_000, 1_000_000, 5_000_000]);
      const made = chance.of([
        () => withText(request, given, 'a very long text', 'x'.repeat(big)),
        () => ({
          ...request,
          how: 'a long list',
          json: withAt(request.json, [Object.keys(request.json)[0] ?? 'a'], Array(Math.min(big, 100_000)).fill(1)),
        }),
        () => ({
          ...request,
          how: 'many fields',
          json: {
            ...request.json,
            ...Object.fromEntries(Array.from({ length: Math.min(big, 20_000) }, (_, i) => [`f${i}`, i])),
          },
        }),
      ]);
      return made();
    }
  }
};

/** @type {Spoil} */
const cursor = (request, { chance, pools }) => {
  const parameter = request.operation.parameters.find(({ name }) => name === 'cursor');
  if (!parameter) return undefined;
  const known = pools.cursors;
  const others = known.filter(({ operation }) => operation !== request.operation.id);
  const own = known.find(({ operation }) => operation === request.operation.id)?.cursor;
  const b64 = (/** @type {string} */ text) => Buffer.from(text).toString('base64url');
  const forged = chance.of([
    ...(others.length > 0 ? [chance.of(others).cursor, chance.of(others).cursor, chance.of(others).cursor] : []),
    ...(own
      ? [
          own.slice(0, -1),
          `${own}A`,
          own.toUpperCase(),
          own,
          altered(own, chance),
          altered(own, chance),
          altered(own, chance),
        ]
      : []),
    b64(chance.of(INJECTIONS)),
    b64(chance.of(NAUGHTY)),
    b64('[]'),
    b64('{}'),
    b64('null'),
    b64('["a","b"]'),
    b64('[1,2,3]'),
    b64('["9999-12-31T23:59:59Z","x"]'),
    b64('2026-01-01T00:00:00.000Z'),
    b64('{"__proto__":{}}'),
    b64(' '),
    b64('\u0000'),
    b64('x'.repeat(200)),
    '',
    '-',
    '_',
    'A'.repeat(300),
    'A'.repeat(301),
    '====',
    'null',
    '0',
    '-1',
    '%',
  ]);
  return withParameter(request, parameter, 'a cursor that is not ours', forged);
};

/** A cursor with something of what it says changed. @param {string} text @param {import('./chance.mjs').Chance} chance */
function altered(text, chance) {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length > 0) bytes[chance.integer(bytes.length)] = chance.of([0, 32, 34, 39, 45, 48, 57, 90, 122, 255]);
  return bytes.toString('base64url');
}

const TYPES = [
  'text/plain',
  'text/html',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'application/xml',
  'text/csv',
  'application/zip',
  'application/x-ndjson',
  'application/json; charset=gbk',
  'application/json; charset=utf-16',
  'application/json; charset=',
  'application/json; charset="utf-8',
  'application/json;',
  'APPLICATION/JSON',
  'application/json, text/plain',
  'application/jsonp',
  'application/vnd.api+json',
  'application/json-patch+json',
  'application/merge-patch+json',
  'json',
  '/',
  ';',
  'a/b/c',
  '*/*',
  'application/octet-stream',
  'image/png',
  ' application/json',
  'application/json; boundary=x; charset=utf-8; charset=gbk',
  'x'.repeat(500),
];
/** @type {[string, string][]} */
const ENCODINGS = [
  ['content-encoding', 'gzip'],
  ['content-encoding', 'br'],
  ['content-encoding', 'identity, gzip'],
  ['content-encoding', 'nonsense'],
  ['content-encoding', ''],
];

/** @type {Spoil} */
const contentType = (request, { chance }) => {
  const body = request.body ?? JSON.stringify(request.json ?? {});
  if (request.method === 'GET')
    return {
      ...request,
      how: 'a body where none is read',
      body,
      headers: [['content-type', chance.of(['application/json', ...TYPES])]],
    };
  if (chance.happens(0.2))
    return {
      ...request,
      how: 'an encoding',
      body: gzipSync(body),
      headers: [['content-type', 'application/json'], chance.of(ENCODINGS)],
    };
  if (chance.happens(0.1)) return { ...request, how: 'no content type', body, headers: [] };
  return { ...request, how: 'another content type', body, headers: [['content-type', chance.of(TYPES)]] };
};

/** @type {[string, string][]} */
const ODD_HEADERS = [
  ['accept', 'text/csv'],
  ['accept', '*/*;q=0'],
  ['accept', 'x'.repeat(3_000)],
  ['accept', 'application/x-ndjson'],
  ['accept-encoding', 'gzip;q=0, br;q=1.5, *'],
  ['accept-encoding', 'zstd, nonsense'],
  ['accept-language', 'zh-CN,'.repeat(300)],
  ['range', 'bytes=0-0'],
  ['range', 'bytes=-1,0-9999999999999999'],
  ['if-none-match', '*'],
  ['if-modified-since', 'x'],
  ['if-match', '"a"'],
  ['origin', 'null'],
  ['origin', 'https://evil.example'],
  ['origin', 'https://shop.example.evil.example'],
  ['origin', '\u00e9'],
  ['referer', 'javascript:alert(1)'],
  ['host', 'evil.example'],
  ['host', 'a:b:c'],
  ['x-forwarded-for', "127.0.0.1, ' OR 1=1"],
  ['x-forwarded-for', '::ffff:999.1.1.1'],
  ['x-forwarded-host', 'evil.example'],
  ['x-forwarded-proto', 'gopher'],
  ['forwarded', 'for="_x'],
  ['x-real-ip', 'a'],
  ['x-http-method-override', 'DELETE'],
  ['x-original-url', '/v1/staff'],
  ['x-rewrite-url', '/v1/staff'],
  ['x-request-id', `${MARK}\t{"level":"error"}`],
  ['traceparent', '00-x-y-z'],
  ['user-agent', 'x'.repeat(5_000)],
  ['user-agent', `${MARK}" "level":"error`],
  ['user-agent', '\u00e9\u00ff'],
  ['user-agent', ''],
  ['cookie', 'yinke_session=; yinke_session=x'],
  ['cookie', `yinke_session=${'x'.repeat(4_000)}`],
  ['cookie', '=;;=;"'],
  ['cookie', 'yinke_session=%ff%00'],
  ['cookie', '__proto__=x; constructor=y'],
  ['yinke-caller', 'merchant'],
  ['yinke-caller', '__proto__'],
  ['upgrade', 'websocket'],
  ['connection', 'upgrade'],
  ['te', 'trailers, chunked'],
  ['expect', '100-continue'],
  ['expect', 'nonsense'],
  ['max-forwards', '-1'],
  ['content-length', '0'],
  ['sec-fetch-site', 'cross-site'],
  ['prefer', 'respond-async'],
  ['dnt', '1'],
  ['date', 'x'],
  ['idempotency-key', ''],
  ['idempotency-key', 'x'.repeat(255)],
  ['idempotency-key', 'x'.repeat(256)],
  ['idempotency-key', '"quoted"'],
  ['idempotency-key', '"'],
  ['idempotency-key', "' OR 1=1 -- "],
  ['idempotency-key', 'a b'],
  ['idempotency-key', '\u00e9'],
  ['idempotency-key', '__proto__'],
  ['idempotency-key', 'same'],
  ['idempotency-key', 'same '],
  ['idempotency-key', 'SAME'],
  ['idempotency-key', `a\t${MARK}`],
  ['idempotency-key', '?1'],
  ['idempotency-key', '(a b)'],
];

/** @type {Spoil} */
const header = (request, { chance }) => {
  const odd = chance.of(ODD_HEADERS);
  const twice = chance.happens(0.1) ? [odd] : [];
  return { ...request, how: `the header ${odd[0]}`, headers: [...request.headers, odd, ...twice] };
};

/** @type {Spoil} */
const stranger = (request, { chance, callers }) => {
  const caller = chance.of([
    ...callers,
    'nobody',
    'nobody',
    'forged',
    'cut token',
    'basic',
    'empty bearer',
    'cookie alone',
  ]);
  return { ...request, how: `called as ${caller}`, caller, credentials: undefined };
};

/** @type {Spoil} */
const method = (request, { chance, pools }) => {
  if (Object.values(request.path).some((value) => pools.spared.has(value))) return undefined;
  const other = chance.of([
    'GET',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
    'OPTIONS',
    'HEAD',
    'PROPFIND',
    'TRACE',
    'PURGE',
    'LOCK',
    'SEARCH',
    'REPORT',
    'MKCOL',
    'LINK',
  ]);
  return { ...request, how: `the method ${other}`, method: other };
};

/** @type {Spoil} */
const query = (request, { chance }) => {
  const names = request.operation.parameters.filter(({ in: where }) => where === 'query').map(({ name }) => name);
  const name = names.length > 0 ? chance.of(names) : 'x';
  const value = chance.of([
    '',
    '0',
    '-1',
    '1e9',
    'null',
    '[]',
    '{}',
    'true',
    ' ',
    '%',
    '2026-13-45',
    'x'.repeat(100),
    chance.of(NAUGHTY),
  ]);
  /** @type {[string, string][]} */
  const more = chance.of([
    [[name, value]],
    [
      [name, value],
      [name, value],
    ],
    [[`${name}[]`, value]],
    [[`${name}[a]`, value]],
    [[`${name} `, value]],
    [[name.toUpperCase(), value]],
    [[`${name}\u0000`, value]],
    [['unknown', value]],
    [['', value]],
  ]);
  return { ...request, how: 'a query that is odd', query: [...request.query.filter(([key]) => key !== name), ...more] };
};

const TARGETS = [
  '/%',
  '/%ff',
  '/%c0%ae%c0%ae/',
  '/..',
  '/./',
  '//',
  '/%2e%2e/',
  '/%00',
  '/;x',
  '/%0d%0ax-evil:1',
  '/?a=%ff',
  '/?%',
  '/?limit=%',
  '/%252e',
  '/%2f',
  '/\\',
  '/~',
  "/'",
  '/?a[b]=1&a=2',
  '/#x',
  '/*',
  '/:id',
  '/{id}',
];

/** @type {Spoil} */
const target = (request, { chance }) => {
  const path = request.operation.path.replace(/\{\w+\}.*$/, '').replace(/\/$/, '');
  return { ...request, how: 'an address that is malformed', target: path + chance.of(TARGETS) };
};

/** @param {string} text */
const xmlText = (text) => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);

/** @type {Spoil} */
const bankReport = (request, { chance, pools }) => {
  if (request.operation.id !== 'receiveBankReport') return undefined;
  if (chance.happens(0.15)) {
    const body = Buffer.from(pools.bankReport);
    const text = body
      .toString()
      .replace(/>([^<>]{3,40})</g, (all, was) =>
        chance.happens(0.02) ? `>${chance.of([...INJECTIONS.map(xmlText), '', '0', was.repeat(50)])}<` : all,
      );
    return {
      ...request,
      how: 'a report with something else in it',
      body: chance.happens(0.5) ? text : flipped(body, chance),
    };
  }
  const xml = chance.happens(0.65);
  const [how, make] = chance.of(/** @type {[string, () => Buffer | string][]} */ (xml ? XML_BOMBS : ZIP_BOMBS));
  const type = chance.happens(0.85)
    ? xml
      ? 'application/xml'
      : 'application/zip'
    : chance.of(['application/octet-stream', 'text/xml', xml ? 'application/zip' : 'application/xml']);
  return { ...request, how, body: bomb(how, make), headers: [['content-type', type]] };
};

const LINES = [
  '{}',
  '[]',
  'null',
  '',
  ' ',
  '{"orderId":1}',
  '{"orderId":"x"',
  '\u0000',
  '{"__proto__":{}}',
  '{"a":1,"a":2}',
  '['.repeat(2_000),
  'x'.repeat(200_000),
  '\ufeff{}',
  '"',
  '{"orderId":"\\ud800"}',
];

/** @type {Spoil} */
const lines = (request, { chance }) => {
  if (!request.operation.types.includes('application/x-ndjson')) return undefined;
  const body = Array.from({ length: chance.of([1, 2, 20, 200]) }, () => chance.of(LINES)).join(
    chance.of(['\n', '\r\n', '\n\n', '\r']),
  );
  return {
    ...request,
    how: 'lines that are none',
    body: chance.happens(0.2) ? Buffer.from(`${body}\xff\xfe`, 'latin1') : body,
  };
};

/** @type {readonly (readonly [number, string, Spoil])[]} */
export const KINDS = [
  [6, 'valid', (request) => request],
  [12, 'boundary', boundary],
  [9, 'wrong type', wrongType],
  [6, 'left out or unknown', leftOut],
  [10, 'naughty string', naughty],
  [11, 'injection', injection],
  [13, 'look-alike', lookalike],
  [5, 'bad JSON or encoding', badJson],
  [3, 'nesting', nesting],
  [4, 'prototype or double keys', keys],
  [2, 'oversize', oversize],
  [8, 'cursor', cursor],
  [4, 'content type', contentType],
  [5, 'header', header],
  [4, 'another caller', stranger],
  [2, 'method', method],
  [4, 'query', query],
  [2, 'address', target],
  [40, 'XML and zip bombs', bankReport],
  [40, 'NDJSON', lines],
];
