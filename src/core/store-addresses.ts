/** Who asks, where, and what: `user:password@`, `host:port,host:port`, `/database`. */
const PARTS = /^([a-z]+:\/\/(?:[^/?#]*@)?)([^/?#@]+)(.*)$/is;

/**
 * The URLs of a store that is reached at several addresses, `mysql://user:password@first:3306,second:3306/database`: one for each, in this order;
 * of a plain URL itself.
 */
export function addressesOf(url: string): [string, ...string[]] {
  const [, before = '', hosts = '', behind = ''] = PARTS.exec(url) ?? [];
  const [first, ...others] = hosts.split(',').map((host) => `${before}${host.trim()}${behind}`);
  return first === undefined || others.length === 0 ? [url] : [first, ...others];
}

/** `host:port` of each address, as people read it. */
export function hostsOf(url: string, port: number): string {
  return addressesOf(url)
    .map((one) => new URL(one))
    .map((one) => `${one.hostname}:${one.port || port}`)
    .join(' or ');
}
