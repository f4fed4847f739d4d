import { existsSync, globSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { BuildOptions, BuildResult, Plugin } from 'esbuild';
import { type Assets, writeAssets } from './assets.ts';

/**
 * How the web app is built: one entry, a chunk for each route, the digest of its content in the name of every file,
 * so that each may be kept for ever by whoever serves it; `assets.json` names the first of them. The build and the
 * browser tests share this, so that what is tested is what is shipped.
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
    entryNames: '[name]-[hash]',
    chunkNames: 'chunks/[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.ttf': 'file', '.svg': 'text' },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      named(root, outdir),
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

/** The first files of a build, by what esbuild says of it. Pure. */
export function assetsOf(metafile: NonNullable<BuildResult['metafile']>, outdir: string): Assets {
  const entry = Object.entries(metafile.outputs).find(
    ([, { entryPoint }]) => entryPoint === 'webviews/main.tsx',
  );
  if (!entry) throw new Error('The build of the web app has no entry.');
  const [script, { cssBundle }] = entry;
  const name = (file: string) => path.relative(outdir, file).replaceAll(path.sep, '/');
  return { script: name(script), styles: cssBundle === undefined ? [] : [name(cssBundle)] };
}

/** After each build: says what its first files are called now, and takes away what an earlier one left. */
function named(root: string, outdir: string): Plugin {
  return {
    name: 'named-assets',
    setup(build) {
      if (build.initialOptions.write === false) return;
      build.onEnd(({ metafile, errors }) => {
        if (!metafile || errors.length > 0) return;
        const made = new Set(Object.keys(metafile.outputs).map((file) => path.resolve(root, file)));
        mkdirSync(outdir, { recursive: true });
        writeAssets(outdir, assetsOf(metafile, path.relative(root, outdir)));
        for (const file of globSync('{,chunks/}*-????????.{js,css,ttf,svg,png}{,.map}', { cwd: outdir })) {
          const absolute = path.join(outdir, file);
          if (!made.has(absolute) && existsSync(absolute)) rmSync(absolute);
        }
      });
    },
  };
}
