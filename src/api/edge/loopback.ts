const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Whether a call comes from the machine itself. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.has(address);
}
