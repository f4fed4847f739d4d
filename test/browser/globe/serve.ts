import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import { webviewBuild } from '../../../webviews/build.ts';
import { contentPolicy, page } from '../../../webviews/page.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };
const NONCE = 'bm9uY2U';

export interface ServedPage extends AsyncDisposable {
  readonly url: string;
}

/**
 * Builds one script as the app is built and serves it with the app's own page and policy; without the policy where
 * other people's libraries are on the page, which add styles of their own.
 */
export async function servePage(entry: string, name: string, strict = true): Promise<ServedPage> {
  const files = path.join(root, 'out', 'test', name);
  const options = webviewBuild(root, files);
  await build({
    ...options,
    entryPoints: { main: path.join(root, entry) },
    entryNames: '[name]',
    sourcemap: false,
    // No app whose first files are to be noted.
    plugins: options.plugins?.filter(({ name }) => name === 'pure-modules') ?? [],
  });
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (asked === '/') {
      const policy = { nonce: NONCE, cspSource: "'self'", host: 'browser' as const };
      if (strict) response.setHeader('content-security-policy', contentPolicy(policy));
      response.setHeader('content-type', 'text/html; charset=utf-8');
      const uris = { scriptUri: '/main.js', styleUris: ['/main.css'] };
      const html = page({ ...policy, ...uris, title: 'Globe' });
      response.end(strict ? html : html.replace(/<meta http-equiv[^>]*>/, ''));
      return;
    }
    readFile(path.join(files, path.normalize(asked))).then(
      (content) => {
        response.setHeader('content-type', TYPES[path.extname(asked)] ?? 'application/octet-stream');
        response.end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
