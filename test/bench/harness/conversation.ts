import { createInterface } from 'node:readline';
import { ANSWER } from './program.js';

/**
 * The other end of a `Program`: answers each line of JSON on stdin with what `respond` makes of it,
 * and ends the process when stdin does.
 */
export async function answerRequests(respond: (request: never) => unknown): Promise<never> {
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      tell({ answer: (await respond(JSON.parse(line) as never)) ?? null });
    } catch (thrown) {
      tell({ error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
    }
  }
  process.exit(0);
}

function tell(answer: unknown): void {
  process.stdout.write(`${ANSWER}${JSON.stringify(answer)}\n`);
}
