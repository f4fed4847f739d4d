/** Programs that run whatever they are given: leave for them would be leave for everything. */
const RUN_ANYTHING: ReadonlySet<string> = new Set(
  (
    'sh bash zsh dash ash ksh fish csh tcsh cmd powershell pwsh env sudo su doas xargs nohup setsid time timeout nice ' +
    'ionice stdbuf ssh scp script busybox watch parallel strace ltrace gdb start osascript wsl chroot unshare bwrap ' +
    'docker podman curl wget nc ncat socat'
  ).split(' '),
);
/** Programs that run what their next argument names: leave for them names that too. */
const RUN_A_NAME: ReadonlySet<string> = new Set(
  (
    'node nodejs deno bun tsx ts-node python python2 python3 py ruby perl php lua java dotnet npx pnpx bunx uvx npm ' +
    'pnpm yarn pip pipx uv poetry make gmake just task rake gradle gradlew mvn cargo go git gh hub corepack'
  ).split(' '),
);
/** Between these and what they run stands a word that says nothing of it. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['run', 'run-script', 'exec', 'x', 'dlx', 'tool', 'task']);

/**
 * Why leave cannot be given for commands that begin so, in words; null where it can. A prefix must say which work is
 * allowed: `npm run lint`, not `npm`, `npm run` or `sh`. Pure.
 */
export function wrongPrefix(prefix: readonly string[]): string | null {
  const program = programName(prefix[0] ?? '');
  if (program === '' || prefix.some((part) => part === '' || /\p{Cc}/u.test(part)))
    return 'argv: expected a program and its first arguments, such as "npm", "run", "lint".';
  if (RUN_ANYTHING.has(program))
    return `argv: "${program}" runs whatever it is given, so leave for it would be leave for everything. Name the program itself.`;
  if (!RUN_A_NAME.has(program)) return null;
  const second = prefix[1];
  const said = second !== undefined && SAYS_NOTHING.has(second) ? prefix[2] : second;
  if (said === undefined || said.startsWith('-'))
    return `argv: expected what "${program}" is to do, as in "npm", "run", "lint"; received "${prefix.join(' ')}".`;
  return null;
}

/**
 * Whether a command begins as leave was given: whole arguments, and after them only plain names of things inside the
 * folder. An option that is not part of the prefix is not allowed, because with many programs it runs another one
 * (`-c core.sshCommand=…`, `--script-shell`, `--rulesdir`); nor is `NAME=value`, `@file`, a URL, or a path that leads
 * out. Pure.
 */
export function allowsArgv(prefix: readonly string[], argv: readonly string[]): boolean {
  if (wrongPrefix(prefix) !== null || argv.length < prefix.length) return false;
  return prefix.every((part, i) => part === argv[i]) && argv.slice(prefix.length).every(isPlain);
}

function isPlain(argument: string): boolean {
  if (argument === '' || /\p{Cc}|[=]|:\/\//u.test(argument)) return false;
  if (/^[-+@~/\\]/.test(argument) || /^[a-z]:/i.test(argument)) return false;
  return !argument.split(/[\\/]/).includes('..');
}

/** `/usr/bin/Bash.EXE` is `bash`; a version is no other program: `python3.12`. */
function programName(program: string): string {
  const name = (program.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.(?:exe|cmd|bat|com|ps1)$/, '');
  return name.replace(/(?<=[a-z])\d*\.\d+$/, '');
}
