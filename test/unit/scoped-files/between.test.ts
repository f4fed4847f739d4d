import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ChangeSet, FileState } from '../../../companion/agency/index.ts';
import { RunFiles } from '../../../companion/agency/run-files.ts';
import { createChangeWriter } from '../../../companion/scoped-files/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const state = (text: string): FileState => ({
  mode: '100644',
  digest: createHash('sha256').update(text).digest('hex'),
  bytes: text.length,
});

/** Changes a.txt from "one" to "two". */
function oneToTwo(): ChangeSet {
  const bytes = new Map(['one', 'two'].map((text) => [state(text).digest, Buffer.from(text)]));
  const edits = [{ path: 'a.txt', before: state('one'), after: state('two') }];
  return { edits, load: async (digest) => bytes.get(digest)! };
}

describe('between the look and the write', () => {
  it('[A3] a file that was saved after everything was looked at is as the user left it, and nothing was made beside it', async () => {
    using folder = temporaryFolder();
    const file = path.join(folder.path, 'a.txt');
    writeFileSync(file, 'one');
    const steps: string[] = [];
    const writer = createChangeWriter({ step: (what) => steps.push(what) });
    const conflicts = await writer.apply(folder.path, oneToTwo(), {
      signal: new AbortController().signal,
      writing: () => writeFileSync(file, 'mine'),
      written: () => {},
    });
    assert.deepEqual(conflicts, [{ path: 'a.txt', why: 'It was changed since.' }]);
    assert.equal(readFileSync(file, 'utf8'), 'mine');
    assert.deepEqual(steps, []);
  });

  it('[A2] bytes of a run that are others by now in the data directory are not written', async () => {
    using folder = temporaryFolder();
    const files = new RunFiles(folder.path);
    const plan = { sentence: '', destination: '', steps: [], verify: null };
    const preview = {
      run: 'r',
      digest: '',
      files: [],
      commands: [],
      effects: [],
      containment: '',
      uncovered: [],
    };
    const { edits } = oneToTwo();
    await files.keep('r', { plan, edits, preview, output: '', first: null }, oneToTwo());
    const blob = path.join(folder.path, 'r', 'blobs', state('two').digest);
    assert.ok(existsSync(blob));
    assert.equal((await files.changes('r', edits).load(state('two').digest)).toString(), 'two');
    writeFileSync(blob, 'TWO');
    await assert.rejects(files.changes('r', edits).load(state('two').digest), { code: 'conflict' });
  });
});
