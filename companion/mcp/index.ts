/** What agents may ask of the companion, as tools of the Model Context Protocol. */
export type {
  AgentDoor,
  DecideAsk,
  ForgetAsk,
  Principal,
  ProposeAsk,
  RecallAsk,
  RememberAsk,
} from './agent-door.ts';
export { agentName } from './agent-name.ts';
export { AgentTokens } from './agent-tokens.ts';
export { FORGET_WAITS_MS, ForgetRequests } from './forget-requests.ts';
export { FOLDER_HEADER, HttpDoor } from './http-door.ts';
export { MOST_PROPOSED, MOST_WAITING, proposalsLeft } from './proposals.ts';
export { choose, chooseOne } from './sight.ts';
