/*
 * The whole server, except that `similarImages` always answers what it has answered once: what GraphQL
 * and HTTP alone can do. Takes its settings from the environment, as the server does; asked with an
 * image's id, it tells its port.
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
  const { search } = server.services;
  const options = { k: 10, filter: { split: 'TRAIN' as const }, modelId: null };
  const answer = await search.similarToImage(imageId, options);
  const constant = Object.assign(Object.create(search) as SearchService, {
    similarToImage: () => answer,
  });
  const http = await serveHttp(
    { ...server.services, search: constant },
    server.log,
    config,
    server,
  );
  // As the whole server does: the memory that it keeps slows down everything else.
  await http.prepareConsole();
  return { port: http.port };
});
