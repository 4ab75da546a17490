import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findPromtool } from './find-promtool.mjs';

export const RULES = 'deploy/prometheus/alerts.yml';

/** What `/metrics` of each process said, by the job of the scrape; null: it did not answer. */
export type Scrape = Record<string, string | null>;

/** Names of the alerts that there are rules for. */
export function alertNames(): string[] {
  return [...readFileSync(RULES, 'utf8').matchAll(/^ +- alert: (\w+)$/gm)].map(([, name]) => name!);
}

/** Scrapes `/metrics` of each address, as Prometheus does. */
export async function scrape(targets: Record<string, string>): Promise<Scrape> {
  const texts = Object.entries(targets).map(async ([job, address]) => {
    const answer = await fetch(`${address}/metrics`, { signal: AbortSignal.timeout(10_000) }).catch(() => null);
    return [job, answer?.status === 200 ? await answer.text() : null];
  });
  return Object.fromEntries(await Promise.all(texts)) as Scrape;
}

/**
 * Which alerts the rules raise, evaluated by Prometheus' own code: for twenty minutes the scrapes say `before`, then for
 * half an hour `after`. Returns those that fire at the end of each time.
 */
export async function evaluate(before: Scrape, after: Scrape): Promise<{ before: string[]; after: string[] }> {
  const then = samples(before);
  const now = samples(after);
  const series = [...new Set([...then.keys(), ...now.keys()])].map((name) => {
    const values = `${steps(then.get(name), 21)} ${steps(now.get(name), 31)}`;
    return `      - { series: ${quoted(name)}, values: '${values}' }`;
  });
  const names = alertNames();
  // Firing at any moment since: a counter that has jumped is quiet again after its window.
  const firing = (alert: string, minutes: number) =>
    `count(max_over_time(ALERTS{alertname="${alert}",alertstate="firing"}[${minutes}m]))`;
  const question = (alert: string, minutes: number) =>
    `      - { expr: ${quoted(firing(alert, minutes))}, eval_time: ${minutes === 15 ? 20 : 51}m, exp_samples: [] }`;
  const folder = mkdtempSync(join(tmpdir(), 'yinke-rules-'));
  try {
    const file = join(folder, 'episode.yml');
    const lines = [
      `rule_files: [${resolve(RULES)}]`,
      'evaluation_interval: 1m',
      'tests:',
      '  - interval: 1m',
      '    input_series:',
      ...series,
      '    promql_expr_test:',
      ...names.flatMap((name) => [question(name, 15), question(name, 30)]),
    ];
    writeFileSync(file, lines.join('\n'));
    const said = await promtool(['test', 'rules', file]);
    // Each question expects nothing, so that promtool says whichever has an answer.
    const answered = [...said.matchAll(/expr: "count\(max_over_time\(ALERTS\{alertname=\\"(\w+)\\".*\[(\d+)m\]/g)];
    if (answered.length === 0 && !said.includes('SUCCESS')) throw new Error(said);
    const of = (minutes: string) => answered.flatMap(([, name, at]) => (at === minutes ? [name!] : []));
    return { before: of('15'), after: of('30') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What promtool says of the names and texts of metrics. */
export async function checkMetrics(text: string): Promise<string[]> {
  return (await promtool(['check', 'metrics'], text)).split('\n').filter((line) => line !== '');
}

/** What promtool says, well or ill. The processes under test go on meanwhile. */
export async function promtool(args: string[], input = ''): Promise<string> {
  const tool = spawn(findPromtool()!, args);
  let said = '';
  for (const stream of [tool.stdout, tool.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  tool.stdin.end(input);
  await once(tool, 'close');
  return said;
}

/** Every sample of a scrape by its series, with the labels that Prometheus adds. */
function samples(of: Scrape): Map<string, string> {
  const found = new Map<string, string>();
  for (const [job, text] of Object.entries(of)) {
    const target = `instance="${job}-1",job="${job}"`;
    found.set(`up{${target}}`, text === null ? '0' : '1');
    for (const line of text?.split('\n') ?? []) {
      if (line === '' || line.startsWith('#')) continue;
      const [, name, labels, value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      if (!name || !value) throw new Error(`not a sample: ${line}`);
      if (/(^|,)(job|instance)="/.test(labels ?? '')) throw new Error(`a label that Prometheus sets itself: ${line}`);
      found.set(`${name}{${[labels, target].filter(Boolean).join(',')}}`, value);
    }
  }
  return found;
}

function steps(value: string | undefined, count: number): string {
  return value === undefined || !Number.isFinite(Number(value)) ? `_x${count}` : `${value}+0x${count - 1}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
