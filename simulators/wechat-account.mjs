// @ts-check
/** WeChat's API for accounts (公众号) as far as pages need it: who signs in, a token, a ticket for the JS-SDK. It misbehaves on demand. Node's own modules only. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {'busy' | 'wrong-secret' | 'no-json' | 'silent' | 'too-often' | 'old-code' | 'snapshot' | 'torn'} Behaviour */

/** In this order; WeChat takes no other. */
const PARAMETERS = 'appid,redirect_uri,response_type,scope,state';

/** @param {{ appId?: string, secret?: string, ticketSeconds?: number }} [options] */
export async function startWechatAccountSimulator({
  appId = 'wx1234567890abcdef',
  secret = 'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6',
  ticketSeconds = 7_200,
} = {}) {
  let tokens = 0;
  let tickets = 0;
  let codes = 0;
  /** Who is at the phone. */
  let openid = 'o6_bmjrPTlm6_2sgVt7hMZOPfL2M';
  /** @type {Map<string, string | null>} what codes stand for; null: used */
  const known = new Map();
  /** @type {Behaviour | null} */
  let does = null;
  const closing = new AbortController();

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const answer = (/** @type {object} */ value) => response.end(JSON.stringify(value));
    if (does === 'silent') await sleep(60_000, undefined, { signal: closing.signal }).catch(() => {});
    if (does === 'no-json') return void response.end('<html>Bad gateway</html>');
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://wechat');
    if (request.method === 'GET' && pathname === '/connect/oauth2/authorize') {
      const given = Object.fromEntries(searchParams);
      const isGood =
        [...searchParams.keys()].join() === PARAMETERS &&
        given.appid === appId &&
        given.response_type === 'code' &&
        given.scope === 'snsapi_base' &&
        /^[a-zA-Z0-9]{1,128}$/.test(given.state ?? '');
      if (!isGood || !given.redirect_uri) return void response.writeHead(400).end('Scope 参数错误或没有 Scope 权限');
      codes += 1;
      known.set(`code-${codes}`, openid);
      const back = new URL(given.redirect_uri);
      back.searchParams.set('code', `code-${codes}`);
      back.searchParams.set('state', given.state ?? '');
      return void response.writeHead(302, { location: back.href }).end();
    }
    if (does === 'busy') return void answer({ errcode: -1, errmsg: 'system error' });
    if (request.method === 'GET' && pathname === '/sns/oauth2/access_token') {
      const code = searchParams.get('code') ?? '';
      if (searchParams.get('appid') !== appId) return void answer({ errcode: 40013, errmsg: 'invalid appid' });
      if (does === 'wrong-secret' || searchParams.get('secret') !== secret)
        return void answer({ errcode: 40125, errmsg: 'invalid appsecret' });
      if (does === 'too-often') return void answer({ errcode: 45011, errmsg: 'api minute-quota reach limit' });
      const person = known.get(code);
      if (person === undefined) return void answer({ errcode: 40029, errmsg: 'invalid code' });
      if (person === null) return void answer({ errcode: 40163, errmsg: 'code been used' });
      if (does === 'old-code') return void answer({ errcode: 42003, errmsg: 'code expired' });
      known.set(code, null);
      if (does === 'torn') return void response.end(`{"openid":${person}}`);
      const rest = { access_token: `user-${code}`, expires_in: 7_200, refresh_token: 'r', scope: 'snsapi_base' };
      return void answer({ ...rest, openid: person, ...(does === 'snapshot' && { is_snapshotuser: 1 }) });
    }
    if (request.method === 'POST' && pathname === '/cgi-bin/stable_token') {
      const given = JSON.parse(body);
      if (given.grant_type !== 'client_credential' || given.appid !== appId)
        return void answer({ errcode: 40013, errmsg: 'invalid appid' });
      if (does === 'wrong-secret' || given.secret !== secret)
        return void answer({ errcode: 40125, errmsg: 'invalid appsecret' });
      tokens += 1;
      return void answer({ access_token: `token-${tokens}`, expires_in: 7_200 });
    }
    if (request.method === 'GET' && pathname === '/cgi-bin/ticket/getticket') {
      if (searchParams.get('access_token') !== `token-${tokens}` || searchParams.get('type') !== 'jsapi')
        return void answer({ errcode: 40001, errmsg: 'invalid credential' });
      tickets += 1;
      return void answer({ errcode: 0, errmsg: 'ok', ticket: `ticket-${tickets}`, expires_in: ticketSeconds });
    }
    response.statusCode = 404;
    response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}`;
  return {
    appId,
    secret,
    url,
    /** Settings of Yinke with this account. */
    settings: {
      YINKE_WECHAT_APP_ID: appId,
      YINKE_WECHAT_APP_SECRET: secret,
      YINKE_WECHAT_API_URL: url,
      YINKE_WECHAT_AUTHORIZE_URL: url,
    },
    /** @param {string} person who is at the phone from now on */
    person(person) {
      openid = person;
    },
    /** The ticket that was given last. */
    ticket: () => `ticket-${tickets}`,
    tickets: () => tickets,
    /** @param {Behaviour | null} behaviour */
    behave(behaviour) {
      does = behaviour;
    },
    async close() {
      closing.abort();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
