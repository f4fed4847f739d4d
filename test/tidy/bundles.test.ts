import assert from 'node:assert/strict';
import path from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { natives } from '../../scripts/bundles.ts';
import { vscodeOnce } from '../../scripts/vscode-once.ts';
import { webviewBuild } from '../../webviews/build.ts';
import { VIEWS } from '../../webviews/model/views.ts';
import { buildWebApp, type WebBuild } from '../support/web-build.ts';

const root = path.join(import.meta.dirname, '../..');
const builds: Readonly<Record<string, BuildOptions>> = {
  'the extension': {
    absWorkingDir: root,
    entryPoints: ['extension/extension.ts'],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: [...natives],
    plugins: [vscodeOnce(root)],
  },
  'the web app': webviewBuild(root, path.join(root, 'dist/webview')),
};

describe('what VS Code and the browser load', () => {
  for (const [name, options] of Object.entries(builds)) {
    // Its schemas are ten times the size of the rest, and every start of the editor would read them.
    it(`[F6] ${name} takes types and words of the contract, never its schemas`, async () => {
      const { metafile } = await build({
        ...options,
        outdir: '/',
        write: false,
        metafile: true,
        sourcemap: false,
      });
      const shipped = new Set(Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs)));
      assert.ok(shipped.has('companion/protocol/stance-words.ts'), 'the words of the contract are there');
      assert.deepEqual(
        [...shipped].filter((file) => /node_modules\/(?:zod|@orpc\/(?:contract|server))\//.test(file)),
        [],
      );
    });
  }
});

/** Bytes, gzipped: entry, styles, icons, and whatever a view may come to load of its own. */
const FIRST_LOAD = 200_000;
const GLOBE_LOAD = 400_000;
const THREE = /node_modules\/three\//;

describe('what a browser loads of the web app', () => {
  let app: WebBuild;
  before(async function () {
    this.timeout(30_000);
    app = await buildWebApp();
  });
  const sourcesOf = (outputs: Iterable<string>) =>
    new Set([...outputs].flatMap((name) => Object.keys(app.outputs[name]?.inputs ?? {})));

  for (const { id } of VIEWS) {
    it(`[W5] ${id}: all that it may load weighs at most ${id === 'globe' ? GLOBE_LOAD : FIRST_LOAD} bytes gzipped`, () => {
      const outputs = app.closure(app.entry, app.routeOf(id));
      const sources = sourcesOf(outputs);
      assert.ok(sources.has('webviews/app/app.tsx') && sources.has('webviews/styles/base.css'));
      const bytes = app.gzipped(outputs);
      assert.ok(bytes > 20_000, `only ${bytes} bytes were found`);
      assert.ok(bytes <= (id === 'globe' ? GLOBE_LOAD : FIRST_LOAD), `${bytes} bytes`);
      if (id !== 'globe')
        assert.deepEqual(
          [...sources].filter((file) => THREE.test(file)),
          [],
        );
    });
  }

  it('[W5] the globe loads its view without three.js first', () => {
    const statically = new Set([app.entry, app.routeOf('globe')]);
    for (const name of statically)
      for (const { path: next, kind } of app.outputs[name]?.imports ?? [])
        if (kind === 'import-statement') statically.add(next);
    assert.deepEqual(
      [...sourcesOf(statically)].filter((file) => THREE.test(file)),
      [],
    );
    assert.ok(app.gzipped(statically) <= FIRST_LOAD);
  });

  it('[W5] every file has the digest of its content in its name, and names others by where they lie', () => {
    for (const [name, { imports }] of Object.entries(app.outputs)) {
      assert.match(name, /-[A-Z0-9]{8}\.(?:js|css|ttf|svg|png)$/);
      for (const { path: next, external } of imports) {
        if (external && !next.startsWith('data:')) assert.fail(`${name} names ${next}, which is not built`);
        if (!external) assert.ok(app.outputs[next], `${name} names ${next}`);
      }
    }
  });
});
