import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { FileEdit, Plan, PlanWorld, Program, ProgramResult } from '../../companion/agency/index.ts';
import { isDenied } from '../../companion/kernel/index.ts';
import { temporaryFolder } from './temporary.ts';

/** A folder of a test, as a recipe sees it. Programs really run, on a copy. */
export interface PlanFolder extends Disposable {
  readonly root: string;
  readonly world: PlanWorld;
  write(files: Readonly<Record<string, string>>): void;
  read(name: string): string;
  /** Carries out the commands of a plan on a copy, as a rehearsal does: what they wrote, and which files differ. */
  rehearse(plan: Plan): {
    output: string;
    edits: FileEdit[];
    codes: (number | null)[];
    roots: string[];
    read(name: string): string;
  };
}

export function planFolder(files: Readonly<Record<string, string>> = {}, root?: string): PlanFolder {
  const folder = temporaryFolder();
  const top = root ?? path.join(folder.path, 'project');
  mkdirSync(top, { recursive: true });
  const write: PlanFolder['write'] = (more) => {
    for (const [name, text] of Object.entries(more)) {
      mkdirSync(path.dirname(path.join(top, name)), { recursive: true });
      writeFileSync(path.join(top, name), text);
    }
  };
  write(files);
  let copies = 0;
  const copy = () => {
    const to = path.join(folder.path, `copy-${copies++}`);
    cpSync(top, to, {
      recursive: true,
      filter: (from) => path.basename(from) !== 'node_modules',
      verbatimSymlinks: true,
    });
    const modules = path.join(top, 'node_modules');
    if (existsSync(modules)) symlinkSync(modules, path.join(to, 'node_modules'));
    return to;
  };
  const start = (program: Program, at: string): ProgramResult => {
    const cwd = path.join(at, program.folder);
    const [file, ...args] = program.argv;
    const { PATH, HOME } = process.env;
    const env = { PATH: `${path.dirname(process.execPath)}:${PATH}`, HOME, CI: '1', LANG: 'C.UTF-8' };
    const ran = spawnSync(file!.includes('/') ? path.join(cwd, file!) : file!, args, {
      cwd,
      env,
      encoding: 'utf8',
    });
    if (ran.error) throw ran.error;
    return {
      code: ran.status,
      ended: 'exit',
      output: `${ran.stdout}${ran.stderr}`.slice(-65_536),
      ms: 1,
      killed: 0,
    };
  };
  const inside = (name: string) => path.join(top, name);
  const world: PlanWorld = {
    root: top,
    read: async (name) => {
      const file = inside(name);
      if (isDenied(name) || !existsSync(file) || !lstatSync(file).isFile()) return null;
      const bytes = readFileSync(file);
      return bytes.length > 2_000_000 || bytes.includes(0) ? null : bytes.toString('utf8');
    },
    list: async (name) => {
      const at = inside(name);
      return existsSync(at) && lstatSync(at).isDirectory() ? readdirSync(at) : [];
    },
    tryOut: async (program) => start(program, copy()),
    now: Date.UTC(2026, 5, 1, 12),
    signal: new AbortController().signal,
  };
  return {
    root: top,
    world,
    write,
    read: (name) => readFileSync(inside(name), 'utf8'),
    rehearse(plan) {
      const at = copy();
      const codes: (number | null)[] = [];
      let output = '';
      for (const step of plan.steps)
        if (step.tool === 'command') {
          const result = start(step, at);
          codes.push(result.code);
          output += `${result.output}\n`;
          if (!(step.accept ?? [0]).includes(result.code ?? -1))
            throw new Error(`${step.argv.join(' ')} ended with ${result.code}: ${result.output}`);
        }
      const names = readdirSync(top, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
        .map((entry) => path.relative(top, path.join(entry.parentPath, entry.name)));
      const state = (file: string) => ({ mode: '100644', digest: readFileSync(file, 'utf8'), bytes: 0 });
      const edits = names
        .filter((name) => readFileSync(path.join(at, name), 'utf8') !== readFileSync(inside(name), 'utf8'))
        .map((name) => ({ path: name, before: state(inside(name)), after: state(path.join(at, name)) }));
      return {
        output,
        edits,
        codes,
        roots: [at, top],
        read: (name) => readFileSync(path.join(at, name), 'utf8'),
      };
    },
    [Symbol.dispose]() {
      folder[Symbol.dispose]();
      if (root !== undefined) rmSync(root, { recursive: true, force: true });
    },
  };
}

/** What a recipe says when it refuses: its code and its words. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const { name, code, message } = error as Error & { code?: string };
    if (name !== 'ProgenyError') throw error;
    return `${code}: ${message}`;
  }
  throw new Error('It was not refused.');
}
