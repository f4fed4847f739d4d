import path from 'node:path';
import type { BuildOptions } from 'esbuild';

/**
 * How the web app is built: one entry, a chunk for each route, everything hashed but the entry. The build and
 * the browser tests share this, so that what is tested is what is shipped.
 */
export function webviewBuild(root: string, outdir: string): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: { main: path.join(root, 'webviews/main.tsx') },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    minify: true,
    sourcemap: 'linked',
    metafile: true,
    logLevel: 'warning',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    chunkNames: 'chunks/[name]-[hash]',
    assetNames: '[name]',
    loader: { '.ttf': 'file', '.svg': 'text' },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        // What the app does not use of the companion's own modules (the contract's schemas) stays out of it.
        name: 'pure-modules',
        setup(build) {
          build.onResolve({ filter: /^\.{1,2}\// }, async ({ path: file, ...rest }) => {
            if (rest.pluginData === 'pure' || !/\.ts$/.test(file)) return null;
            const found = await build.resolve(file, { ...rest, pluginData: 'pure' });
            const ours = found.path.startsWith(path.join(root, 'companion') + path.sep);
            return ours ? { ...found, sideEffects: false } : found;
          });
        },
      },
    ],
  };
}
