/*
 * The whole server at two doors: one where it answers as ever, and one where `similarImages` always
 * answers what it has answered once, which is what GraphQL and HTTP alone can do. In one process, for
 * two that are started one after the other differ by more than the doors: by a tenth, as their memory
 * and their compiled code happen to lie. Takes its settings from the environment, as the server does;
 * asked with an image's id, it tells the ports of its doors.
 */
import { composeServer } from '../../../server/compose.js';
import { readConfig } from '../../../server/config.js';
import { serveHttp } from '../../../server/http.js';
import type { SearchService } from '../../../server/services/search.service.js';
import { answerRequests } from '../harness/conversation.js';

const config = readConfig(process.env);
const server = await composeServer(config);
await server.loadIndexes();
await server.begin();

await answerRequests(async (imageId: number) => {
  const { services, log } = server;
  const options = { k: 10, filter: { split: 'TRAIN' as const }, modelId: null };
  const answer = await services.search.similarToImage(imageId, options);
  const constant = Object.assign(Object.create(services.search) as SearchService, {
    similarToImage: () => answer,
  });
  const ours = await serveHttp(services, log, config, server);
  const beside = await serveHttp({ ...services, search: constant }, log, config, server);
  // As the whole server does: the memory that it keeps slows down everything else.
  await ours.prepareConsole();
  return { ours: ours.port, constant: beside.port };
});
