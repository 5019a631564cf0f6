import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelName, readMapPoints, type MapPoints } from '../../web/lib/map-points.js';
import { wholeView } from '../../web/lib/map-view.js';
import { removeDirectory, temporaryDirectory } from '../integration/data-directory.js';
import { ask } from '../integration/graphql-request.js';
import { trainOnNightsAndDays } from '../integration/nights-and-days.js';
import { startServer, type RunningServer } from '../integration/running-server.js';
import { openBrowser, type OpenBrowser } from './browser.js';
import { expectToFitAPhone } from './phone-screen.js';

type Place = readonly [number, number];

/** Painting takes a frame or two; a busy machine takes its time. */
const PATIENCE = { timeout: 60_000 };

/** A person looks around in a map; each step goes on from the one before. */
describe('the map in the console', () => {
  let directory: string;
  let server: RunningServer;
  let browser: OpenBrowser;
  let page: Page;
  let points: MapPoints;

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

  const map = () => page.getByRole('application', { name: /^Map of the embeddings/ });

  const drawn = async (kind: 'PCA' | 'UMAP'): Promise<MapPoints> => {
    const { model } = await ask<{ model: { embeddingMap: { url: string } } }>(
      server,
      `{ model(id: 1) { embeddingMap(kind: ${kind}) { url } } }`,
    );
    const response = await server.fetch(model.embeddingMap.url);
    const found = readMapPoints(await response.arrayBuffer());
    if (!found) throw new Error('That is no map.');
    return found;
  };

  const frame = async () => {
    const box = await map().boundingBox();
    if (!box) throw new Error('The map has no place on the page.');
    return box;
  };

  /** Where a point is on the page while all of the map is shown. */
  const placeOf = async (point: number): Promise<Place> => {
    const { x, y, width, height } = await frame();
    const { scale, left, top } = wholeView({ width, height });
    const [across = 0, down = 0] = points.places.subarray(point * 2, point * 2 + 2);
    return [x + left + across * scale, y + top + down * scale];
  };

  /** The point that lies furthest to the left (-1) or right (1). */
  const outermost = (side: -1 | 1): number => {
    const across = Array.from({ length: points.count }, (_, at) => points.places[at * 2] ?? 0);
    return across.indexOf(side < 0 ? Math.min(...across) : Math.max(...across));
  };

  /** How many pixels bear the colour of a label. */
  const pixelsOf = async (name: string): Promise<number> => {
    const dot = page.getByTitle(`Show ${name} alone`).locator('circle');
    const colour = (await dot.getAttribute('fill'))?.match(/\d+/g)?.map(Number) ?? [];
    expect(colour).toHaveLength(3);
    return page.getByTestId('map-canvas').evaluate((canvas, wanted) => {
      if (!(canvas instanceof HTMLCanvasElement)) return 0;
      const context = canvas.getContext('2d');
      const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        const isIt = wanted.every((part, channel) => data[at + channel] === part);
        if (isIt && data[at + 3] === 255) count += 1;
      }
      return count;
    }, colour);
  };

  const hovered = (point: number) =>
    page.locator(`[data-testid=map-hover] img[src^="/thumbnails/${points.imageIds[point]}?"]`);

  it('is there without having been asked for, and shows every image in the colour of its label', async () => {
    await page.goto(`${server.url}/models/1`);
    await page.getByRole('main').getByRole('link', { name: 'Map', exact: true }).click();
    await page.waitForURL('**/map?model=1**');
    await page.getByRole('checkbox', { name: 'Show days' }).waitFor();
    points = await drawn('PCA');
    const { images } = await ask<{ images: { totalCount: number } }>(
      server,
      '{ images(datasetId: 1) { totalCount } }',
    );
    expect(points.count).toBe(images.totalCount);
    await expect.poll(() => pixelsOf('days'), PATIENCE).toBeGreaterThan(50);
    expect(await pixelsOf('nights')).toBeGreaterThan(50);
    await page.getByText(/what lies far apart is unlike/).waitFor();
  });

  it('shows the picture that the pointer is at', async () => {
    const left = outermost(-1);
    await page.mouse.move(...(await placeOf(left)));
    await hovered(left).waitFor();
    const label = labelName(points.names, points.labels[left] ?? 0);
    await page.getByTestId('map-hover').getByText(label, { exact: true }).waitFor();
    await page
      .getByTestId('map-hover')
      .getByText(/\.png$/)
      .waitFor();
  });

  it('hides a label, shows one alone, and all again', async () => {
    await page.getByRole('checkbox', { name: 'Show days' }).uncheck();
    await expect.poll(() => pixelsOf('days'), PATIENCE).toBe(0);
    expect(await pixelsOf('nights')).toBeGreaterThan(50);
    await page.getByTitle('Show days alone').click();
    await expect.poll(() => pixelsOf('nights'), PATIENCE).toBe(0);
    expect(await pixelsOf('days')).toBeGreaterThan(50);
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => pixelsOf('nights'), PATIENCE).toBeGreaterThan(50);
  });

  it('selects what a lasso is drawn around, and leads to the images', async () => {
    await map().press('l');
    const { x, y, width, height } = await frame();
    const middle = (await placeOf(outermost(-1)))[0] / 2 + (await placeOf(outermost(1)))[0] / 2;
    await page.mouse.move(x + 2, y + 2);
    await page.mouse.down();
    await page.mouse.move(middle, y + 2, { steps: 4 });
    await page.mouse.move(middle, y + height - 2, { steps: 4 });
    await page.mouse.move(x + 2, y + height - 2, { steps: 4 });
    await page.mouse.up();
    const { scale, left } = wholeView({ width, height });
    const inside = Array.from({ length: points.count }, (_, at) => at).filter(
      (at) => x + left + (points.places[at * 2] ?? 0) * scale < middle,
    );
    expect(inside.length).toBeGreaterThan(10);
    await page.getByRole('heading', { name: `${inside.length} images selected` }).waitFor();
    expect(await page.getByTestId('selected-image').count()).toBe(inside.length);
    const first = page.getByTestId('selected-image').first().getByRole('link');
    const href = await first.getAttribute('href');
    expect(href).toBe(`/dataset/images/${points.imageIds[inside[0] ?? 0]}`);
    await first.click();
    await page.waitForURL(`**${href}`);
    await page.goBack();
  });

  it('selects by keyboard all that is seen, and by a click a single one', async () => {
    await expect.poll(() => pixelsOf('nights'), PATIENCE).toBeGreaterThan(50);
    await map().press('Enter');
    await page.getByRole('heading', { name: `${points.count} images selected` }).waitFor();
    await map().press('Escape');
    await page.getByRole('heading', { name: /images selected/ }).waitFor({ state: 'hidden' });
    const right = outermost(1);
    await page.mouse.click(...(await placeOf(right)));
    await page.getByRole('heading', { name: '1 image selected' }).waitFor();
    const id = points.imageIds[right];
    await page.getByRole('link', { name: new RegExp(`^Image ${id}, `) }).waitFor();
    await map().press('Escape');
  });

  it('grows as two fingers go apart, under them', async () => {
    const [still, moved] = [outermost(-1), outermost(1)];
    const [from, other] = [await placeOf(still), await placeOf(moved)];
    const fingers = await browser.context.newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', places: readonly Place[]) =>
      fingers.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: places.map(([x, y], id) => ({ x, y, id })),
      });
    const toward = (share: number): Place => [
      from[0] + (other[0] - from[0]) * share,
      from[1] + (other[1] - from[1]) * share,
    ];
    await touch('touchStart', [from]);
    await touch('touchStart', [from, toward(0.2)]);
    await touch('touchMove', [from, toward(0.3)]);
    await touch('touchMove', [from, toward(0.4)]);
    await touch('touchEnd', []);
    // Twice as large about the finger that stayed.
    const { x, y, width, height } = await frame();
    const places = await Promise.all(Array.from({ length: points.count }, (_, at) => placeOf(at)));
    const grown = places.map((place): Place => [
      from[0] + 2 * (place[0] - from[0]),
      from[1] + 2 * (place[1] - from[1]),
    ]);
    const seen = grown.findIndex(
      (place, at) =>
        at !== still &&
        place[0] > x + 40 &&
        place[0] < x + width - 40 &&
        place[1] > y + 40 &&
        place[1] < y + height - 40,
    );
    expect(seen).toBeGreaterThanOrEqual(0);
    await page.mouse.move(...(grown[seen] ?? from));
    await hovered(seen).waitFor();
    await map().press('0');
    await page.mouse.move(...other);
    await hovered(moved).waitFor();
  });

  it('is drawn by neighbours when somebody asks for that', async () => {
    await page.getByRole('link', { name: 'Neighbours (UMAP)' }).click();
    await page.getByRole('button', { name: 'Draw the map' }).click();
    await page.getByRole('checkbox', { name: 'Show days' }).waitFor();
    points = await drawn('UMAP');
    await expect.poll(() => pixelsOf('days'), PATIENCE).toBeGreaterThan(50);
    await page.getByText(/how dense they are, says little/).waitFor();
  });

  it('says the same in a table', async () => {
    await page.getByText('The points as a table').click();
    const table = page.getByRole('table', { name: 'Images on the map by label' });
    await table.getByRole('row', { name: /^nights 24/ }).waitFor();
    await table.getByRole('row', { name: /^days 27/ }).waitFor();
  });

  it.each(['/map', '/map?kind=UMAP'])('%s fits a screen of 400 pixels', async (path) => {
    await expectToFitAPhone(page, `${server.url}${path}`);
  });

  it('has logged no error in the browser', () => {
    expect(browser.complaints).toEqual([]);
  });
});
