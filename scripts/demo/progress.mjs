// @ts-check
// @ts-expect-error it comes without types
import cliProgress from 'cli-progress';
import { say } from '../lib/say.mjs';
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
    const clear = () => bar.clear();
    this.signal.addEventListener('abort', clear, { once: true });
    try {
      const result = await work(bar);
      bar.clear();
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      say(`  ${green('✓')} ${left(name, NAME_WIDTH)} ${left(describe(result), 52)} ${dim(right(`${seconds} s`, 7))}`);
      return result;
    } finally {
      bar.clear();
      this.signal.removeEventListener('abort', clear);
    }
  }
}

/** How far a step has come. */
class Bar {
  /** @param {string} name @param {number} [total] */
  constructor(name, total) {
    this.name = name;
    this.total = total ?? 0;
    this.done = 0;
    this.shownTenths = 0;
    /** @type {any} */
    this.bar = undefined;
    if (!process.stdout.isTTY) return;
    if (total === undefined) process.stdout.write(`  … ${name}`);
    else {
      const format = `  … ${left(name, NAME_WIDTH)} {bar} {value}/{total}  {duration} s, {eta} s to go`;
      const options = { format, barsize: 24, hideCursor: true, clearOnComplete: true, fps: 10, stream: process.stdout };
      this.bar = new cliProgress.SingleBar(options, cliProgress.Presets.shades_classic);
      this.bar.start(total, 0);
    }
  }

  advance() {
    this.done += 1;
    if (this.bar) this.bar.update(this.done);
    else if (!process.stdout.isTTY && this.total >= 1000) this.#line();
  }

  /** One line a fifth, for logs. */
  #line() {
    const fifth = Math.floor((5 * this.done) / this.total);
    if (fifth === this.shownTenths || fifth === 5) return;
    this.shownTenths = fifth;
    say(`  … ${left(this.name, NAME_WIDTH)} ${grouped(this.done)} of ${grouped(this.total)}`);
  }

  /** Takes the bar off the screen, and gives the cursor back. */
  clear() {
    if (!process.stdout.isTTY) return;
    if (this.bar) this.bar.stop();
    process.stdout.write('\r\x1b[K');
    this.bar = undefined;
  }
}
