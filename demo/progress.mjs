// @ts-check
// @ts-expect-error it comes without types
import cliProgress from 'cli-progress';
import { say } from '../scripts/lib/say.mjs';
import { dim, green, grouped, left, right } from './layout.mjs';

const NAME_WIDTH = 34;

/** The steps of the demo as it goes: a bar where there is a terminal, a line now and then where there is none. */
export class Progress {
  /** @param {AbortSignal} signal */
  constructor(signal) {
    this.signal = signal;
    this.start = performance.now();
  }

  /** Seconds since the demo began. */
  get seconds() {
    return (performance.now() - this.start) / 1000;
  }

  /**
   * One step; its line is written when it is done.
   * @template T
   * @param {string} name
   * @param {(bar: Bar) => Promise<T>} work
   * @param {(result: T) => string} describe what was done
   * @param {number} [total] what the bar counts up to
   * @returns {Promise<T>}
   */
  async step(name, work, describe, total) {
    const start = performance.now();
    const bar = new Bar(name, total);
    const stop = () => bar.stop();
    this.signal.addEventListener('abort', stop, { once: true });
    try {
      const result = await work(bar);
      bar.clear();
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      say(`  ${green('✓')} ${left(name, NAME_WIDTH)} ${left(describe(result), 52)} ${dim(right(`${seconds} s`, 7))}`);
      return result;
    } finally {
      bar.stop();
      this.signal.removeEventListener('abort', stop);
    }
  }
}

/** How far a step has come. */
class Bar {
  /** @param {string} name @param {number} [total] */
  constructor(name, total = 0) {
    this.name = name;
    this.total = total;
    this.done = 0;
    this.fifths = 0;
    /** Whether it stands on the screen. */
    this.visible = Boolean(process.stdout.isTTY);
    /** @type {any} */
    this.bar = undefined;
    if (!this.visible) return;
    if (total === 0) process.stdout.write(`  … ${name}`);
    else {
      const format = `  … ${left(name, NAME_WIDTH)} {bar} {value}/{total}  {duration} s, {eta} s to go`;
      const options = { format, barsize: 24, hideCursor: true, fps: 10, stream: process.stdout };
      this.bar = new cliProgress.SingleBar(options, cliProgress.Presets.shades_classic);
      this.bar.start(total, 0);
    }
  }

  advance() {
    this.done += 1;
    if (this.bar) this.bar.update(this.done);
    else if (!process.stdout.isTTY && this.total >= 1000) this.#say();
  }

  /** A line for each fifth, where nobody looks at a bar. */
  #say() {
    const fifths = Math.floor((5 * this.done) / this.total);
    if (fifths === this.fifths || fifths === 5) return;
    this.fifths = fifths;
    say(`  … ${left(this.name, NAME_WIDTH)} ${grouped(this.done)} of ${grouped(this.total)}`);
  }

  /** Leaves the bar where it has come to, ends its line and gives the cursor back. */
  stop() {
    if (!this.visible) return;
    this.visible = false;
    if (this.bar) this.bar.stop();
    else process.stdout.write('\n');
    this.bar = undefined;
  }

  /** Takes the bar off the screen. */
  clear() {
    if (!this.visible) return;
    this.stop();
    process.stdout.write('\x1b[1A\r\x1b[K');
  }
}
