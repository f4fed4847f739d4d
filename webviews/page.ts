// The one page of the app, made by whoever serves it: the companion's gateway or the extension. Runs in Node.

export interface PageOptions {
  /** Fresh for each page; the only way in for a script. */
  nonce: string;
  /** Where styles, fonts and images may come from: `'self'`, or the webview's `cspSource`. */
  cspSource: string;
  scriptUri: string;
  styleUris: readonly string[];
  host: 'vscode' | 'browser';
  title: string;
}

/**
 * What the page may load and talk to. Nothing inline, nothing remote; a webview talks to its extension only,
 * a browser to its own origin (`'self'` covers the socket). Sent as a header, `frame-ancestors` belongs to it, too,
 * which a page cannot say of itself.
 */
export function contentPolicy({
  nonce,
  cspSource,
  host,
}: Pick<PageOptions, 'nonce' | 'cspSource' | 'host'>): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    ...(host === 'browser' ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

export function page(options: PageOptions): string {
  const { nonce, scriptUri, styleUris, host, title } = options;
  const styles = styleUris.map((uri) => `<link rel="stylesheet" href="${attribute(uri)}">`).join('\n    ');
  return `<!doctype html>
<html lang="en" data-host="${host}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${attribute(contentPolicy(options))}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <link rel="icon" href="data:,">
    <title>${attribute(title)}</title>
    ${styles}
  </head>
  <body>
    <div id="app"></div>
    <noscript>Progeny needs JavaScript to show this page.</noscript>
    <script type="module" nonce="${attribute(nonce)}" src="${attribute(scriptUri)}"></script>
  </body>
</html>
`;
}

function attribute(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
