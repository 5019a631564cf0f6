import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeDirectory, temporaryDirectory } from '../integration/data-directory.js';
import { ask } from '../integration/graphql-request.js';
import { MISLABELLED, trainOnNightsAndDays, UNLABELLED } from '../integration/nights-and-days.js';
import { startServer, type RunningServer } from '../integration/running-server.js';
import { waitForStatus } from '../integration/training.js';
import { openBrowser, type OpenBrowser } from './browser.js';
import { expectToFitAPhone } from './phone-screen.js';

/** A person mends labels; each step goes on from the one before. */
describe('the labels in the console', () => {
  let directory: string;
  let server: RunningServer;
  let browser: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    server = await startServer(join(directory, 'data'));
    await trainOnNightsAndDays(server, join(directory, 'scenes'));
    browser = await openBrowser(server);
    page = browser.page;
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await removeDirectory(directory);
  });

  const cards = () => page.getByTestId('label-suggestion');
  const shows = (count: number) =>
    page.getByText(`${count} image${count === 1 ? '' : 's'}, surest`);

  /** The label of every image by its name. */
  const labels = async () => {
    const { images } = await ask<{
      images: { edges: { node: { name: string; label: string | null } }[] };
    }>(server, '{ images(datasetId: 1, first: 100) { edges { node { name label } } } }');
    return new Map(images.edges.map(({ node }) => [node.name, node.label]));
  };
  const labelsOf = async (names: readonly string[]) => {
    const known = await labels();
    return names.map((name) => known.get(name));
  };

  it('show what is suspected, with the ten neighbours that say so', async () => {
    await page.goto(`${server.url}/labels`);
    await shows(MISLABELLED.length).waitFor();
    expect(await cards().count()).toBe(MISLABELLED.length);
    const first = cards().first();
    await first.getByRole('link', { name: /^Image \d+, days: nights, \d+% sure$/ }).waitFor();
    const neighbours = first.getByRole('list', { name: 'Neighbours' }).getByRole('img');
    expect(await neighbours.count()).toBe(10);
    expect(await neighbours.first().getAttribute('alt')).toBe('nights');
  });

  it('show fewer the surer they are to be, and say so where none is', async () => {
    const { suspectedLabelErrors } = await ask<{
      suspectedLabelErrors: { suggestions: { confidence: number }[] };
    }>(server, '{ suspectedLabelErrors(datasetId: 1) { suggestions { confidence } } }');
    const confidences = suspectedLabelErrors.suggestions.map(({ confidence }) => confidence);
    const threshold = Math.ceil(Math.min(...confidences) * 100 + 1) / 100;
    const slider = page.getByRole('slider', { name: /^At least as sure as/ });
    await slider.fill(String(threshold));
    const left = confidences.filter((confidence) => confidence >= threshold).length;
    expect(left).toBeLessThan(MISLABELLED.length);
    await (left > 0 ? shows(left) : page.getByText(/with so much confidence/)).waitFor();
    await slider.fill('0');
    await shows(MISLABELLED.length).waitFor();
  });

  it('are accepted together, and taken back', async () => {
    await page.getByRole('button', { name: 'Select the page' }).click();
    await page.getByRole('button', { name: 'Accept 3 selected' }).click();
    await page.getByText('3 labels written.').waitFor();
    await page.getByText('No label is suspected').waitFor();
    expect(await labelsOf(MISLABELLED)).toEqual(['nights', 'nights', 'nights']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await shows(MISLABELLED.length).waitFor();
    expect(await labelsOf(MISLABELLED)).toEqual(['days', 'days', 'days']);
  });

  it('are selected and accepted by keyboard', async () => {
    const link = (place: number) => cards().nth(place).getByRole('link');
    await link(0).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await cards()
      .nth(1)
      .getByRole('link', { name: /selected$/ })
      .waitFor();
    expect(await cards().nth(1).getByRole('checkbox').isChecked()).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByText('1 label written.').waitFor();
    await shows(2).waitFor();
    const left = (await labelsOf(MISLABELLED)).filter((label) => label === 'days');
    expect(left.length).toBe(2);
  });

  it('are accepted all at once, after a question', async () => {
    await page.getByRole('button', { name: /^Accept all 2/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Accept 2 labels?').waitFor();
    await dialog.getByRole('button', { name: 'Accept them' }).click();
    await page.getByText('2 labels written.').waitFor();
    await page.getByText('No label is suspected').waitFor();
    expect(await labelsOf(MISLABELLED)).toEqual(['nights', 'nights', 'nights']);
  });

  it('are suggested for images that have none, and accepted one by one', async () => {
    await page.getByRole('link', { name: 'Suggestions' }).click();
    await shows(UNLABELLED.length).waitFor();
    const accept = page.getByRole('button', { name: /^Accept (days|nights) for image/ });
    await accept.first().click();
    await page.getByText('1 label written.').waitFor();
    await shows(UNLABELLED.length - 1).waitFor();
    expect((await labelsOf(UNLABELLED)).filter((label) => label !== null).length).toBe(1);
    await page.getByRole('button', { name: /^Accept all 3/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Accept them' }).click();
    await page.getByText('Nothing to suggest').waitFor();
    expect(await labelsOf(UNLABELLED)).toEqual(['days', 'days', 'nights', 'nights']);
  });

  it('fit a screen of 400 pixels', async () => {
    await page.getByRole('button', { name: 'Undo' }).click();
    await shows(3).waitFor();
    for (const path of ['/labels', '/labels?tab=suggested']) {
      await expectToFitAPhone(page, `${server.url}${path}`);
    }
  });

  it('are taken at their word by a model that learned them, and the page says so', async () => {
    const word = page.getByText('takes the labels of TRAIN images at their word');
    for (const labelWeight of [2, 0]) {
      const { startTraining } = await ask<{ startTraining: { id: string } }>(
        server,
        `mutation { startTraining(input: { datasetId: 1, architecture: "metric-encoder", hyperparameters: [
          { name: "epochs", value: 2 }, { name: "labelWeight", value: ${labelWeight} }] }) { id } }`,
      );
      await waitForStatus(server, startTraining.id, 'SUCCEEDED');
      const { model } = await ask<{ model: { layers: { kind: string }[] } }>(
        server,
        `{ model(id: ${startTraining.id}) { layers { kind } } }`,
      );
      const keepsLabels = model.layers.some(({ kind }) => kind === 'Label memory');
      expect(keepsLabels).toBe(labelWeight > 0);
      await ask(server, `mutation { activateModel(id: ${startTraining.id}, force: true) { id } }`);
      await page.goto(`${server.url}/labels`);
      await page.getByRole('heading', { name: 'Labels' }).waitFor();
      await page.getByText(/No label is suspected|surest first/).waitFor();
      await word.waitFor({ state: labelWeight > 0 ? 'visible' : 'hidden' });
    }
  });

  it('have left no error in the browser', () => {
    expect(browser.complaints).toEqual([]);
  });
});
