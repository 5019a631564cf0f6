import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../integration/data-directory.js';
import { ask } from '../integration/graphql-request.js';
import { catsAndDogs, colouredPicture, writeFolder } from '../integration/picture-folder.js';
import { startServer, type RunningServer } from '../integration/running-server.js';
import { openBrowser, type OpenBrowser } from './browser.js';
import { expectToFitAPhone } from './phone-screen.js';

const PAGES = [
  '/datasets',
  '/datasets/new',
  '/datasets/import',
  '/dataset/import',
  '/duplicates',
  '/odd',
  '/runs/new',
];

/** From an empty server to finding, understanding and clearing away one's own pictures. */
describe('own pictures in the console', () => {
  let directory: string;
  let server: RunningServer;
  let browser: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    await writeFolder(join(directory, 'pets'), {
      ...(await catsAndDogs(60)),
      'cats/copy.png': await colouredPicture(2),
      'dogs/broken.png': (await colouredPicture(3)).subarray(0, 90),
    });
    server = await startServer(join(directory, 'data'));
    browser = await openBrowser(server);
    page = browser.page;
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('creates a dataset on an empty server', async () => {
    await page.goto(`${server.url}/datasets/new`);
    await page.getByLabel('Title').fill('My pets');
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('my-pets');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.waitForURL('**/dataset/import**');
  });

  it('imports a folder: labels from its folders, a report of what was refused', async () => {
    await page.getByLabel('Folder of pictures').setInputFiles(join(directory, 'pets'));
    await page.getByTestId('label-preview').nth(1).waitFor();
    await page.getByRole('button', { name: /^Import \d+/ }).click();
    await page.getByTestId('import-phase').getByText('All files are through').waitFor();
    const refusal = page.getByTestId('refusal');
    await refusal.first().waitFor();
    expect(await refusal.count()).toBe(1);
    expect(await refusal.first().textContent()).toContain('dogs/broken.png');
    expect(await refusal.first().textContent()).toContain('UPLOAD_NOT_AN_IMAGE');
  });

  it('warns before training, proposes what to train with, and trains', async () => {
    await page.goto(`${server.url}/runs/new`);
    await page.getByText(/There are only \d+ TRAIN images/).waitFor();
    expect(await page.getByLabel('Width', { exact: false }).first().inputValue()).toBe('40');
    await page.getByLabel('Epochs', { exact: true }).fill('3');
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.waitForURL('**/runs/1');
    await page.getByTestId('run-status').getByText('Succeeded').waitFor({ timeout: 180_000 });
  });

  it('searches from a part of a picture and says why a neighbour is alike', async () => {
    await page.goto(`${server.url}/search?image=1`);
    const neighbours = page.getByTestId('neighbour');
    await neighbours.nth(9).waitFor();
    const query = page.getByRole('application').first();
    await query.focus();
    await query.press('Enter');
    await page.waitForURL((url) => url.searchParams.has('crop'));
    await neighbours.nth(9).waitFor();
    await page
      .getByRole('button', { name: /^See why image/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('application').first().waitFor();
    expect(await dialog.getByRole('img').count()).toBeGreaterThan(1);
    await page.keyboard.press('Escape');
  });

  it('takes more like this and less like that', async () => {
    await page.goto(`${server.url}/search?image=1`);
    await page.getByTestId('neighbour').nth(9).waitFor();
    await page
      .getByRole('button', { name: /^More like image/ })
      .first()
      .click();
    await page
      .getByRole('button', { name: /^Less like image/ })
      .last()
      .click();
    await page.waitForURL(
      ({ searchParams }) => searchParams.has('like') && searchParams.has('unlike'),
    );
    await page.getByTestId('neighbour').nth(9).waitFor();
  });

  it('finds the copy and deletes one of the two', async () => {
    await page.goto(`${server.url}/duplicates`);
    await page.getByRole('button', { name: 'Look for duplicates' }).click();
    await page.getByText('Exact (1)').waitFor();
    const before = await imageCount();
    await page
      .getByRole('button', { name: /^Delete/ })
      .first()
      .click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Delete/ })
      .click();
    await page.getByText('Exact (0)').waitFor();
    expect(await imageCount()).toBe(before - 1);
  });

  it.each(PAGES)('%s fits a screen of 400 pixels and has one main heading', async (path) => {
    await expectToFitAPhone(page, `${server.url}${path}`);
  });

  it('has logged no error in the browser', () => {
    expect(browser.complaints).toEqual([]);
  });

  async function imageCount(): Promise<number> {
    const { images } = await ask<{ images: { totalCount: number } }>(
      server,
      '{ images(datasetId: 1) { totalCount } }',
    );
    return images.totalCount;
  }
});
