// The doors of a client that runs in Node: finding the companion, starting it, opening its socket.
export { type Discovery, discovery, discoveryFile, isAlive, readDiscovery } from './discovery.ts';
export { ensureCompanion, findCompanion, type Launch, openSocket } from './launch.ts';
