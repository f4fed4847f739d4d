import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { context } from 'esbuild';
import { readAssets, writeAssets } from '../../../webviews/assets.ts';
import { webviewBuild } from '../../../webviews/build.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const root = path.join(import.meta.dirname, '../../..');

describe('the names of a build', () => {
  it('are read as they were written', () => {
    using folder = temporaryFolder();
    const assets = { script: 'main-NWFGQLGU.js', styles: ['main-7JDOCKN2.css'] };
    writeAssets(folder.path, assets);
    assert.deepEqual(readAssets(folder.path), assets);
    assert.deepEqual(readdirSync(folder.path), ['assets.json']);
  });

  for (const text of ['', '{}', '{"script":"../x.js","styles":[]}', '{"script":"a.js","styles":["a\\"b"]}'])
    it(`are none where they say ${text || 'nothing'}`, () => {
      using folder = temporaryFolder();
      writeFileSync(path.join(folder.path, 'assets.json'), text);
      assert.equal(readAssets(folder.path), null);
    });

  it('[W5] follow each build, and files of earlier builds go', async function () {
    this.timeout(30_000);
    using folder = temporaryFolder();
    const outdir = path.join(folder.path, 'webview');
    const building = await context({ ...webviewBuild(root, outdir), sourcemap: false });
    try {
      mkdirSync(path.join(outdir, 'chunks'), { recursive: true });
      const old = ['main-AAAAAAAA.js', 'main-AAAAAAAA.js.map', 'chunks/brief-route-AAAAAAAA.js'];
      for (const name of [...old, 'mine.js']) writeFileSync(path.join(outdir, name), '');
      await building.rebuild();
      const assets = readAssets(outdir);
      assert.ok(assets);
      for (const name of [assets.script, ...assets.styles, 'mine.js'])
        assert.ok(existsSync(path.join(outdir, name)), name);
      for (const name of old) assert.ok(!existsSync(path.join(outdir, name)), name);
      const first = readdirSync(outdir, { recursive: true });
      await building.rebuild();
      assert.deepEqual(readdirSync(outdir, { recursive: true }), first, 'the same sources, the same names');
    } finally {
      await building.dispose();
    }
  });
});
