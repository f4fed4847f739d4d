import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findGit, isGitError } from '../../../companion/git/index.ts';
import { type GitProgram, runGit } from '../../../companion/git/run.ts';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { applicable } from '../../support/applicable.ts';

// The stand-ins for a slow or talkative git are shell scripts.
const onPosix = applicable(process.platform !== 'win32', 'names and modes of POSIX');

describe('git/run', () => {
  let folder: string;
  let git: GitProgram;

  before(async () => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'progeny-run-')));
    git = await findGit();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** A program that writes its process id and then does what the script says. */
  function standIn(script: string): GitProgram {
    const file = path.join(folder, 'stand-in');
    rmSync(path.join(folder, 'pid'), { force: true });
    writeFileSync(
      file,
      `#!/bin/sh\necho $$ > '${folder}/pid.new'; mv '${folder}/pid.new' '${folder}/pid'\n${script}\n`,
    );
    chmodSync(file, 0o755);
    return { ...git, file };
  }

  async function pid(): Promise<number> {
    while (!existsSync(path.join(folder, 'pid'))) await sleep(5);
    return Number(readFileSync(path.join(folder, 'pid'), 'utf8'));
  }

  function isGone(id: number): boolean {
    try {
      process.kill(id, 0);
      return false;
    } catch {
      return true;
    }
  }

  it('gives output and accepted exit codes', async () => {
    const { output, code } = await runGit(git, { folder, args: ['--version'] });
    assert.match(String(output), /^git version/);
    assert.equal(code, 0);
    const refused = await runGit(git, { folder, args: ['rev-parse', '--git-dir'], accept: [0, 128] });
    assert.equal(refused.code, 128);
  });

  it('feeds its input', async () => {
    const { output } = await runGit(git, {
      folder,
      args: ['stripspace'],
      input: Buffer.from('a  \n\n\nb\n'),
    });
    assert.equal(String(output), 'a\n\nb\n');
  });

  onPosix('[F5] ends the process when the signal does, with its reason', async () => {
    const program = standIn('exec sleep 60');
    const abort = new AbortController();
    const running = runGit(program, { folder, args: ['status'], signal: abort.signal });
    const id = await pid();
    abort.abort(new Error('enough'));
    await assert.rejects(running, /^Error: enough$/);
    assert.ok(isGone(id));
  });

  it('does not start for a signal that has ended already', async () => {
    const signal = AbortSignal.abort(new Error('before'));
    await assert.rejects(
      runGit({ ...git, file: '/nowhere' }, { folder, args: ['status'], signal }),
      /^Error: before$/,
    );
  });

  onPosix('[F5] ends a process that takes too long', async () => {
    const clock = new VirtualClock(0);
    const program = { ...standIn('exec sleep 60'), clock };
    const running = runGit(program, { folder, args: ['status'], timeoutMs: 5_000 });
    const id = await pid();
    clock.advance(5_000);
    await assert.rejects(running, (error) => {
      assert.ok(isGitError(error, 'timeout'), String(error));
      assert.match(error.message, /git status in .* 5000 ms/);
      return true;
    });
    assert.ok(isGone(id));
  });

  onPosix('[F5] ends a process that says too much', async () => {
    const running = runGit(standIn('exec yes'), { folder, args: ['log'], maxBytes: 100_000 });
    await assert.rejects(running, (error) => isGitError(error, 'output-limit'));
    assert.ok(isGone(await pid()));
  });

  onPosix('ends a process whose reader has enough, or fails', async () => {
    let bytes = 0;
    const program = standIn('exec yes');
    const onOutput = (chunk: Buffer): 'stop' | undefined => {
      bytes += chunk.length;
      return bytes > 50_000 ? 'stop' : undefined;
    };
    const { stopped, output } = await runGit(program, { folder, args: ['log'], onOutput });
    assert.ok(stopped && output.length === 0);
    assert.ok(isGone(await pid()));
    const broken = (): undefined => {
      throw new RangeError('a defect');
    };
    await assert.rejects(
      runGit(standIn('exec yes'), { folder, args: ['log'], onOutput: broken }),
      RangeError,
    );
    assert.ok(isGone(await pid()));
  });

  onPosix(
    '[F5] says what happened to a process that was killed, and keeps little of an endless complaint',
    async () => {
      await assert.rejects(
        runGit(standIn('kill -9 $$'), { folder, args: ['log'] }),
        /git log in .* ended with a signal/,
      );
      const complaint = runGit(standIn('yes complaint | head -c 1000000 >&2; exit 1'), {
        folder,
        args: ['log'],
      });
      await assert.rejects(complaint, (error) => isGitError(error, 'failed') && error.message.length < 600);
    },
  );

  it('[F5] tells a missing folder from a missing git', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const missing = path.join(folder, 'none');
    await assert.rejects(runGit(git, { folder: missing, args: ['status'] }), (e) =>
      isGitError(e, 'folder-missing'),
    );
    await assert.rejects(runGit(git, { folder: file, args: ['status'] }), (e) =>
      isGitError(e, 'folder-missing'),
    );
    const none = { ...git, file: missing };
    await assert.rejects(runGit(none, { folder, args: ['status'] }), (e) => isGitError(e, 'git-missing'));
  });

  it('frees its slot whatever happens', async () => {
    for (let i = 0; i < 10; i++) await runGit(git, { folder, args: ['no-such-command'] }).catch(() => {});
    await runGit(git, { folder, args: ['--version'] });
  });
});
