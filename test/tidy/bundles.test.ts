import assert from 'node:assert/strict';
import path from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { natives } from '../../scripts/bundles.ts';
import { vscodeOnce } from '../../scripts/vscode-once.ts';
import { webviewBuild } from '../../webviews/build.ts';

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
