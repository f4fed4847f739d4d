export type { Caller } from './caller.ts';
export type { Connection } from './connection.ts';
export { publishDiscovery, withdrawDiscovery } from './discovery-file.ts';
export { Gateway, type GatewayOptions } from './gateway.ts';
export { gatewayHandlers } from './handlers.ts';
export type { Mount } from './mount.ts';
export { openApiDocument } from './openapi.ts';
export type { WebUi } from './pages.ts';
export { type FindAgent, newToken, Sessions } from './sessions.ts';
