// @ts-check
/** Reads what `node --cpu-prof` wrote: which packages and which functions took the time. */
import { readFileSync } from 'node:fs';

const FUNCTIONS = 20;

/** @typedef {{ id: number, callFrame: { functionName: string, url: string, lineNumber: number } }} ProfileNode */

/**
 * Self time by package and by function, as shares of the time in which the process was busy once it was ready.
 * @param {string} file
 * @param {bigint} since µs of the monotonic clock, which profiles go by
 */
export function summarise(file, since) {
  /** @type {{ startTime: number, nodes: ProfileNode[], samples: number[], timeDeltas: number[] }} */
  const { startTime, nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8'));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  /** @type {Map<string, number>} */
  const packages = new Map();
  /** @type {Map<string, number>} */
  const functions = new Map();
  let busy = 0;
  let now = startTime;
  samples.forEach((id, at) => {
    const took = timeDeltas[at] ?? 0;
    now += took;
    const frame = byId.get(id)?.callFrame;
    if (!frame || frame.functionName === '(idle)' || now < Number(since)) return;
    const owner = packageOf(frame);
    const name = `${frame.functionName || '(anonymous)'}  ${owner}${frame.url ? `  ${shortened(frame)}` : ''}`;
    packages.set(owner, (packages.get(owner) ?? 0) + took);
    functions.set(name, (functions.get(name) ?? 0) + took);
    busy += took;
  });
  const lines = (/** @type {Map<string, number>} */ times, /** @type {number} */ most) =>
    [...times]
      .sort(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([name, took]) => `  ${((100 * took) / busy).toFixed(1).padStart(5)} %  ${name}`);
  return [
    `${file}: ${(busy / 1e6).toFixed(1)} s busy`,
    ...lines(packages, FUNCTIONS),
    '  functions:',
    ...lines(functions, FUNCTIONS),
  ].join('\n');
}

/** @param {ProfileNode['callFrame']} frame */
function packageOf({ functionName, url }) {
  if (functionName.startsWith('(')) return functionName; // (garbage collector), (program)
  if (url.startsWith('node:') || url === '') return 'node';
  const at = url.lastIndexOf('/node_modules/');
  if (at < 0) return `yinke ${/\/dist\/(.*)\/[^/]*$/.exec(url)?.[1] ?? ''}`;
  const [scope = '', name] = url.slice(at + '/node_modules/'.length).split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

/** @param {ProfileNode['callFrame']} frame */
const shortened = ({ url, lineNumber }) => `${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`;
