import { cacheExchange, Client, fetchExchange } from 'urql';
import { fetchOrLogIn } from './session';
import { timingExchange } from './timing-exchange';

/**
 * The one way to the API: same origin, typed documents. In the Next server it answers nothing, as
 * data is fetched in the browser only.
 */
export function createApiClient(): Client {
  const inBrowser = typeof window !== 'undefined';
  return new Client({
    url: '/graphql',
    exchanges: inBrowser ? [cacheExchange, timingExchange, fetchExchange] : [],
    // Most of what is shown can change behind our back: show what is known, then ask again.
    requestPolicy: 'cache-and-network',
    preferGetMethod: false,
    fetch: fetchOrLogIn,
    fetchOptions: { headers: { 'apollo-require-preflight': 'true' } },
  });
}
