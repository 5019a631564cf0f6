import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfImportedData, removeDirectory } from '../integration/data-directory.js';
import { startServer, type RunningServer } from '../integration/running-server.js';
import { openBrowser, type OpenBrowser } from './browser.js';
import { expectToFitAPhone } from './phone-screen.js';

const PAGES = ['/sweeps', '/sweeps/new', '/sweeps/1', '/sweeps/99', '/runs/new'];

/** A person lets a sweep run and takes its best model; each step goes on from the one before. */
describe('sweeps in the console', () => {
  let directory: string;
  let server: RunningServer;
  let browser: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    directory = await copyOfImportedData('smallImportedData');
    server = await startServer(directory);
    browser = await openBrowser(server);
    page = browser.page;
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await removeDirectory(directory);
  });

  it('shows what augmentation makes of ten images, and draws anew when a dial is turned', async () => {
    await page.goto(`${server.url}/runs/new`);
    await page.getByRole('heading', { name: 'Hyper-parameters' }).waitFor();
    const images = page.getByTestId('augmented-image');
    expect(await images.count()).toBe(0);
    await page.getByRole('combobox', { name: 'Architecture' }).selectOption('neighbour-encoder');
    await images.nth(9).waitFor();
    const copies = page.getByRole('img', { name: /, altered copy \d$/ });
    expect(await copies.count()).toBe(40);
    const first = page.getByRole('img', { name: /^Image 1, .*, altered copy 1$/ });
    const before = await first.getAttribute('src');
    await page.getByLabel('Seed', { exact: true }).fill('7');
    await page
      .locator(`img[alt$="altered copy 1"]:not([src="${before ?? ''}"])`)
      .nth(9)
      .waitFor();
    await page.getByLabel('Erased', { exact: true }).fill('2');
    await page.getByText('To be corrected: Erased.').waitFor();
    expect(await copies.count()).toBe(40);
  });

  it('says that there is no sweep yet, and leads to one', async () => {
    await page.goto(`${server.url}/runs`);
    await page.getByRole('main').getByRole('link', { name: 'Sweeps' }).click();
    await page.getByRole('link', { name: 'Try some settings' }).click();
    await page.getByRole('heading', { name: 'New sweep' }).waitFor();
  });

  it('refuses a value out of range before anything is sent', async () => {
    await page.getByRole('combobox', { name: 'Architecture' }).selectOption('pixel-components');
    const values = page.getByRole('textbox', { name: 'Values of Components' });
    await values.fill('2, 1000');
    await page.getByRole('button', { name: 'Start the sweep' }).click();
    await page.getByText('To be corrected: Components.').waitFor();
    await values.fill('2, 16, 64');
    await page.getByText('Tries all 3 combinations.').waitFor();
  });

  it('starts by keyboard, and shows the settings ranked as they come to their ends', async () => {
    await page.getByRole('button', { name: 'Add a dial' }).press('Enter');
    await page
      .getByRole('button', { name: /^Remove / })
      .last()
      .press('Enter');
    await page.getByRole('button', { name: 'Start the sweep' }).press('Enter');
    await page.waitForURL('**/sweeps/1');
    const status = page.getByTestId('sweep-status');
    await status.getByText('Finished').waitFor({ timeout: 300_000 });
    const rows = page.getByTestId('sweep-setting');
    expect(await rows.count()).toBe(3);
    expect(await rows.last().getByRole('cell').nth(0).textContent()).toBe('3');
    expect(await rows.last().getByRole('cell').nth(1).textContent()).toBe('2');
    await page.getByText('3 of 3 settings have ended', { exact: true }).first().waitFor();
  });

  it('activates the best with one click', async () => {
    await page.getByRole('button', { name: /^Activate model / }).click();
    await page.getByText('✓ active').waitFor();
    await page.getByTestId('sweep-setting').first().getByText('active').waitFor();
  });

  it('leads from a run to its sweep, and to the comparison of the best', async () => {
    await page.getByRole('link', { name: 'Compare the best 3' }).click();
    await page.waitForURL('**/runs/compare?ids=*');
    await page.getByRole('table', { name: 'Settings that differ' }).waitFor();
    await page.goto(`${server.url}/runs/1`);
    await page.getByRole('link', { name: 'sweep 1' }).click();
    await page.waitForURL('**/sweeps/1');
  });

  it('cancels one that goes on', async () => {
    await page.goto(`${server.url}/sweeps/new`);
    await page.getByRole('button', { name: 'Start the sweep' }).click();
    await page.waitForURL('**/sweeps/2');
    await page.getByRole('button', { name: 'Cancel the sweep' }).press('Enter');
    await page.getByTestId('sweep-status').getByText('Cancelled').waitFor();
  });

  it.each(PAGES)('%s fits a screen of 400 pixels and has one main heading', async (path) => {
    await expectToFitAPhone(page, `${server.url}${path}`);
  });

  it('has logged no error in the browser', () => {
    expect(browser.complaints).toEqual([]);
  });
});
