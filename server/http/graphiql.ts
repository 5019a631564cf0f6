import type { ServerResponse } from 'node:http';
import { graphiqlPolicy } from './content-policy.js';

/** Answers with GraphiQL, in one page that asks no other host for anything. */
export function createGraphiqlHandler(): (response: ServerResponse) => Promise<void> {
  let page: Promise<{ readonly html: string; readonly policy: string }> | null = null;
  return async (response) => {
    const { html, policy } = await (page ??= makePage());
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
    });
    response.end(html);
  };
}

/** Made when it is first asked for: the page is 9 MB of script, half a second of every start. */
async function makePage() {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: 'Lookalike API',
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    headers: JSON.stringify({ 'apollo-require-preflight': 'true' }),
    defaultQuery:
      '{\n  datasets {\n    id\n    title\n    labelCounts { label split count }\n  }\n}\n',
  });
  return { html, policy: graphiqlPolicy(html) };
}
