// @ts-check
import { startStoreProxy } from './store-proxy.mjs';

/** A job is done: BullMQ's script names the list of those that are. */
const ACKNOWLEDGES = ':completed';

/**
 * A proxy before Redis that knows the moment at which a worker acknowledges a job.
 * @param {number} target
 */
export async function startRedisProxy(target) {
  /** @type {{ when: 'before' | 'after', act: () => void } | undefined} */
  let trap;
  const proxy = await startStoreProxy(target, (link) => {
    let answering = false;
    return {
      fromClient: (bytes) => {
        if (trap && bytes.includes(ACKNOWLEDGES)) {
          if (trap.when === 'before') {
            const { act } = trap;
            trap = undefined;
            return act();
          }
          answering = true;
        }
        link.toServer(bytes);
      },
      fromServer: (bytes) => {
        if (!answering || !trap) return link.toClient(bytes);
        const { act } = trap;
        trap = undefined;
        act();
      },
    };
  });
  return {
    ...proxy,
    /** @param {'before' | 'after'} when @param {() => void} act */
    atAcknowledgement: (when, act) => {
      const mine = { when, act };
      trap = mine;
      return () => {
        if (trap === mine) trap = undefined;
      };
    },
  };
}
