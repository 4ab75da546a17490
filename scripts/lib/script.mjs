// @ts-check
import { complain, Refusal, say } from './say.mjs';

/** Ctrl-C or a request to end, from whoever started us. */
export class Interrupted extends Error {
  /** @param {'SIGINT' | 'SIGTERM' | 'SIGHUP'} signalName */
  constructor(signalName) {
    super(`interrupted by ${signalName}`);
    this.exitCode = 128 + { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }[signalName];
  }
}

/** What was started and has to be stopped, last first. */
export class Undo {
  /** @type {(() => unknown)[]} */
  #steps = [];

  /** @param {() => unknown} step */
  add(step) {
    this.#steps.push(step);
  }

  /** Runs every step once, even if one of them fails. */
  async run() {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        complain(`while stopping: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}

/**
 * The frame of every script: one place for signals, failures, clean-up and the exit code. A signal only aborts
 * `signal`; whatever was waiting then throws and the steps in `undo` run, so that Ctrl-C is safe at any moment.
 * Further signals change nothing: npm passes a Ctrl-C on that the terminal has already sent.
 *
 * @param {(signal: AbortSignal, undo: Undo) => Promise<number | void>} main returns the exit code, 0 if none
 */
export async function script(main) {
  const controller = new AbortController();
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(name, () => {
      if (controller.signal.aborted) return;
      say('\nStopping …');
      controller.abort(new Interrupted(name));
    });
  }
  if (process.env.npm_lifecycle_event) abortWithParent(controller);
  const undo = new Undo();
  let exitCode;
  try {
    exitCode = (await main(controller.signal, undo)) ?? 0;
  } catch (error) {
    if (controller.signal.aborted) exitCode = controller.signal.reason.exitCode;
    else {
      complain(error instanceof Refusal ? error.message : String(error instanceof Error ? error.stack : error));
      exitCode = 1;
    }
  }
  await undo.run();
  process.exit(exitCode);
}

/**
 * npm runs a script through a shell, and the shell ends on a signal without telling us: that we have another parent
 * then is the only sign.
 * @param {AbortController} controller
 */
function abortWithParent(controller) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    controller.abort(new Interrupted('SIGHUP'));
  }, 200);
  watch.unref();
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<void>} resolves on a signal
 */
export function untilInterrupted(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
