// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Where the nodes live. As root each has a network of its own, on a bridge, and can be cut off from everybody; else all are on the loopback, and one is
 * cut off by Galera's own word for it.
 */
export class Networks {
  #tag = `yk${process.pid.toString(36)}`;
  #env;

  /** @param {NodeJS.ProcessEnv} env @param {number} count */
  constructor(env, count) {
    this.#env = { ...process.env, ...env };
    this.count = count;
    this.#removeLeftovers();
    this.isApart = process.getuid?.() === 0 && this.#make();
    if (!this.isApart) this.remove();
  }

  /** @param {number} n from 1 */
  address(n) {
    return this.isApart ? `10.77.${this.#subnet}.${n}` : `127.0.1.${n}`;
  }

  /** Words before a command that put it into the network of a node. @param {number} n */
  prefix(n) {
    return this.isApart ? ['ip', 'netns', 'exec', `${this.#tag}n${n}`] : [];
  }

  /** Nothing comes or goes any more, and nobody is told. @param {number} n */
  cut(n) {
    this.#ip('link', 'set', `${this.#tag}v${n}`, 'down');
  }

  /** @param {number} n */
  mend(n) {
    this.#ip('link', 'set', `${this.#tag}v${n}`, 'up');
  }

  remove() {
    for (let n = 1; n <= this.count; n += 1) this.#ip('netns', 'del', `${this.#tag}n${n}`);
    this.#ip('link', 'del', `${this.#tag}b`);
  }

  /** Those of runs that were killed. */
  #removeLeftovers() {
    const { stdout } = spawnSync('ip', ['netns', 'list'], { env: this.#env, encoding: 'utf8' });
    for (const [net, tag = '', pid = ''] of (stdout ?? '').matchAll(/^(yk([0-9a-z]+))n\d(?= |$)/gm)) {
      if (existsSync(`/proc/${parseInt(pid, 36)}`)) continue;
      this.#ip('netns', 'del', net);
      this.#ip('link', 'del', `${tag}b`);
    }
  }

  /** Two runs on one machine must not meet. */
  get #subnet() {
    return process.pid % 256;
  }

  #make() {
    const bridge = `${this.#tag}b`;
    const made =
      this.#ip('link', 'add', bridge, 'type', 'bridge') &&
      this.#ip('addr', 'add', `10.77.${this.#subnet}.254/24`, 'dev', bridge) &&
      this.#ip('link', 'set', bridge, 'up');
    if (!made) return false;
    for (let n = 1; n <= this.count; n += 1) {
      const [net, outside, inside] = [`${this.#tag}n${n}`, `${this.#tag}v${n}`, `${this.#tag}i${n}`];
      const ok =
        this.#ip('netns', 'add', net) &&
        this.#ip('link', 'add', outside, 'type', 'veth', 'peer', 'name', inside, 'netns', net) &&
        this.#ip('link', 'set', outside, 'master', bridge, 'up') &&
        this.#ip('-n', net, 'addr', 'add', `10.77.${this.#subnet}.${n}/24`, 'dev', inside) &&
        this.#ip('-n', net, 'link', 'set', inside, 'up') &&
        this.#ip('-n', net, 'link', 'set', 'lo', 'up');
      if (!ok) return false;
    }
    return true;
  }

  /** @param {string[]} words */
  #ip(...words) {
    return spawnSync('ip', words, { env: this.#env, stdio: 'ignore' }).status === 0;
  }
}
