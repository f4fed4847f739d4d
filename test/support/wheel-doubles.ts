import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type {
  ApplyJournal,
  Audit,
  AuditEntry,
  Authority,
  ChangeSet,
  ChangeWriter,
  FileEdit,
  FileState,
  GitHands,
  Leave,
  Program,
  ProgramResult,
  Programs,
  Recipe,
  Rehearsals,
  Renamer,
  RunProgramOptions,
  StepContext,
  WheelParts,
} from '../../companion/agency/index.ts';
import { findGit } from '../../companion/git/index.ts';
import { isDenied, systemClock, systemRandom } from '../../companion/kernel/index.ts';
import type { WheelConflict, WheelStep } from '../../companion/protocol/index.ts';
import { Snapshots } from '../../companion/snapshots/index.ts';
import { folderSnapshots } from '../../companion/wheel-snapshots.ts';

// Simple parts of delegated work that really copy, write and start programs. What the product has besides (containment,
// limits, races) they have not.

interface Standing {
  readonly state: FileState;
  readonly bytes: Buffer;
}

/** What stands at a path; null for nothing, and for what is no file and no link. */
function standing(at: string): Standing | null {
  const facts = lstatSync(at, { throwIfNoEntry: false });
  if (!facts?.isFile() && !facts?.isSymbolicLink()) return null;
  const bytes = facts.isSymbolicLink() ? Buffer.from(readlinkSync(at)) : readFileSync(at);
  const mode = facts.isSymbolicLink() ? '120000' : facts.mode & 0o100 ? '100755' : '100644';
  return {
    bytes,
    state: { mode, digest: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length },
  };
}

function filesBelow(root: string, folder = ''): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.name === '.git') return [];
    return entry.isDirectory() ? filesBelow(root, file) : [file];
  });
}

/** Copies the folder twice: to be changed, and to compare with. */
export function copyRehearsals(base: (root: string) => Promise<string>): Rehearsals & { open: number } {
  const rehearsals = {
    open: 0,
    async prepare(root: string) {
      const place = mkdtempSync(path.join(os.tmpdir(), 'progeny-rehearsal-'));
      const [before, folder] = [path.join(place, 'before'), path.join(place, 'folder')];
      for (const to of [before, folder]) cpSync(root, to, { recursive: true, verbatimSymlinks: true });
      rehearsals.open++;
      const kept = new Map<string, Buffer>();
      const keep = (found: Standing | null): FileState | null => {
        if (found) kept.set(found.state.digest, found.bytes);
        return found?.state ?? null;
      };
      return {
        folder,
        base: await base(root),
        async changes(): Promise<ChangeSet> {
          const edits: FileEdit[] = [];
          for (const file of [...new Set([...filesBelow(before), ...filesBelow(folder)])].sort()) {
            const [one, other] = [before, folder].map((top) => keep(standing(path.join(top, file))));
            if (one?.digest !== other?.digest || one?.mode !== other?.mode)
              edits.push({ path: file, before: one ?? null, after: other ?? null });
          }
          return { edits, load: async (digest) => kept.get(digest)! };
        },
        async dispose() {
          rehearsals.open--;
          rmSync(place, { recursive: true, force: true });
        },
      };
    },
  };
  return rehearsals;
}

/** Compares, then writes each beside and lets it take its place. */
export function plainWriter(): ChangeWriter {
  const differs = (at: string, wanted: FileState | null) => {
    const found = standing(at)?.state;
    return found?.digest !== wanted?.digest || found?.mode !== wanted?.mode;
  };
  return {
    async apply(root, { edits, load }, journal: ApplyJournal) {
      const conflicts = edits
        .filter(({ path: file, before }) => differs(path.join(root, file), before))
        .map(({ path: file }): WheelConflict => ({ path: file, why: 'It was changed since.' }));
      if (conflicts.length > 0) return conflicts;
      for (const { path: file, after } of edits) {
        journal.signal.throwIfAborted();
        journal.writing(file);
        put(root, file, after, after && (await load(after.digest)));
        journal.written(file);
      }
      return [];
    },
    async takeBack(root, { edits, load }) {
      const conflicts: WheelConflict[] = [];
      for (const { path: file, before, after } of edits) {
        rmSync(beside(root, file), { force: true });
        if (!differs(path.join(root, file), before)) continue;
        if (differs(path.join(root, file), after))
          conflicts.push({ path: file, why: 'It was changed since.' });
        else put(root, file, before, before && (await load(before.digest)));
      }
      return conflicts;
    },
  };
}

const beside = (root: string, file: string) =>
  path.join(root, path.dirname(file), `.new-${path.basename(file)}`);

function put(root: string, file: string, state: FileState | null, bytes: Buffer | null): void {
  const at = path.join(root, file);
  if (state === null || bytes === null) {
    rmSync(at);
    for (let folder = path.dirname(at); folder !== root && readdirSync(folder).length === 0; )
      [folder] = [path.dirname(folder), rmdirSync(folder)];
    return;
  }
  mkdirSync(path.dirname(at), { recursive: true });
  const written = beside(root, file);
  if (state.mode === '120000') symlinkSync(bytes, written);
  else {
    writeFileSync(written, bytes);
    chmodSync(written, state.mode === '100755' ? 0o755 : 0o644);
  }
  renameSync(written, at);
}

/** Starts programs in a group of their own, and ends the group. */
export function spawnPrograms(limitMs = 60_000): Programs & { readonly ran: Program[] } {
  const ran: Program[] = [];
  return {
    ran,
    containment: 'not contained: a double for tests',
    run: (program, options) => {
      ran.push(program);
      return start(program, options, limitMs);
    },
  };
}

function start({ argv, folder }: Program, { root, signal }: RunProgramOptions, limitMs: number) {
  return new Promise<ProgramResult>((resolve) => {
    const began = performance.now();
    const child = spawn(argv[0]!, argv.slice(1), {
      cwd: path.join(root, folder),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [output, ended] = ['', 'exit' as ProgramResult['ended']];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
    const kill = (why: ProgramResult['ended']) => {
      ended = why;
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        // It has ended.
      }
    };
    const stop = () => kill('stopped');
    const timer = setTimeout(() => kill('timeout'), limitMs);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const end = (code: number | null) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve({ code, ended, output, ms: performance.now() - began, killed: 0 });
    };
    child.on('error', (error) => {
      [output, ended] = [String(error), 'not_started'];
      end(null);
    });
    child.on('close', (code) => end(code));
  });
}

/** Leave as docs/WHEEL.md has it, in few words: a click on exactly the preview, or granted silence. Everything can be taken away. */
export interface Leaves extends Authority {
  trusted: boolean;
  silence: boolean;
  /** Programs are not even rehearsed without a click. */
  clickForPrograms: boolean;
  /** Tools that nobody may use. */
  readonly never: Set<string>;
  /** Told of everything that is asked. */
  readonly asked: string[];
  /** May change something while it is asked. */
  ask(what: string): void;
}
export function plainLeave(): Leaves {
  const refused = (why: string, breach = false): Leave => ({ allowed: false, why, click: !breach, breach });
  const decide = (what: string, { real, click, digest, silence }: StepContext): Leave => {
    leaves.asked.push(`${what}${real ? '' : ' (copy)'}`);
    leaves.ask(what);
    if (!leaves.trusted) return refused('The folder is not trusted.');
    if (click && click.digest === digest) return { allowed: true, by: 'click' };
    if (!real && what === 'command' && leaves.clickForPrograms)
      return refused('The command waits for your click.');
    if (!real) return { allowed: true, by: 'tier' };
    if (silence && leaves.silence) return { allowed: true, by: 'silence', grant: 'grant_1' };
    return refused('It waits for your click.');
  };
  const leaves: Leaves = {
    trusted: true,
    silence: false,
    clickForPrograms: false,
    never: new Set(),
    asked: [],
    ask: () => {},
    mayStep(step, context) {
      const denied = 'path' in step && step.path !== undefined && isDenied(step.path);
      if (leaves.never.has(step.tool) || denied) return refused(`Nobody may: ${step.tool}.`, true);
      return decide(step.tool, context);
    },
    mayVerify: (_, context) => decide('verify', context),
    mayApply: (paths, context) => {
      const files = context.click?.files;
      if (files && !paths.every((file) => files.includes(file))) return refused('Other files.');
      return decide('apply', context);
    },
    maySilence: () =>
      leaves.silence ? { ok: true, grants: [] } : { ok: false, why: 'You did not grant silence for this.' },
    used: () => {},
  };
  return leaves;
}

/** Rows in memory. */
export function auditRows(): Audit & { readonly rows: AuditEntry[] } {
  const rows: AuditEntry[] = [];
  return { rows, append: (_, entry) => void rows.push(entry) };
}

/** Hands that use git itself. */
export function plainGit(): GitHands {
  const git = (root: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    }).trim();
  const at = (root: string, ref: string) => {
    try {
      return ref === 'HEAD' ? git(root, 'symbolic-ref', 'HEAD') : git(root, 'rev-parse', '--verify', ref);
    } catch {
      return null;
    }
  };
  const set = (root: string, ref: string, to: string | null) =>
    to === null
      ? git(root, 'update-ref', '-d', ref)
      : ref === 'HEAD'
        ? git(root, 'symbolic-ref', 'HEAD', to)
        : git(root, 'update-ref', ref, to);
  return {
    async branch(root, name) {
      const [ref, head] = [`refs/heads/${name}`, at(root, 'HEAD')];
      set(root, ref, git(root, 'rev-parse', 'HEAD'));
      set(root, 'HEAD', ref);
      return {
        refs: [
          { ref, before: null, after: at(root, ref) },
          { ref: 'HEAD', before: head, after: ref },
        ],
      };
    },
    async commit(root, branch, message, paths) {
      const ref = `refs/heads/${branch}`;
      const before = at(root, ref);
      git(root, 'add', '--all', '--', ...paths);
      git(root, 'commit', '-q', '-m', message, '--', ...paths);
      const commit = at(root, ref)!;
      return { refs: [{ ref, before, after: commit }], commit };
    },
    async deleteBranch(root, name, commit) {
      const ref = `refs/heads/${name}`;
      if (at(root, ref) !== commit) throw new Error(`${name} is elsewhere.`);
      set(root, ref, null);
      return { refs: [{ ref, before: commit, after: null }] };
    },
    async takeBack(root, { refs }) {
      const conflicts: WheelConflict[] = [];
      for (const { ref, before, after } of refs.toReversed()) {
        if (at(root, ref) === before) continue;
        if (at(root, ref) === after) set(root, ref, before);
        else conflicts.push({ path: `.git/${ref}`, why: 'It was moved since.' });
      }
      return conflicts;
    },
  };
}

/** Renames a word in every file of the folder that is text. */
export function wordRenamer(): Renamer {
  return {
    async rename(root, step) {
      if (step.tool === 'move_file') return { texts: {}, moves: [{ from: step.from, to: step.to }] };
      const line = readFileSync(path.join(root, step.path), 'utf8').split('\n')[step.line - 1]!;
      const word = /^\w+/.exec(line.slice(step.column - 1))![0];
      const texts = filesBelow(root).flatMap((file) => {
        const text = readFileSync(path.join(root, file), 'utf8');
        const renamed = text.replaceAll(new RegExp(`\\b${word}\\b`, 'g'), step.to);
        return renamed === text ? [] : [[file, renamed] as const];
      });
      return { texts: Object.fromEntries(texts), moves: [] };
    },
  };
}

/** A recipe that does what its options say: `steps` and `verify` as JSON. */
export function givenSteps(name = 'given'): Recipe {
  return {
    name,
    title: 'Do what is given',
    what: 'Carries out the steps that it is given.',
    options: [{ name: 'steps', question: 'Which steps?', required: true }],
    unavailable: async () => null,
    async plan(world, options) {
      if (options.tryOut) await world.tryOut({ argv: JSON.parse(options.tryOut) as string[], folder: '' });
      return {
        sentence: options.sentence ?? 'Do what is given.',
        destination: 'in your working tree, not committed',
        steps: JSON.parse(options.steps!) as WheelStep[],
        verify: options.verify ? { argv: JSON.parse(options.verify) as string[], folder: '' } : null,
      };
    },
  };
}

/** All parts but snapshots and loops, which the product has. */
export function wheelDoubles(base: (root: string) => Promise<string>) {
  const doubles = {
    recipes: [givenSteps()] as readonly Recipe[],
    programs: spawnPrograms(),
    rehearsals: copyRehearsals(base),
    writer: plainWriter(),
    authority: plainLeave(),
    audit: auditRows(),
    git: plainGit(),
    renamer: wordRenamer(),
  } satisfies Partial<WheelParts>;
  return doubles;
}

/** The same with snapshots below a data directory: all that a companion needs to delegate work. */
export async function wheelParts(dataDirectory: string) {
  const kept = new Snapshots({
    folder: path.join(dataDirectory, 'snapshots'),
    program: await findGit(),
    clock: systemClock,
    random: systemRandom,
  });
  const snapshots = folderSnapshots(() => kept);
  return { ...wheelDoubles(async (root) => (await snapshots.take(root, 'rehearsal', 'run')).id), snapshots };
}
