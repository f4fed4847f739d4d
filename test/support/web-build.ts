import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { webviewBuild } from '../../webviews/build.ts';

const root = path.join(import.meta.dirname, '../..');

/** A build of the web app, in memory: what each file holds, weighs and loads. */
export interface WebBuild {
  readonly outputs: Metafile['outputs'];
  /** The output that a browser asks for first. */
  readonly entry: string;
  /** The output of a view's own code, by the view's id. Throws where there is none. */
  routeOf(view: string): string;
  /** What is loaded for these outputs and by them, at once or later, but for what is another view's. */
  closure(...outputs: readonly string[]): ReadonlySet<string>;
  /** Bytes as they travel. */
  gzipped(outputs: Iterable<string>): number;
}

/** Builds the app as it is shipped. */
export async function buildWebApp(): Promise<WebBuild> {
  const outdir = path.join(root, 'dist/webview');
  const options = { ...webviewBuild(root, outdir), write: false as const, metafile: true as const };
  const { metafile, outputFiles } = await build({ ...options, sourcemap: false });
  const { outputs } = metafile;
  const sizes = new Map(
    outputFiles.map((file) => [
      path.relative(root, file.path).replaceAll(path.sep, '/'),
      gzipSync(file.contents, { level: 6 }).length,
    ]),
  );
  const byEntry = new Map(
    Object.entries(outputs).flatMap(([name, { entryPoint }]) => (entryPoint ? [[entryPoint, name]] : [])),
  );
  const found = (source: string) => {
    const output = byEntry.get(source);
    if (!output) throw new Error(`${source} is no entry of the build; there are ${[...byEntry.keys()]}`);
    return output;
  };
  const isRoute = (name: string) => /-route\.tsx$/.test(outputs[name]?.entryPoint ?? '');
  const closure = (...start: readonly string[]) => {
    const seen = new Set(start);
    for (const name of seen) {
      const { imports = [], cssBundle } = outputs[name] ?? {};
      for (const { path: next, kind, external } of imports)
        if (!external && !(kind === 'dynamic-import' && isRoute(next))) seen.add(next);
      if (cssBundle) seen.add(cssBundle);
    }
    return seen;
  };
  return {
    outputs,
    entry: found('webviews/main.tsx'),
    routeOf: (view) => found(`webviews/routes/${view}/${view}-route.tsx`),
    closure,
    gzipped: (names) => [...names].reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0),
  };
}
