import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_KEY } from '../integration/admin-key.js';
import { temporaryDirectory } from '../integration/data-directory.js';
import { ask, upload } from '../integration/graphql-request.js';
import { colouredPicture } from '../integration/picture-folder.js';
import { startServer, type RunningServer } from '../integration/running-server.js';
import { openBrowser, type OpenBrowser } from './browser.js';

/** What runs where text is taken for HTML: at once, when it fails to load, or when it is clicked. */
const INJECTED =
  '<script>window.injected=1</script><img src=x onerror="window.injected=1"><a href="javascript:window.injected=1">x</a>';
const PAGES = [
  ...[
    '/',
    '/search',
    '/search?image=1',
    '/dataset',
    '/dataset/images/1',
    '/dataset/import',
    '/datasets',
  ],
  ...[
    '/datasets/new',
    '/datasets/import',
    '/duplicates',
    '/odd',
    '/map',
    '/labels',
    '/models',
    '/models/1',
  ],
  ...[
    '/runs',
    '/runs/new',
    '/runs/1',
    '/sweeps',
    '/sweeps/new',
    '/sweeps/1',
    '/api',
    '/keys',
    '/audit',
  ],
  ...['/login', '/nowhere'],
];

/** What strangers may try in the console. */
describe('closed doors', () => {
  let directory: string;
  let server: RunningServer;
  let browser: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    directory = await temporaryDirectory();
    server = await startServer(join(directory, 'data'));
    await ask(
      server,
      'mutation ($title: String!) { createDataset(name: "shoes", title: $title) { id } }',
      {
        title: INJECTED.slice(0, 100),
      },
    );
    const added = await upload(
      server,
      `mutation ($file: Upload!, $name: String!, $label: String!) {
        addImages(datasetId: 1, images: [{ name: $name, file: $file, label: $label }]) { outcome } }`,
      { name: `${INJECTED}.png`.replaceAll('/', '|'), label: INJECTED.slice(0, 100) },
      await colouredPicture(1),
    );
    expect(added).toEqual({ data: { addImages: [{ outcome: 'ADDED' }] } });
    browser = await openBrowser(server);
    page = browser.page;
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
        Object.assign(window, { violated: violatedDirective });
      });
    });
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it.each(PAGES)(
    '%s has a policy that allows no script but ours, and keeps to it',
    async (path) => {
      const response = await page.goto(server.url + path);
      const policy = response?.headers()['content-security-policy'] ?? '';
      const [, scripts = ''] = /script-src ([^;]+)/.exec(policy) ?? [];
      expect(scripts).toMatch(/^'self' '(sha256|nonce)-/);
      expect(scripts).not.toContain('unsafe');
      if (path === '/api') {
        // GraphiQL's worker is a blob, and Chromium does not always tell that it is loaded.
        await page.frameLocator('iframe').getByText('labelCounts').first().waitFor();
      } else {
        await page.waitForLoadState('networkidle');
      }
      expect(
        await page.evaluate((): unknown[] => [
          Reflect.get(window, 'injected') as unknown,
          Reflect.get(window, 'violated') as unknown,
        ]),
      ).toEqual([undefined, undefined]);
    },
  );

  it('GraphiQL has a policy of its own, and works under it', async () => {
    // What it was left with on the API page.
    await page.evaluate(() => localStorage.clear());
    const response = await page.goto(`${server.url}/graphiql`);
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy).toMatch(/script-src 'sha256-[^ ]+';/);
    const run = page.locator('.graphiql-execute-button, button[aria-label^="Execute"]').first();
    const isAsked = (request: Request) => request.postData()?.includes('labelCounts') ?? false;
    // The editor comes with a script of its own.
    await page.getByText('labelCounts').first().waitFor();
    const answered = page.waitForResponse((answer) => isAsked(answer.request()));
    await run.click();
    expect(await (await answered).json()).toMatchObject({ data: { datasets: [{ id: '1' }] } });
    expect(await page.evaluate(() => Reflect.get(window, 'violated') as unknown)).toBeUndefined();
  });

  it('no page has complained', () => {
    // A model, a run, a sweep and a page that are not there are said to be so by their status.
    expect(browser.complaints.filter((complaint) => !complaint.includes('404'))).toEqual([]);
  });

  it('a script that gets into a page all the same does not run', async () => {
    await page.goto(`${server.url}/dataset`);
    const outcome = await page.evaluate(async (): Promise<unknown[]> => {
      const violation = new Promise((resolve) => {
        addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective));
      });
      const script = document.createElement('script');
      script.textContent = 'window.injected = 1';
      document.body.append(script);
      return [await violation, Reflect.get(window, 'injected') as unknown];
    });
    expect(outcome).toEqual(['script-src-elem', undefined]);
  });

  it('a link with another key asks before it replaces who is logged in', async () => {
    const { createAccessKey } = await ask<{ createAccessKey: { secret: string } }>(
      server,
      'mutation { createAccessKey(input: { name: "Stranger", role: SEARCH }) { secret } }',
    );
    const link = `${server.url}/login#${createAccessKey.secret}`;
    const who = async () =>
      ((await (await page.request.get(`${server.url}/session`)).json()) as { name: string }).name;
    const before = await who();
    await page.goto(link);
    await page.getByRole('button', { name: /^Stay logged in/ }).click();
    await page.waitForURL((url) => url.pathname !== '/login');
    expect(await who()).toBe(before);
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByRole('button', { name: /^Log in with the link/ }).click();
    await page.waitForURL((url) => url.pathname !== '/login');
    expect(await who()).toBe('Stranger');
    await page.request.post(`${server.url}/session`, { data: { key: ADMIN_KEY } });
  });

  it('the audit log lists who did what, and filters it', async () => {
    await page.goto(`${server.url}/audit`);
    const entries = page.getByTestId('audit-entry');
    await entries.filter({ hasText: 'createDataset' }).first().waitFor();
    expect(await entries.filter({ hasText: 'addImages' }).first().textContent()).toContain(
      'dataset 1',
    );
    await page.getByLabel('Action').selectOption('login');
    await page.waitForURL('**/audit?action=login');
    await entries.filter({ hasText: 'createDataset' }).first().waitFor({ state: 'detached' });
    await entries
      .filter({ hasText: 'Stranger' })
      .first()
      .getByRole('link', { name: 'Stranger' })
      .press('Enter');
    await page.waitForURL('**caller=Stranger**');
    await expect.poll(() => entries.count()).toBe(1);
    await page.getByLabel('Caller').selectOption('');
    await expect.poll(() => entries.count()).toBeGreaterThan(1);
  });
});
