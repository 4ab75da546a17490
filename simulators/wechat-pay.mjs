// @ts-check
/**
 * 商家转账 of WeChat Pay (APIv3) that checks every signature and misbehaves on demand. It pays an `out_bill_no` once however
 * often it is sent, refuses one that comes with other contents, and counts what it executed. Node's own modules only.
 */
import {
  constants,
  createCipheriv,
  createSign,
  createVerify,
  generateKeyPairSync,
  privateDecrypt,
  randomBytes,
} from 'node:crypto';
import { createServer } from 'node:http';

const BILLS = '/v3/fund-app/mch-transfer/transfer-bills';
const FINAL = ['SUCCESS', 'FAIL', 'CANCELLED'];

/**
 * What happens to a call. `…-before`: nothing is executed; `…-after`: it is executed and the answer is lost.
 * @typedef {'time-out-before' | 'time-out-after' | 'error-before' | 'error-after' | 'wrong-signature' | 'other-amount'
 *   | 'not-enough' | 'refuse' | 'rate-limit' | 'no-auth' | 'invalid-request' | 'sign-error' | 'not-found'} Behaviour
 */

/**
 * @typedef {object} Bill
 * @property {string} out_bill_no
 * @property {string} openid
 * @property {string | undefined} user_name in clear
 * @property {number} transfer_amount
 * @property {string | undefined} notify_url
 * @property {string} state
 * @property {string} [fail_reason]
 * @property {number} submitted how often it was sent
 * @property {number} executed how often a transfer was made
 */

/** @param {{ merchantId?: string, appId?: string }} [options] */
export async function startWechatPaySimulator({ merchantId = '1900001109', appId = 'wxf636efh567hg4356' } = {}) {
  const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const platform = generateKeyPairSync('rsa', { modulusLength: 2048 });
  // A platform certificate that WeChat Pay signs with beside its public key while an account changes over.
  const certificate = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificateSerial = '7132D72A03E93CDDF8C03BBD1F37EEDF00000000';
  const serial = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';
  const publicKeyId = 'PUB_KEY_ID_0114232134912410000000000000';
  const apiKey = randomBytes(16).toString('hex');
  /** @type {Map<string, Bill>} */
  const bills = new Map();
  /** @type {string[]} */
  const faults = [];
  /** @type {{ does: Behaviour, on: 'submit' | 'status' | 'cancel', times: number, number?: string }[]} */
  let rules = [];
  let first = 'ACCEPTED';
  let signsWith = 'public-key';

  const ownKey = () => (signsWith === 'public-key' ? platform.privateKey : certificate.privateKey);
  // Serial numbers are hexadecimal, and come in either case.
  const ownId = () => (signsWith === 'public-key' ? publicKeyId : certificateSerial.toLowerCase());

  /** @param {string} body @param {import('node:crypto').KeyObject} [key] */
  const signatureOf = (body, key = ownKey(), at = Date.now()) => {
    const timestamp = Math.floor(at / 1000).toString();
    const nonce = randomBytes(16).toString('hex');
    const signature = createSign('RSA-SHA256').update(`${timestamp}\n${nonce}\n${body}\n`).sign(key, 'base64');
    return {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': ownId(),
      'wechatpay-signature': signature,
    };
  };

  /** @param {string} method @param {string} url @param {string} body @param {string} header */
  const isSigned = (method, url, body, header) => {
    const of = (/** @type {string} */ name) => new RegExp(`${name}="([^"]*)"`).exec(header)?.[1] ?? '';
    const text = `${method}\n${url}\n${of('timestamp')}\n${of('nonce_str')}\n${body}\n`;
    return (
      header.startsWith('WECHATPAY2-SHA256-RSA2048 ') &&
      of('mchid') === merchantId &&
      of('serial_no') === serial &&
      Math.abs(Date.now() / 1000 - Number(of('timestamp'))) < 300 &&
      createVerify('RSA-SHA256').update(text).verify(merchant.publicKey, of('signature'), 'base64')
    );
  };

  /** @param {any} body @returns {[status: number, answer: object]} */
  const execute = (body) => {
    const { out_bill_no: number, openid, transfer_amount: amount, notify_url, appid } = body;
    const name = body.user_name && decrypted(body.user_name);
    const valid = /^[0-9A-Za-z]{1,32}$/.test(number) && appid === appId && Number.isSafeInteger(amount);
    const reported = body.transfer_scene_id && body.transfer_scene_report_infos?.length > 0 && body.transfer_remark;
    const told = notify_url === undefined || notify_url.startsWith('https://');
    if (!valid || !reported || !told || amount < 10 || (amount < 30 && name) || (amount >= 200_000 && !name)) {
      faults.push(`not valid: ${JSON.stringify(body)}`);
      return [400, { code: 'PARAM_ERROR', message: '参数错误' }];
    }
    const known = bills.get(number);
    if (known && (known.openid !== openid || known.transfer_amount !== amount || known.user_name !== name)) {
      faults.push(`other contents: ${number}`);
      return [400, { code: 'INVALID_REQUEST', message: '单号已存在，参数不一致' }];
    }
    const bill = known ?? {
      out_bill_no: number,
      openid,
      user_name: name,
      transfer_amount: amount,
      notify_url,
      state: first,
      submitted: 0,
      executed: 1,
    };
    bill.submitted += 1;
    bills.set(number, bill);
    const package_info = bill.state === 'WAIT_USER_CONFIRM' ? { package_info: `package-of-${number}` } : {};
    const create_time = new Date().toISOString();
    return [
      200,
      { out_bill_no: number, transfer_bill_no: `1${number}`, create_time, state: bill.state, ...package_info },
    ];
  };

  /** @param {string} text */
  const decrypted = (text) =>
    privateDecrypt(
      { key: platform.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      Buffer.from(text, 'base64'),
    ).toString('utf8');

  /** @param {string} number @returns {[status: number, answer: object]} */
  const status = (number) => {
    const bill = bills.get(number);
    return bill ? [200, view(bill)] : [404, { code: 'NOT_FOUND', message: '记录不存在' }];
  };

  /** @param {string} number @returns {[status: number, answer: object]} */
  const cancel = (number) => {
    const bill = bills.get(number);
    if (!bill) return [404, { code: 'NOT_FOUND', message: '记录不存在' }];
    if (FINAL.includes(bill.state)) return [400, { code: 'INVALID_REQUEST', message: '单据已终态，不可撤销' }];
    bill.state = 'CANCELING';
    return [200, { out_bill_no: number, transfer_bill_no: `1${number}`, state: bill.state }];
  };

  /** @param {Bill} bill */
  const view = ({ out_bill_no, openid, transfer_amount, state, fail_reason }) => ({
    mch_id: merchantId,
    appid: appId,
    out_bill_no,
    transfer_bill_no: `1${out_bill_no}`,
    openid,
    transfer_amount,
    state,
    fail_reason,
  });

  const server = createServer((request, response) => {
    const chunks = /** @type {Buffer[]} */ ([]);
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const { method = '', url = '' } = request;
      /** @param {[status: number, answer: object]} said @param {boolean} [forged] */
      const answer = ([code, content], forged = false) => {
        const body = JSON.stringify(content);
        const key = forged ? merchant.privateKey : ownKey();
        response.writeHead(code, { 'content-type': 'application/json', ...signatureOf(body, key) }).end(body);
      };
      if (!isSigned(method, url, text, request.headers.authorization ?? '')) {
        faults.push(`not signed: ${method} ${url}`);
        answer([401, { code: 'SIGN_ERROR', message: '签名错误' }]);
        return;
      }
      const cancelled = method === 'POST' && url.startsWith(`${BILLS}/out-bill-no/`) && url.endsWith('/cancel');
      const on = cancelled ? 'cancel' : method === 'POST' && url === BILLS ? 'submit' : 'status';
      const about =
        on === 'submit'
          ? JSON.parse(text).out_bill_no
          : url.slice(`${BILLS}/out-bill-no/`.length).replace(/\/cancel$/, '');
      const rule = rules.find(
        (one) => one.on === on && one.times > 0 && (one.number === undefined || one.number === about),
      );
      if (rule) rule.times -= 1;
      const does = rule?.does;
      if (does === 'time-out-before') return;
      if (does === 'error-before') return answer([500, { code: 'SYSTEM_ERROR', message: '系统错误' }]);
      if (does === 'rate-limit') return answer([429, { code: 'FREQUENCY_LIMITED', message: '频率超限' }]);
      if (does === 'not-enough') return answer([403, { code: 'NOT_ENOUGH', message: '资金不足' }]);
      if (does === 'refuse') return answer([400, { code: 'PARAM_ERROR', message: '参数错误' }]);
      if (does === 'no-auth') return answer([403, { code: 'NO_AUTH', message: '商户无此权限' }]);
      if (does === 'invalid-request')
        return answer([400, { code: 'INVALID_REQUEST', message: '此IP地址不允许调用该接口' }]);
      if (does === 'sign-error') return answer([401, { code: 'SIGN_ERROR', message: '签名错误' }]);
      if (does === 'not-found') return answer([404, { code: 'NOT_FOUND', message: '记录不存在' }]);
      const said = on === 'submit' ? execute(JSON.parse(text)) : on === 'cancel' ? cancel(about) : status(about);
      if (does === 'time-out-after') return;
      if (does === 'error-after') return answer([502, { code: 'SYSTEM_ERROR', message: '系统错误' }]);
      if (does === 'other-amount') return answer([said[0], { ...said[1], transfer_amount: 1 }]);
      answer(said, does === 'wrong-signature');
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  return {
    /** The settings with which Yinke is its customer. */
    settings: {
      YINKE_WECHAT_PAY_MERCHANT_ID: merchantId,
      YINKE_WECHAT_PAY_APP_ID: appId,
      YINKE_WECHAT_PAY_SERIAL: serial,
      YINKE_WECHAT_PAY_PRIVATE_KEY: merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      YINKE_WECHAT_PAY_API_KEY: apiKey,
      YINKE_WECHAT_PAY_PUBLIC_KEYS: [
        `${publicKeyId}:${platform.publicKey.export({ type: 'spki', format: 'pem' }).toString()}`,
        `${certificateSerial}:${certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString()}`,
      ].join(','),
      YINKE_WECHAT_PAY_URL: `http://127.0.0.1:${port}`,
    },
    /** @param {Behaviour} does @param {'submit' | 'status' | 'cancel'} [on] @param {number} [times] @param {string} [number] only this transfer */
    behave: (does, on = 'submit', times = 1, number = undefined) => void rules.unshift({ does, on, times, number }),
    /** The state of new transfers. @param {string} state */
    begin: (state) => void (first = state),
    /** @param {string} number @param {string} state @param {string} [reason] */
    move: (number, state, reason) => {
      const bill = bills.get(number);
      if (!bill || FINAL.includes(bill.state)) throw new Error(`${number} cannot become ${state}`);
      Object.assign(bill, { state, fail_reason: reason });
    },
    /** @param {string} number */
    bill: (number) => bills.get(number),
    /** Requests that WeChat Pay would have refused. */
    faults: () => faults,
    /**
     * A notification of a transfer, ready to be sent: headers and body.
     * @param {string} number @param {{ forged?: boolean, at?: number, otherKey?: boolean, change?: object }} [how]
     */
    notification: (number, { forged = false, at = Date.now(), otherKey = false, change = {} } = {}) => {
      const bill = bills.get(number);
      if (!bill) throw new Error(`there is no ${number}`);
      const nonce = randomBytes(6).toString('hex');
      const key = Buffer.from(otherKey ? randomBytes(16).toString('hex') : apiKey);
      const cipher = createCipheriv('aes-256-gcm', key, Buffer.from(nonce));
      cipher.setAAD(Buffer.from('mch_payment'));
      const text = cipher.update(JSON.stringify({ ...view(bill), ...change }), 'utf8');
      const ciphertext = Buffer.concat([text, cipher.final(), cipher.getAuthTag()]).toString('base64');
      const body = JSON.stringify({
        id: randomBytes(16).toString('hex'),
        create_time: new Date(at).toISOString(),
        resource_type: 'encrypt-resource',
        event_type: 'MCHTRANSFER.BILL.FINISHED',
        summary: '商家转账单据终态通知',
        resource: {
          original_type: 'mch_payment',
          algorithm: 'AEAD_AES_256_GCM',
          ciphertext,
          associated_data: 'mch_payment',
          nonce,
        },
      });
      const headers = signatureOf(body, forged ? merchant.privateKey : ownKey(), at);
      return { headers: { 'content-type': 'application/json', ...headers }, body };
    },
    /** What it signs with from now on. @param {'public-key' | 'certificate'} what */
    signWith: (what) => void (signsWith = what),
    forget: () => {
      rules = [];
      signsWith = 'public-key';
      first = 'ACCEPTED';
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  };
}
