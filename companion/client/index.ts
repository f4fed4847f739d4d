export { type Api, createApi, type SocketLike, toProgenyError } from './api.ts';
export {
  type Capabilities,
  type ClientKind,
  type ClientOptions,
  CompanionClient,
  type Connection,
  NotConnectedError,
} from './companion-client.ts';
