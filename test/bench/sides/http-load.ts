import autocannon from 'autocannon';
import { answerRequests } from '../harness/conversation.js';
import { httpLoadOf, isAnswered, type HttpLoad, type LoadOrder } from '../harness/http-load.js';

/** A connection repeats at least so many different requests, and as many as there are for it. */
const MIN_OF_A_CONNECTION = 40;
const TIMEOUT_SECONDS = 30;

await answerRequests(load);

/** autocannon tells whole milliseconds; what it measured itself is finer. */
async function load({ url, connections, seconds, requests }: LoadOrder): Promise<HttpLoad> {
  const prepared = requests.map(({ method, path, headers, body }) => ({
    method,
    path,
    headers,
    body: Buffer.from(body, 'base64'),
  }));
  const each = Math.max(MIN_OF_A_CONNECTION, Math.ceil(prepared.length / connections));
  let connected = 0;
  const milliseconds: number[] = [];
  const faults: string[] = [];
  const started = performance.now();
  const { errors, timeouts } = await new Promise<autocannon.Result>((resolve, reject) => {
    const options: autocannon.Options = {
      url,
      connections,
      duration: seconds,
      timeout: TIMEOUT_SECONDS,
      setupClient: (client) => {
        const start = (connected * each) % prepared.length;
        connected += 1;
        client.setRequests([...prepared, ...prepared].slice(start, start + each));
      },
      verifyBody: (body) => {
        const text = String(body);
        if (!isAnswered(200, text)) faults.push(text.slice(0, 300));
        return true;
      },
    };
    const running = autocannon(options, (error: Error | null, result) => {
      if (error) reject(error);
      else resolve(result);
    });
    running.on('response', (_client, status, _bytes, time) => {
      if (status === 200) milliseconds.push(time);
      else faults.push(`status ${status}`);
    });
  });
  if (errors + timeouts > 0) faults.push(`${errors} errors, ${timeouts} timeouts`);
  return httpLoadOf(milliseconds, (performance.now() - started) / 1000, faults);
}
