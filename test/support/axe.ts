import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  impact: string;
  id: string;
  nodes: { target: string[] }[];
}

/** What depends on the size and the colours of a page, and not on what it says. */
const OF_LOOKS = { runOnly: ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'] };

/**
 * What keeps people from using a page as it stands, by WCAG 2.2 AA: each serious fault and where the first of its kind is.
 * With `looks` only what another size or other colours may change.
 */
export async function seriousFaults(page: Page, { looks = false } = {}): Promise<string[]> {
  // Colours that still change are measured when they have.
  await page.evaluate('Promise.allSettled(document.getAnimations().map((each) => each.finished))');
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{ violations: Violation[] }>(
    `axe.run(${looks ? JSON.stringify(OF_LOOKS) : ''})`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} at ${nodes[0]?.target.join(' ')}`);
}
