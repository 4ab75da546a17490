// @ts-check
import { startStoreProxy } from './store-proxy.mjs';

/**
 * What happens at a statement. `before`: the server has not seen it; `after`: it has carried it out, and its answer is held.
 * `error`: it is answered with this error of MariaDB and never carried out. `cut`: the connection breaks. `act`: whatever
 * this does to the process; `drops` says whether the statement, or its answer, is lost with it. `delayMs`: it comes later.
 * @typedef {object} SqlRule
 * @property {RegExp} statement
 * @property {'before' | 'after'} when
 * @property {1213 | 1205} [error]
 * @property {boolean} [cut]
 * @property {() => void} [act]
 * @property {boolean} [drops]
 * @property {number} [delayMs]
 * @property {boolean} [inTransaction] only there
 * @property {() => boolean} [chance] whether it happens this time
 * @property {number} [times] default: as long as it is armed
 * @property {() => void} [onHit]
 */

const COM_QUERY = 3;
/** So much of a statement says which one it is. */
const HEAD_BYTES = 300;
const WORDS = {
  1213: ['40001', 'Deadlock found when trying to get lock; try restarting transaction'],
  1205: ['HY000', 'Lock wait timeout exceeded; try restarting transaction'],
};

/**
 * A proxy that reads the statements a process sends, and can let something happen at one of them.
 * @param {number} target
 */
export async function startSqlProxy(target) {
  /** @type {Set<SqlRule>} */
  const rules = new Set();

  /** @param {string} sql @param {boolean} inTransaction */
  const ruleFor = (sql, inTransaction) => {
    for (const rule of rules) {
      if ((rule.inTransaction && !inTransaction) || !rule.statement.test(sql) || rule.chance?.() === false) continue;
      if (rule.times !== undefined && (rule.times -= 1) <= 0) rules.delete(rule);
      rule.onHit?.();
      return rule;
    }
    return undefined;
  };

  const proxy = await startStoreProxy(target, (link) => {
    /** @type {Buffer} */
    let held = Buffer.alloc(0);
    let inTransaction = false;
    /** @type {SqlRule | undefined} */
    let answering;

    /** @param {Buffer} packet */
    const onPacket = (packet) => {
      if (packet[3] !== 0 || packet[4] !== COM_QUERY) return link.toServer(packet);
      const sql = packet.toString('latin1', 5, 5 + HEAD_BYTES).trimStart();
      const rule = ruleFor(sql, inTransaction);
      if (/^(START TRANSACTION|BEGIN)/i.test(sql)) inTransaction = true;
      else if (/^(COMMIT|ROLLBACK)/i.test(sql)) inTransaction = false;
      if (rule?.when === 'after') answering = rule;
      if (rule?.when !== 'before') return link.toServer(packet);
      if (rule.error) return link.toClient(errorPacket(rule.error));
      rule.act?.();
      if (rule.cut) return link.cut();
      if (rule.drops) return;
      if (rule.delayMs) setTimeout(() => link.toServer(packet), rule.delayMs);
      else link.toServer(packet);
    };

    return {
      fromClient: (bytes) => {
        held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
        while (held.length >= 4) {
          const end = 4 + held.readUIntLE(0, 3);
          if (held.length < end) return;
          const packet = held.subarray(0, end);
          held = held.subarray(end);
          onPacket(packet);
        }
      },
      fromServer: (bytes) => {
        const rule = answering;
        answering = undefined;
        if (!rule) return link.toClient(bytes);
        rule.act?.();
        if (rule.cut) return link.cut();
        if (rule.drops) return;
        if (rule.delayMs) setTimeout(() => link.toClient(bytes), rule.delayMs);
        else link.toClient(bytes);
      },
    };
  });

  return {
    ...proxy,
    /** Lets it happen from now on. Returns how to stop that. @param {SqlRule} rule */
    arm: (rule) => {
      rules.add(rule);
      return () => void rules.delete(rule);
    },
  };
}

/** @param {1213 | 1205} code */
function errorPacket(code) {
  const [state, words] = WORDS[code];
  const body = Buffer.concat([Buffer.from([0xff, code & 0xff, code >> 8]), Buffer.from(`#${state}${words}`, 'latin1')]);
  return Buffer.concat([Buffer.from([body.length & 0xff, body.length >> 8, 0, 1]), body]);
}
