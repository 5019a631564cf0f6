import { createClient, type Client } from 'graphql-ws/client';

let shared: Client | null = null;

/**
 * The WebSocket to the API, opened when something is followed. It does not retry by itself: whoever
 * follows knows where to go on from (see follow-run.ts).
 */
export function liveConnection(): Client {
  shared ??= connect();
  return shared;
}

const PING_MS = 10_000;
const PONG_MS = 5_000;

function connect(): Client {
  const { protocol, host } = window.location;
  let socket: WebSocket | null = null;
  let overdue: ReturnType<typeof setTimeout> | undefined;
  return createClient({
    url: `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/graphql`,
    retryAttempts: 0,
    keepAlive: PING_MS,
    on: {
      opened: (opened) => {
        socket = opened instanceof WebSocket ? opened : null;
      },
      // A connection that no longer answers pings is dead, though nobody has closed it.
      ping: (received) => {
        if (!received) overdue = setTimeout(() => socket?.close(4408, 'No pong'), PONG_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(overdue);
      },
      closed: () => clearTimeout(overdue),
    },
  });
}
