import { circumstances } from '../harness/circumstances.js';
import { answerRequests } from '../harness/conversation.js';

await answerRequests(circumstances);
