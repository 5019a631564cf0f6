import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfImportedData, removeDirectory } from '../integration/data-directory.js';
import { startServer, type RunningServer } from '../integration/running-server.js';
import { openBrowser, type OpenBrowser } from './browser.js';
import { expectToFitAPhone } from './phone-screen.js';

const PAGES = [
  '/search',
  '/dataset',
  '/dataset/images/6001',
  '/models',
  '/models/1',
  '/runs',
  '/runs/1',
];

/** The walk of a person through the console; each step goes on from the one before. */
describe('the console', () => {
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

  it('says that there is no model yet, and leads to training one', async () => {
    await page.goto(`${server.url}/search`);
    await page.getByRole('main').getByRole('link', { name: /train/i }).first().click();
    await page.getByRole('heading', { name: 'New training run' }).waitFor();
  });

  it('refuses a hyper-parameter out of range before anything is sent', async () => {
    await page.getByLabel('Epochs', { exact: true }).fill('0');
    await page.getByRole('button', { name: 'Start training' }).click();
    expect(new URL(page.url()).pathname).toBe('/runs/new');
    await page.getByText('To be corrected: Epochs.').waitFor();
  });

  it('launches a small run and shows its epochs as they arrive', async () => {
    await page.getByLabel('Epochs', { exact: true }).fill('3');
    await page.getByLabel('Training images', { exact: true }).fill('4000');
    await page.getByLabel('Batch size', { exact: true }).fill('100');
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.waitForURL('**/runs/1');
    const epochs = page.getByTestId('epoch-row');
    await epochs.nth(0).waitFor();
    await epochs.nth(1).waitFor();
    await page.getByTestId('run-status').getByText('Succeeded').waitFor({ timeout: 180_000 });
    expect(await epochs.count()).toBe(3);
    const redrawn = page.getByRole('img', { name: 'Its reconstruction after epoch 3' });
    expect(await redrawn.count()).toBe(10);
    await page.getByRole('slider', { name: 'Epoch of the reconstructions' }).press('ArrowLeft');
    await page.getByRole('img', { name: 'Its reconstruction after epoch 2' }).nth(9).waitFor();
  });

  it('shows how the neighbours of ten images changed, and which epoch was the best', async () => {
    await page.getByRole('img', { name: /^P@10 by epoch: .*; the best is/ }).waitFor();
    const ofEpoch = (epoch: number) =>
      page.getByRole('list', { name: `Probe images and their neighbours after epoch ${epoch}` });
    await ofEpoch(3).waitFor();
    expect(await page.getByTestId('probe-row').count()).toBe(10);
    await page.getByRole('slider', { name: 'Epoch of the neighbours' }).press('ArrowLeft');
    await ofEpoch(2).waitFor();
    expect(await ofEpoch(2).getByRole('img').count()).toBe(10 * (1 + 8));
  });

  it('finds ten neighbours of a picked test image and searches on from one of them', async () => {
    await page.goto(`${server.url}/search?image=6001`);
    const neighbours = page.getByTestId('neighbour');
    await neighbours.nth(9).waitFor();
    expect(await neighbours.count()).toBe(10);
    expect(await page.getByTestId('query-image').textContent()).toContain('Ankle boot');
    await neighbours
      .first()
      .getByRole('link')
      .or(neighbours.first().getByRole('button'))
      .first()
      .click();
    await page.waitForURL((url) => url.searchParams.get('image') !== '6001');
    await neighbours.nth(9).waitFor();
    await page.goBack();
    await page.waitForURL((url) => url.searchParams.get('image') === '6001');
  });

  it('searches by a picture file', async () => {
    const picture = await (await server.fetch('/images/6001')).arrayBuffer();
    await page.goto(`${server.url}/search`);
    await page.locator('input[type=file]').setInputFiles({
      name: 'boot.png',
      mimeType: 'image/png',
      buffer: Buffer.from(picture),
    });
    await page.getByTestId('neighbour').nth(9).waitFor();
    await page.locator('input[type=file]').setInputFiles({
      name: 'boot.txt',
      mimeType: 'image/png',
      buffer: Buffer.from('no picture'),
    });
    await page
      .getByRole('alert')
      .getByText(/Send a JPEG, PNG, WebP/)
      .waitFor();
  });

  it('shows every label of the dataset and pages through its images', async () => {
    await page.goto(`${server.url}/dataset`);
    await page.getByTestId('label-bar').nth(9).waitFor();
    expect(await page.getByTestId('label-bar').count()).toBe(10);
    await page
      .getByRole('button', { name: /next/i })
      .or(page.getByRole('link', { name: /next/i }))
      .first()
      .click();
    await page.waitForURL((url) => url.search !== '');
  });

  it('selects pictures of a page by click once one is selected, and opens one else', async () => {
    await page.goto(`${server.url}/dataset`);
    const images = page.getByRole('list', { name: 'Images', exact: true });
    const picture = (place: number) => images.getByRole('link').nth(place);
    await picture(59).waitFor();
    await images.getByRole('checkbox').nth(1).click();
    await picture(3).click();
    await page.getByText('2 images selected').waitFor();
    await picture(5).click({ modifiers: ['Shift'] });
    await page.getByText('4 images selected').waitFor();
    await picture(5).press('Escape');
    await page.getByText('Select pictures by their box').waitFor();
    for (const open of [() => picture(2).click(), () => picture(2).press('Enter')]) {
      await open();
      await page.waitForURL('**/dataset/images/3');
      await page.goBack();
      await picture(59).waitFor();
    }
  });

  it('shows the layers of a model and the original beside the reconstruction', async () => {
    await page.goto(`${server.url}/models/1`);
    await page
      .getByText(/4\s*×\s*4\s*×\s*8/)
      .first()
      .waitFor();
    await page
      .getByRole('img', { name: /reconstruct/i })
      .first()
      .waitFor();
  });

  it('shows how a model fares by label, what it mistakes, and its worst queries', async () => {
    await page.goto(`${server.url}/models/1`);
    await page.getByRole('list', { name: 'Scores with their intervals' }).waitFor();
    await page.getByTestId('label-score').nth(9).waitFor();
    expect(await page.getByTestId('label-score').count()).toBe(10);
    const cells = page.getByRole('link', { name: /^Neighbours of / });
    expect(await cells.count()).toBe(100);
    await cells.first().focus();
    await page.keyboard.press('ArrowRight');
    const second = await cells.nth(1).getAttribute('aria-label');
    await page
      .getByRole('status')
      .getByText(second ?? 'no cell')
      .waitFor();
    const worst = page.getByTestId('worst-query');
    expect(await worst.count()).toBe(6);
    await page.getByRole('button', { name: 'Show 18 more' }).click();
    expect(await worst.count()).toBe(24);
    await worst.first().getByRole('link').first().click();
    await page.waitForURL((url) => url.pathname === '/search' && url.searchParams.has('image'));
    await page.getByTestId('neighbour').nth(9).waitFor();
  });

  it('serves GraphiQL without any other host', async () => {
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.goto(`${server.url}/api`);
    await page
      .frameLocator('iframe')
      .getByText('Prettify', { exact: false })
      .or(page.frameLocator('iframe').locator('.graphiql-container'))
      .first()
      .waitFor();
    const explorer = page.frameLocator('iframe');
    await explorer.getByRole('button', { name: /documentation/i }).click();
    await explorer.getByText('Subscription', { exact: true }).first().waitFor();
    hosts.delete('');
    expect([...hosts]).toEqual([`127.0.0.1:${server.port}`]);
  });

  it.each(PAGES)('%s fits a screen of 400 pixels and has one main heading', async (path) => {
    await expectToFitAPhone(page, `${server.url}${path}`);
  });

  it('has logged no error in the browser but for the refused upload', () => {
    expect(browser.complaints).toEqual([]);
  });
});
