import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { ADMIN_KEY } from '../integration/admin-key.js';

export interface OpenBrowser {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page has logged as errors so far. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/**
 * A Chromium with a profile of its own, which the set-up has found or installed, logged in as the admin of a
 * server.
 */
export async function openBrowser(server: { readonly url: string }): Promise<OpenBrowser> {
  const executablePath = process.env['LOOKALIKE_CHROMIUM'];
  if (!executablePath) {
    throw new Error('No browser: run the tests with `npm test`, or set LOOKALIKE_CHROMIUM.');
  }
  const profile = await mkdtemp(join(tmpdir(), 'lookalike-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: { width: 1280, height: 900 },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  context.setDefaultTimeout(60_000);
  await context.request.post(`${server.url}/session`, { data: { key: ADMIN_KEY } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    complaints.push(`${message.text()} ${message.location().url}`);
  });
  return {
    ...{ context, page, complaints },
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
