import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.html': 'text/html; charset=utf-8',
};

/** The name of a file whose name holds the digest of its content: it never changes. */
const HASHED = /-[A-Z0-9]{8}\.\w+$/;

/** The web UI as the gateway serves it: one page, and the files of one folder. */
export interface WebUi {
  /** The built files; nothing outside of this folder is ever served. */
  directory: string;
  /** The page for a nonce; the nonce is the only way in for a script. */
  page(nonce: string): { html: string; policy: string };
}

/** Serves `GET /`, and files under `/ui/`. Returns false for anything else. */
export async function servePage(ui: WebUi, pathname: string, response: ServerResponse): Promise<boolean> {
  if (pathname === '/' || pathname === '/index.html') {
    const nonce = randomBytes(16).toString('base64');
    const { html, policy } = ui.page(nonce);
    send(response, 200, TYPES['.html'] as string, html, { policy: `${policy}; frame-ancestors 'none'` });
    return true;
  }
  const file = /^\/ui\/([\w.-]+(?:\/[\w.-]+)?)$/.exec(pathname)?.[1];
  const type = file && TYPES[path.extname(file)];
  if (!file || !type || file.includes('..')) return false;
  try {
    const body = await readFile(path.join(ui.directory, file));
    send(response, 200, type, body, { kept: HASHED.test(file) });
    return true;
  } catch {
    return false;
  }
}

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  { policy = "default-src 'none'", kept = false }: { policy?: string; kept?: boolean } = {},
): void {
  response.writeHead(status, {
    'content-type': type,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': kept ? 'public, max-age=31536000, immutable' : 'no-store',
  });
  response.end(body);
}
