import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerRequests } from '../harness/conversation.js';
import {
  httpLoadOf,
  isAnswered,
  type HttpLoad,
  type HttpRequest,
  type PaceOrder,
} from '../harness/http-load.js';

const agent = new Agent({ keepAlive: true });

await answerRequests(pace);

async function pace({ url, perSecond, seconds, requests }: PaceOrder): Promise<HttpLoad> {
  const count = Math.round(perSecond * seconds);
  const milliseconds: number[] = [];
  const faults: string[] = [];
  const started = performance.now();
  const underWay: Promise<void>[] = [];
  for (let number = 0; number < count; number += 1) {
    const wait = started + (number / perSecond) * 1000 - performance.now();
    if (wait > 0) await sleep(wait);
    const request = requests[number % requests.length];
    if (request) {
      underWay.push(
        send(url, request).then(
          (time) => void milliseconds.push(time),
          (thrown: unknown) => void faults.push(String(thrown)),
        ),
      );
    }
  }
  await Promise.all(underWay);
  return httpLoadOf(milliseconds, seconds, faults);
}

function send(url: string, { method, path, headers, body }: HttpRequest): Promise<number> {
  const bytes = Buffer.from(body, 'base64');
  return new Promise((resolve, reject) => {
    const sent = performance.now();
    const outgoing = httpRequest(new URL(path, url), { agent, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (isAnswered(response.statusCode ?? 0, text)) resolve(performance.now() - sent);
        else reject(new Error(`status ${response.statusCode}: ${text.slice(0, 300)}`));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(bytes);
  });
}
