import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfImportedData, removeDirectory } from '../integration/data-directory.js';
import { ask } from '../integration/graphql-request.js';
import { startServer, type RunningServer } from '../integration/running-server.js';
import { waitForStatus } from '../integration/training.js';
import { openBrowser, type OpenBrowser } from './browser.js';
import { expectToFitAPhone } from './phone-screen.js';

const RUNS = [
  ['pixel-components', { components: 64 }],
  ['pixel-components', { components: 2 }],
  ['conv-autoencoder', { epochs: 2, trainingImages: 500, batchSize: 100 }],
  ['conv-autoencoder', { epochs: 2, trainingImages: 500, batchSize: 50 }],
] as const;

const PAGES = [
  '/models',
  '/models/compare?a=1&b=2',
  '/models/compare?a=1&b=99',
  '/runs',
  '/runs/compare?ids=1,3,4',
  '/runs/compare',
];

/** A person compares four runs and the models that they left; each step goes on from the one before. */
describe('choosing a model in the console', () => {
  let directory: string;
  let server: RunningServer;
  let browser: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    directory = await copyOfImportedData('smallImportedData');
    server = await startServer(directory);
    for (const [architecture, hyperparameters] of RUNS) {
      const values = Object.entries(hyperparameters).map(([name, value]) => ({ name, value }));
      const { startTraining } = await ask<{ startTraining: { id: string } }>(
        server,
        `mutation ($architecture: String!, $values: [HyperparameterInput!]!) { startTraining(input: {
          datasetId: 1, architecture: $architecture, hyperparameters: $values
        }) { id } }`,
        { architecture, values },
      );
      await waitForStatus(server, startTraining.id, 'SUCCEEDED');
    }
    browser = await openBrowser(server);
    page = browser.page;
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await removeDirectory(directory);
  });

  it('compares runs that are ticked by keyboard', async () => {
    await page.goto(`${server.url}/runs`);
    for (const id of [1, 3, 4]) {
      await page.getByRole('checkbox', { name: `Compare run ${id}` }).press('Space');
    }
    await page.getByText('3 of at most 6 runs ticked.').waitFor();
    await page.getByRole('link', { name: 'Compare 3 runs' }).press('Enter');
    await page.waitForURL('**/runs/compare?ids=1,3,4');
    const differing = page.getByRole('table', { name: 'Settings that differ' });
    await differing.getByRole('row', { name: /Batch size – 100 50/ }).waitFor();
    await differing.getByRole('row', { name: /Components 64 – –/ }).waitFor();
    expect(await differing.getByText('Input size').count()).toBe(0);
    await page.getByText(/settings alike/).click();
    await page
      .getByRole('table', { name: 'Settings alike' })
      .getByRole('row', { name: /Input size/ })
      .waitFor();
    await page.getByRole('img', { name: 'Loss by epoch of Run 3, Run 4' }).waitFor();
    await page.getByText(/after its one epoch$/).waitFor();
    const precision = page.getByRole('list', { name: 'P@10', exact: true });
    expect(await precision.getByTestId('run-score').count()).toBe(3);
  });

  it('marks the best only where it is clear', async () => {
    await page.goto(`${server.url}/runs/compare?ids=1,2`);
    const precision = page.getByRole('list', { name: 'P@10', exact: true });
    await precision.getByTestId('run-score').nth(1).waitFor();
    const marked = await precision.getByTestId('run-score').filter({ hasText: 'best' }).all();
    expect(await Promise.all(marked.map((row) => row.textContent()))).toEqual([
      expect.stringContaining('Run 1') as string,
    ]);
  });

  it('tells where there is nothing to compare, and which run is not there', async () => {
    await page.goto(`${server.url}/runs/compare?ids=1`);
    await page.getByRole('link', { name: 'Choose runs' }).waitFor();
    await page.goto(`${server.url}/runs/compare?ids=1,2,77`);
    await page.getByText('There is no run 77 (any more).').waitFor();
    await page.getByRole('table', { name: 'Times' }).waitFor();
  });

  it('shows both numbers before a worse model is activated, and rolls back', async () => {
    await page.goto(`${server.url}/models`);
    const activate = page.getByRole('button', { name: 'Activate model 2', exact: true });
    await activate.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByTestId('choice-score').nth(1).waitFor();
    expect(await dialog.getByTestId('choice-score').first().textContent()).toMatch(
      /Model 1, active0\.\d{3} 0\.\d{3} to 0\.\d{3}/,
    );
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await activate.click();
    await dialog.getByRole('button', { name: 'Activate anyway' }).click();
    await page.getByText('Model 2 answers the searches now.').waitFor();
    await page.getByRole('button', { name: 'Roll back to model 1' }).click();
    await page.getByText('Model 1 answers the searches now.').waitFor();
    const history = page.getByRole('list', { name: 'Activations' }).getByRole('listitem');
    await history.nth(2).waitFor();
    expect(await history.allTextContents()).toEqual([
      expect.stringMatching(/Model 1 rolled back to, active now$/) as string,
      expect.stringMatching(/Model 2 by hand, by force$/) as string,
      expect.stringMatching(/Model 1 by its run$/) as string,
    ]);
  });

  it('compares two models on pictures that the arrow keys go through', async () => {
    await page.goto(`${server.url}/models`);
    await page.getByRole('link', { name: 'Compare model 2 with the active one' }).click();
    await page.waitForURL('**/models/compare?a=1&b=2');
    const neighbours = page.getByTestId('compared-neighbour');
    await neighbours.nth(19).waitFor();
    expect(await neighbours.count()).toBe(20);
    await page.getByText(/\d+ of 10 neighbours shared; with its label \d+ under model 1/).waitFor();
    await page.getByRole('radio').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL((url) => url.searchParams.has('image'));
    const second = await page.getByRole('radio').nth(1).getAttribute('value');
    expect(new URL(page.url()).searchParams.get('image')).toBe(second);
    await page.getByRole('img', { name: `Query image ${second}` }).waitFor();
    await page.getByRole('button', { name: 'Swap' }).click();
    await page.waitForURL((url) => url.searchParams.get('a') === '2');
    await page.getByRole('list', { name: 'Neighbours under model 2' }).waitFor();
  });

  it('compares them on a picture of one’s own', async () => {
    const picture = await (await server.fetch('/images/6001')).arrayBuffer();
    await page.locator('input[type=file]').setInputFiles({
      name: 'boot.png',
      mimeType: 'image/png',
      buffer: Buffer.from(picture),
    });
    await page.getByRole('img', { name: 'Your picture' }).waitFor();
    await page.getByTestId('compared-neighbour').nth(19).waitFor();
  });

  it.each(PAGES)('%s fits a screen of 400 pixels and has one main heading', async (path) => {
    await expectToFitAPhone(page, `${server.url}${path}`);
  });

  it('has logged no error in the browser', () => {
    expect(browser.complaints).toEqual([]);
  });
});
