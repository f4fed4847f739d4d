import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const DAY = 24 * 3_600_000;

const parser = `/** Splits a text into its lines. */
export function parse(text: string): string[] {
  // TODO handle CRLF: offsets are wrong on Windows
  return text.split('\\n');
}

export function offsetOf(lines: readonly string[], line: number): number {
  return lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
}
`;
const scheduler = `let now = 0;

/** Moves the clock on by one step. */
export function tick(): number {
  now += 1;
  return now;
}

export function advance(steps: number): number {
  for (let i = 0; i < steps; i++) tick();
  return now;
}
`;
const clockTest = `import { advance } from './scheduler.ts';

// The first run of the day is flaky: it reads the real clock.
test('time stands still', () => {
  expect(advance(3)).toBe(3);
});
`;

/**
 * A small repository with every kind of open thread in it: a branch in work with uncommitted files, an older
 * branch, a TODO, a stash. Its commits lie days back, so that something is worth saying on return.
 */
export function makeRepository(folder: string, now: number): void {
  mkdirSync(path.join(folder, 'src'), { recursive: true });
  mkdirSync(path.join(folder, 'docs'), { recursive: true });
  const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
  const git = (daysAgo: number, ...args: string[]) => {
    const date = `${Math.floor((now - daysAgo * DAY) / 1000)} +0000`;
    const who = { GIT_AUTHOR_NAME: 'Ana', GIT_AUTHOR_EMAIL: 'ana@example.invalid' };
    const by = { GIT_COMMITTER_NAME: 'Ana', GIT_COMMITTER_EMAIL: 'ana@example.invalid' };
    const env = { ...process.env, ...who, ...by, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    execFileSync('git', args, {
      cwd: folder,
      env: { ...env, GIT_CONFIG_GLOBAL: '', GIT_CONFIG_NOSYSTEM: '1' },
    });
  };
  git(90, 'init', '-q', '-b', 'main');
  git(90, 'config', 'user.name', 'Ana');
  git(90, 'config', 'user.email', 'ana@example.invalid');
  write('README.md', '# atlas\n\nReads maps.\n');
  write('src/parser.ts', parser);
  git(88, 'add', '.');
  git(88, 'commit', '-qm', 'Read lines');
  write('src/scheduler.ts', scheduler);
  git(40, 'add', '.');
  git(40, 'commit', '-qm', 'Add the scheduler');
  git(19, 'switch', '-qc', 'feature/import');
  for (const [days, name] of [
    [19, 'encoding'],
    [16, 'mapping'],
    [12, 'preview'],
  ] as const) {
    write(`src/${name}.ts`, `export const ${name} = '${name}';\n`);
    git(days, 'add', '.');
    git(days, 'commit', '-qm', `Import: ${name}`);
  }
  git(9, 'switch', '-q', 'main');
  write('docs/grammar.md', '# Grammar\n\nA map is a list of lines.\n');
  git(9, 'add', '.');
  git(9, 'commit', '-qm', 'Describe the grammar');
  write('src/lexer.ts', 'export const lexer = 1;\n');
  git(8, 'add', '.');
  git(8, 'stash', 'push', '-q', '-m', 'try the other lexer');
  git(6, 'switch', '-qc', 'fix/clock');
  write('src/clock.test.ts', clockTest);
  git(4, 'add', '.');
  git(4, 'commit', '-qm', 'Freeze time in the scheduler tests');
  const lastTouched = new Date(now - 2.5 * DAY);
  for (const [file, text] of [
    ['src/scheduler.ts', '\nexport const frozen = true;\n'],
    ['src/clock.test.ts', '\ntest.todo("frozen");\n'],
  ] as const) {
    appendFileSync(path.join(folder, file), text);
    utimesSync(path.join(folder, file), lastTouched, lastTouched);
  }
}
