import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMsOf, peakRssMbOf } from './support/process-tree.ts';
import { option, type Subject, startSubject } from './support/subject.ts';

/** One second of the script; the session repeats it. */
const MINUTE = 60;

/**
 * The processor time of the whole companion, child processes included, over a scripted session of work: an edit and a save
 * every two seconds with the signals of an editor, a build into an ignored folder every 15 s, a commit every
 * 30 s, a branch switch and an install every minute, generated code in a tracked folder every two minutes.
 * `sensing [--seconds 300]`; 1 % of a core is 10 ms a second.
 */
export default async function sensing(args: readonly string[]) {
  const seconds = Number(option(args, 'seconds') ?? 300);
  const session = new Session(realpathSync(mkdtempSync(path.join(os.tmpdir(), 'progeny-sensing-'))));
  try {
    session.prepare();
    const subject = await startSubject(session.root);
    const startCpuMs = cpuMsOf(subject.pid);
    const began = performance.now();
    for (let second = 0; second < seconds; second++) {
      await session.second(second, subject);
      await sleep(Math.max(0, began + (second + 1) * 1000 - performance.now()));
    }
    const passed = (performance.now() - began) / 1000;
    const cpuMs = cpuMsOf(subject.pid) - startCpuMs;
    const written = subject.counts();
    const peakRssMb = Math.round(peakRssMbOf(subject.pid));
    await subject.stop();
    const cpuPercent = Math.round((cpuMs / passed / 10) * 1000) / 1000;
    return [
      { cpuPercent, seconds: Math.round(passed), cpuMs, startCpuMs, peakRssMb, ...session.done, ...written },
    ];
  } finally {
    rmSync(session.root, { recursive: true, force: true });
  }
}

class Session {
  readonly root: string;
  readonly done = { edits: 0, builds: 0, commits: 0, switches: 0, installs: 0, generated: 0 };

  constructor(root: string) {
    this.root = root;
  }

  /** A repository of 2,000 files, with a build folder and dependencies beside them that git ignores. */
  prepare(): void {
    this.#git('init', '-q', '-b', 'main');
    this.#write('.gitignore', 'out/\n*.log\n');
    for (let i = 0; i < 2_000; i++) this.#write(sourceFile(i), `export const n = ${i};\n`);
    this.#fill('node_modules/dep', 2_000);
    this.#commit('start');
    this.#git('branch', 'topic');
  }

  async second(second: number, subject: Subject): Promise<void> {
    if (second % 2 === 0) await this.#edit(second / 2, subject);
    if (second % 15 === 5) this.#build();
    if (second % 30 === 20) this.#commit(`work ${second}`);
    if (second % MINUTE === 40) this.#switch(second);
    if (second % MINUTE === 50) this.#install(second);
    if (second % (2 * MINUTE) === 100) this.#generate(second);
  }

  /** Typing in a file for a while, then a save: in place, or as a new file renamed over the old. */
  async #edit(n: number, subject: Subject): Promise<void> {
    const file = sourceFile((Math.floor(n / 5) * 37) % 2_000);
    const at = Date.now();
    await subject.report([
      ...(n % 5 === 0 ? [{ kind: 'active' as const, at, file }] : []),
      { kind: 'typing', at, file, edits: 12 },
      { kind: 'save', at, file },
    ]);
    const place = path.join(this.root, file);
    if (n % 2 === 0) appendFileSync(place, `// ${n}\n`);
    else {
      writeFileSync(`${place}.tmp-1234`, `// ${n}\n`);
      renameSync(`${place}.tmp-1234`, place);
    }
    this.done.edits++;
  }

  #build(): void {
    this.#fill('out/lib', 300);
    this.done.builds++;
  }

  #commit(message: string): void {
    this.#git('add', '--all');
    this.#git(
      '-c',
      'user.name=A',
      '-c',
      'user.email=a@example.com',
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      message,
    );
    this.done.commits++;
  }

  #switch(second: number): void {
    this.#commit('before the switch');
    this.#git('checkout', '-q', second % (2 * MINUTE) < MINUTE ? 'topic' : 'main');
    this.done.switches++;
  }

  #install(second: number): void {
    this.#fill(`node_modules/dep-${second}/dist`, 1_000);
    this.done.installs++;
  }

  #generate(second: number): void {
    this.#fill(`generated/v${second}`, 1_000);
    this.done.generated++;
  }

  #fill(folder: string, files: number): void {
    for (let i = 0; i < files; i++) this.#write(`${folder}/${i % 20}/f${i}.js`, `${i}\n`);
  }

  #write(file: string, text: string): void {
    const place = path.join(this.root, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
  }

  #git(...words: string[]): void {
    execFileSync('git', words, { cwd: this.root, stdio: 'ignore' });
  }
}

function sourceFile(i: number): string {
  return `src/area${i % 12}/part${i % 60}/file${i}.ts`;
}
