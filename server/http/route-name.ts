/** First parts of the paths that are counted by their own name. */
const NAMED = new Set([
  ...[
    'bundles',
    'datasets',
    'graphiql',
    'graphql',
    'healthz',
    'images',
    'login',
    'maps',
    'metrics',
  ],
  ...['originals', 'readyz', 'reconstructions', 'schema.graphql', 'session', 'thumbnails'],
]);

/** What a path is called in measurements: one of few names, whatever paths there are. */
export function routeNameOf(pathname: string): string {
  const [, first = ''] = pathname.split('/', 2);
  return NAMED.has(first) ? first : 'console';
}
