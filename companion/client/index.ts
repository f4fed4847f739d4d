export { type Api, createApi, NotConnectedError, type SocketLike, toProgenyError } from './api.ts';
export {
  type Capabilities,
  type ClientKind,
  type ClientOptions,
  CompanionClient,
  type Connection,
} from './companion-client.ts';
