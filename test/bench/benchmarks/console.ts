import type { Page } from 'playwright-core';
import { openBrowser } from '../../e2e/browser.js';
import type { Benchmark, Row } from '../harness/benchmark.js';

const ROUNDS = 3;
const PAGES = 3;
const WHEEL_PIXELS = 100;
const WHEEL_MS = 16;
const LONG_FRAME_MS = 50;
const KIB = 1024;
const FIRST_LOAD_KIB = 200;
const FIRST_LOAD = 'first load of Search, transferred, with the pictures on it';
/** What is fetched ahead once the page stands counts too. */
const AFTERWARDS_MS = 2000;

interface Transfer {
  /** By kind of resource, in bytes as they came over the wire, headers too. */
  readonly bytes: ReadonlyMap<string, number>;
}

/** A browser with an empty cache for the first load of Search; scrolling through the dataset's pages. */
export const benchmark: Benchmark = {
  title: 'The console in Chromium: first load of Search, scrolling through 60,000 images',
  run: async (tools) => {
    if (!process.env['LOOKALIKE_CHROMIUM']) {
      return [notRun(FIRST_LOAD), notRun('longest frame while scrolling')];
    }
    const server = await tools.server();
    const { url } = server;
    await server.fetch('/search'); // the console gets ready in the background
    const loads: Transfer[] = [];
    const remoteLoads: Transfer[] = [];
    const frames: number[][] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      let browser = await openBrowser(server);
      try {
        loads.push(await firstLoad(await browser.context.newPage(), `${url}/search`));
      } finally {
        await browser.close();
      }
      browser = await openBrowser(server);
      try {
        const page = await browser.context.newPage();
        remoteLoads.push(await firstLoad(page, `${url}/search`, 'gzip, deflate'));
        frames.push(await scrolled(await browser.context.newPage(), `${url}/dataset`));
      } finally {
        await browser.close();
      }
    }
    const all = frames.flat();
    const long = all.filter((frame) => frame > LONG_FRAME_MS).length;
    const rows: Row[] = [
      {
        what: FIRST_LOAD,
        unit: 'KiB',
        ours: loads.map(kibibytes),
        other: null,
        target: { of: 'ours', atMost: FIRST_LOAD_KIB },
        remark: byKind(loads.at(-1)),
      },
      {
        what: 'the same without Brotli, as browsers ask other machines over plain HTTP',
        unit: 'KiB',
        ours: remoteLoads.map(kibibytes),
        other: null,
        target: { of: 'ours', atMost: FIRST_LOAD_KIB },
        remark: byKind(remoteLoads.at(-1)),
      },
      {
        what: 'longest frame while scrolling through pages of a dataset',
        unit: 'ms',
        ours: frames.map((round) => Math.max(...round)),
        other: null,
        target: { of: 'ours', atMost: LONG_FRAME_MS },
        remark: `${long} of ${all.length} frames took more than ${LONG_FRAME_MS} ms.`,
      },
    ];
    return rows;
  },
};

function notRun(what: string): Row {
  return { what, unit: '', ours: [], other: null, remark: 'No Chromium or Chrome was found.' };
}

/** @param accepted the encodings that the browser says it takes; its own choice if not given */
async function firstLoad(page: Page, url: string, accepted?: string): Promise<Transfer> {
  const bytes = new Map<string, number>();
  const kinds = new Map<string, string>();
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  if (accepted) await page.setExtraHTTPHeaders({ 'accept-encoding': accepted });
  session.on('Network.responseReceived', ({ requestId, type }) => {
    kinds.set(requestId, type.toLowerCase());
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? 'other';
    bytes.set(kind, (bytes.get(kind) ?? 0) + encodedDataLength);
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.getByRole('list', { name: 'Test images' }).getByRole('link').first().waitFor();
  await page.waitForTimeout(AFTERWARDS_MS);
  await page.close();
  return { bytes };
}

function kibibytes({ bytes }: Transfer): number {
  return sum([...bytes.values()]) / KIB;
}

function byKind(transfer: Transfer | undefined): string {
  const parts = [...(transfer?.bytes ?? [])].map(
    ([kind, bytes]) => `${kind} ${(bytes / KIB).toFixed(0)} KiB`,
  );
  return `By kind: ${parts.join(', ')}.`;
}

/** Turns the wheel from top to bottom, page after page. @returns the milliseconds of every frame */
async function scrolled(page: Page, url: string): Promise<number[]> {
  await page.goto(url, { waitUntil: 'networkidle' });
  const frames: number[] = [];
  for (let turned = 0; turned < PAGES; turned += 1) {
    await page.evaluate(watchFrames);
    await page.mouse.move(640, 500);
    await page.evaluate('scrollTo(0, 0)');
    for (;;) {
      await page.mouse.wheel(0, WHEEL_PIXELS);
      await page.waitForTimeout(WHEEL_MS);
      if (await page.evaluate<boolean>(IS_AT_THE_END)) break;
    }
    frames.push(...(await page.evaluate<number[]>('stopWatchingFrames()')));
    await page.getByRole('button', { name: 'Next' }).click();
    await page.waitForLoadState('networkidle');
  }
  await page.close();
  return frames;
}

const IS_AT_THE_END = 'scrollY + innerHeight >= document.documentElement.scrollHeight - 1';

/** In the page, as text: this program's types know no browser. */
const watchFrames = `(() => {
  const frames = [];
  let last = performance.now();
  let watching = true;
  const frame = (now) => {
    frames.push(now - last);
    last = now;
    if (watching) requestAnimationFrame(frame);
  };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(frame); });
  window.stopWatchingFrames = () => { watching = false; return frames; };
})()`;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
