import { readdir, readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import type { Machine } from './probes.ts';
import { systemPrograms } from './programs.ts';

const OLLAMA_PORT = 11_434;
const MOST_BYTES = 64 * 1024;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]', '0.0.0.0']);

/** This machine. It asks servers on loopback alone, whatever the environment says. */
export function thisMachine(environment: NodeJS.ProcessEnv = process.env): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    programs: systemPrograms(environment),
    ollamaPort: ollamaPort(environment.OLLAMA_HOST),
    read: (file) => readFile(file, 'utf8').catch(() => null),
    list: (folder) => readdir(folder).catch(() => []),
    ask: askLoopback,
  };
}

/** The port in `OLLAMA_HOST` where that is about this machine; else Ollama's own. */
export function ollamaPort(host = ''): number {
  const match = /^(?:http:\/\/)?(\[[0-9a-f:]+\]|[^:/]*)(?::(\d{1,5}))?\/?$/i.exec(host.trim());
  const [, name = '', port] = match ?? [];
  const here = name === '' || LOOPBACK.has(name.toLowerCase());
  const number = Number(port);
  return here && number > 0 && number < 65_536 ? number : OLLAMA_PORT;
}

function askLoopback(port: number, route: string, signal: AbortSignal): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  // An agent of its own goes by no proxy.
  const agent = new Agent({ keepAlive: false });
  const asked = request({ host: '127.0.0.1', port, path: route, agent, signal }, (response) => {
    let body = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      body += chunk;
      if (body.length > MOST_BYTES) response.destroy();
    });
    response.on('end', () => resolve(response.statusCode === 200 ? body : null));
    response.on('close', () => resolve(null));
    response.on('error', () => resolve(null));
  });
  asked.on('error', () => resolve(null));
  asked.end();
  return promise;
}
