/** What is built from what. `esbuild.mjs` reads this table; a new worker or program is one more row. */
export interface Bundle {
  readonly entry: string;
  readonly out: string;
  /** `host`: CommonJS in VS Code's extension host; `node`: ESM in Node; `browser`: ESM for webviews and browsers. */
  readonly kind: 'host' | 'node' | 'browser';
  /** A program that is started by name: hashbang and executable bit. */
  readonly program?: true;
}

export const bundles: readonly Bundle[] = [
  { entry: 'extension/extension.ts', out: 'dist/extension.cjs', kind: 'host' },
  { entry: 'extension/link/door.ts', out: 'dist/door.cjs', kind: 'host' },
  { entry: 'companion/main.ts', out: 'dist/companion.js', kind: 'node' },
  { entry: 'companion/cli/progeny.ts', out: 'dist/progeny.js', kind: 'node', program: true },
  { entry: 'companion/store/worker.ts', out: 'dist/store-worker.js', kind: 'node' },
  { entry: 'companion/memory/recall-worker.ts', out: 'dist/recall-worker.js', kind: 'node' },
  { entry: 'companion/themes-worker.ts', out: 'dist/themes-worker.js', kind: 'node' },
  { entry: 'companion/embedding/worker.ts', out: 'dist/embedding-worker.js', kind: 'node' },
  { entry: 'companion/language/embedded-process.ts', out: 'dist/language-process.js', kind: 'node' },
  { entry: 'webviews/main.tsx', out: 'dist/webview/main.js', kind: 'browser' },
  { entry: 'test/host/suite/index.ts', out: 'out/test/host/index.cjs', kind: 'host' },
];

/** What stands beside the bundles as it comes: the runtime of the sentence model. */
export const copies: readonly { readonly from: string; readonly out: string }[] = [
  {
    from: 'node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
    out: 'dist/ort-wasm-simd-threaded.wasm',
  },
];

/** Folders and files whose change makes the build stale. */
export const sources: readonly string[] = [
  'companion',
  'extension',
  'webviews',
  'test/host/suite',
  'test/host/harness',
  'scripts/bundles.ts',
  'scripts/vscode-once.ts',
  'esbuild.mjs',
  'package.json',
  'package-lock.json',
];

/** Packages with native parts: never bundled, shipped whole by `scripts/package.ts`. */
export const natives: readonly string[] = ['better-sqlite3', '@parcel/watcher'];
