import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { detectFormat } from '../../../companion/imports/index.ts';
import { type ImportFormat, importFormat } from '../../../companion/protocol/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { emptyMind, partsOf } from './world.ts';

const FORMATS = importFormat.options.filter(
  (format): format is Exclude<ImportFormat, 'git'> => format !== 'git',
);
const OTHERS: Readonly<Record<string, string | Uint8Array>> = {
  'prose.txt': 'Dear diary, today it rained.\nIt rained a lot.\n',
  'object.json': '{"a": 1}',
  'array.json': '[{"a": 1}, 2, "three"]',
  'lines.jsonl': '{"a": 1}\n{"b": 2}\n',
  'cut.json': '{"requests": [{"mess',
  'deep.json': `${'['.repeat(5000)}${']'.repeat(5000)}`,
  'binary.bin': new Uint8Array(4096).map((_, i) => (i * 7 + 128) % 256),
};

describe('imports/bad input', () => {
  for (const format of FORMATS) {
    it(`${format}: a file of something else is refused in words, and nothing is stored`, async () => {
      using folder = temporaryFolder();
      await using mind = await emptyMind();
      for (const [name, content] of Object.entries(OTHERS)) {
        // Any text is Markdown.
        if (format === 'markdown' && name !== 'binary.bin') continue;
        const file = path.join(folder.path, name);
        writeFileSync(file, content);
        await assert.rejects(
          async () => mind.run(await partsOf(format, file)),
          (error: Error & { code?: string }) => {
            assert.equal(error.code, 'bad_input', `${name}: ${error.stack}`);
            assert.match(error.message, /expected .*; received .*\. Name|larger than/s, name);
            return true;
          },
        );
      }
      assert.deepEqual(mind.rows(), []);
    });

    it(`${format}: an empty file is an archive in which nothing was said`, async () => {
      using folder = temporaryFolder();
      await using mind = await emptyMind();
      for (const content of ['', '\ufeff', ' \r\n\r\n']) {
        const file = path.join(folder.path, 'empty.json');
        writeFileSync(file, content);
        assert.deepEqual(await mind.run(await partsOf(format, file)), { added: 0, known: 0, skipped: {} });
      }
    });
  }

  it('a path that is not there, a folder without anything, one that is something else', async () => {
    using folder = temporaryFolder();
    await assert.rejects(detectFormat(path.join(folder.path, 'gone')), {
      code: 'bad_input',
      message: /does not exist/,
    });
    await assert.rejects(detectFormat(folder.path), {
      code: 'bad_input',
      message: /nothing that can be imported/,
    });
    await assert.rejects(partsOf('chatgpt', folder.path), {
      code: 'bad_input',
      message: /expected an export of ChatGPT/,
    });
    mkdirSync(path.join(folder.path, '.git'));
    assert.equal(await detectFormat(folder.path), 'git');
    writeFileSync(path.join(folder.path, 'README.md'), '# A project\n\nWith words.\n');
    assert.equal(await detectFormat(folder.path), 'git');
  });

  it('secrets, hidden folders, dependencies and links are not gone into', async () => {
    using folder = temporaryFolder();
    const write = (name: string) => {
      const file = path.join(folder.path, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, 'words');
    };
    for (const name of [
      'notes/a.md',
      'notes/.trash/b.md',
      'node_modules/c/d.md',
      '.ssh/e.md',
      'notes/.env.md',
      'B.md',
    ])
      write(name);
    if (process.platform !== 'win32') symlinkSync('..', path.join(folder.path, 'notes', 'up'));
    const parts = await partsOf('markdown', folder.path);
    assert.deepEqual(
      parts.map(({ name }) => name),
      ['B.md', 'notes/a.md'],
    );
  });

  it('a file that goes away in the middle is one that is left out', async () => {
    using folder = temporaryFolder();
    await using mind = await emptyMind();
    for (const name of ['a.md', 'b.md', 'c.md'])
      writeFileSync(path.join(folder.path, name), `words of ${name}`);
    const parts = await partsOf('markdown', folder.path);
    rmSync(path.join(folder.path, 'b.md'));
    const { added, skipped } = await mind.run(parts);
    assert.equal(added, 2);
    assert.deepEqual(skipped, { 'a file of another format': 1 });
  });
});
