import { createAdminKey } from './compose-access.js';
import { readConfig } from './config.js';
import { reasonOf } from './domain/errors.js';
import { addressOf, loginWords } from './domain/login-words.js';

/** The command `npm run admin-key`: another key that may do everything, and the link to log in with it. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  console.log(loginWords(addressOf(config.host, config.port), await createAdminKey(config)));
}

main().catch((thrown: unknown) => {
  console.error(reasonOf(thrown));
  process.exitCode = 1;
});
