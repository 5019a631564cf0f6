import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Opens a page on a screen 400 pixels wide: it must not scroll sideways, and has one main heading. */
export async function expectToFitAPhone(page: Page, url: string): Promise<void> {
  await page.setViewportSize({ width: 400, height: 800 });
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  const { scrolled, shown } = await page.evaluate(() => ({
    scrolled: document.documentElement.scrollWidth,
    shown: document.documentElement.clientWidth,
  }));
  expect(scrolled).toBeLessThanOrEqual(shown);
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
}
