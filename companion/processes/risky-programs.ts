import type { CommandRisk } from './command-risk.ts';

export const SHELLS = new Set(
  'sh bash dash zsh ksh mksh fish csh tcsh ash cmd powershell pwsh nu xonsh elvish'.split(' '),
);

/** Programs that start the program that follows. `skip`: operands that come first; `valued`: options with a value. */
export const WRAPPERS: ReadonlyMap<string, { readonly valued: readonly string[]; readonly skip: number }> =
  new Map([
    ['env', { valued: ['-u', '--unset', '-C', '--chdir'], skip: 0 }],
    ['xargs', { valued: ['-I', '-n', '-P', '-L', '-d', '-a', '-E', '-s'], skip: 0 }],
    ['nohup', { valued: [], skip: 0 }],
    ['nice', { valued: ['-n'], skip: 0 }],
    ['ionice', { valued: ['-c', '-n', '-t'], skip: 0 }],
    ['time', { valued: ['-f', '-o'], skip: 0 }],
    ['timeout', { valued: ['-s', '-k', '--signal', '--kill-after'], skip: 1 }],
    ['stdbuf', { valued: ['-i', '-o', '-e'], skip: 0 }],
    ['setsid', { valued: [], skip: 0 }],
    ['unshare', { valued: [], skip: 0 }],
    ['chronic', { valued: [], skip: 0 }],
    ['watch', { valued: ['-n'], skip: 0 }],
    ['flock', { valued: ['-w', '-E'], skip: 1 }],
    ['strace', { valued: ['-o', '-e', '-p'], skip: 0 }],
    ['ltrace', { valued: ['-o', '-e', '-p'], skip: 0 }],
    ['busybox', { valued: [], skip: 0 }],
    ['toybox', { valued: [], skip: 0 }],
    ['command', { valued: [], skip: 0 }],
    ['exec', { valued: [], skip: 0 }],
    ['prlimit', { valued: [], skip: 0 }],
    ['sudo', { valued: ['-u', '-g'], skip: 0 }],
    ['doas', { valued: ['-u'], skip: 0 }],
    ['npx', { valued: ['-p', '--package'], skip: 0 }],
    ['bunx', { valued: [], skip: 0 }],
    ['dotenv', { valued: ['-e', '-f'], skip: 0 }],
    ['cross-env', { valued: [], skip: 0 }],
  ]);

const all = (names: string, risk: CommandRisk): [string, readonly CommandRisk[]][] =>
  names.split(' ').map((name) => [name, [{ ...risk, why: `${name} ${risk.why}` }]]);

/** Risky by their name, whatever their arguments are. */
export const NAMED: ReadonlyMap<string, readonly CommandRisk[]> = new Map([
  ...all(
    'sudo doas pkexec su runuser run0 setpriv gosu su-exec machinectl systemd-run at batch crontab launchctl schtasks',
    {
      what: 'privilege',
      rule: 'never',
      why: 'runs with other rights or at another time, beyond what can be contained or taken back.',
    },
  ),
  ...all('mkfs fdisk parted wipefs dd shutdown reboot halt poweroff mount umount losetup diskutil format', {
    what: 'destructive',
    rule: 'never',
    why: 'acts on disks or on the whole computer: nothing could take it back.',
  }),
  ...all('curl wget ssh scp sftp rsync ftp nc ncat netcat socat telnet aria2c http https rclone mosh', {
    what: 'network',
    rule: 'click',
    why: 'speaks with other computers.',
  }),
  ...all('docker podman nerdctl docker-compose kubectl helm', {
    what: 'container',
    rule: 'click',
    why: 'has a service act for it, which nothing here contains.',
  }),
  ...all(
    'security secret-tool keyring op pass gpg gpg2 ssh-add ssh-keygen vault aws gcloud az doctl heroku terraform pulumi',
    {
      what: 'publish',
      rule: 'click',
      why: 'deals with credentials or with things that cost.',
    },
  ),
  ...all('eval source', { what: 'shell', rule: 'never', why: 'is a part of a shell and no program.' }),
]);

/** Of these the options count that stand before the script. */
export const INTERPRETERS = new Set('node bun tsx python pypy perl ruby php lua'.split(' '));
/** What takes a program as text, by an argument. */
export const INLINE: ReadonlyMap<string, RegExp> = new Map([
  [
    'node',
    /^(?:-[a-z]*[ep][a-z]*|--eval|--print)(?:=|$)|^(?:-r|--require|--import|--loader|--experimental-loader)\b|^data:/,
  ],
  ['bun', /^(?:-e|-p|--eval|--print)(?:=|$)/],
  ['deno', /^(?:eval|repl)$/],
  ['tsx', /^(?:-e|-p|--eval|--print)(?:=|$)/],
  ['python', /^-[a-zA-Z]*c/],
  ['pypy', /^-[a-zA-Z]*c/],
  ['perl', /^-[a-zA-Z0-9]*[eE]/],
  ['ruby', /^-[a-zA-Z0-9]*e/],
  ['php', /^-[a-z]*r|^--run/],
  ['lua', /^-e/],
  ['osascript', /^-e/],
  ['awk', /system\s*\(|\|\s*getline|\|\s*"/],
  ['gawk', /system\s*\(|\|\s*getline|\|\s*"/],
  ['sed', /^(?:\d+|\/.*\/)?e(?:\s|$)|\/[gip]*e[gip]*$/],
  ['vim', /^(?:\+|-c|--cmd|-S)/],
  ['nvim', /^(?:\+|-c|--cmd|-S)/],
  ['emacs', /^--?eval/],
  ['tar', /^--(?:to-command|checkpoint-action|use-compress-program|rsh-command)|^-I$/],
  ['make', /^--eval/],
  ['sqlite3', /\.(?:shell|system)\b/],
]);

/** What leaves the machine for good, by the first words. `*`: any word. */
export const PUBLISHING: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  [
    'npm',
    words(
      'publish',
      'unpublish',
      'deprecate',
      'dist-tag',
      'owner',
      'access',
      'token',
      'login',
      'adduser',
      'logout',
      'profile',
    ),
  ],
  ['pnpm', words('publish', 'login')],
  ['yarn', words('publish', 'login', 'npm publish', 'npm login')],
  ['bun', words('publish')],
  ['cargo', words('publish', 'yank', 'owner', 'login')],
  ['twine', words('upload', 'register')],
  ['poetry', words('publish')],
  ['uv', words('publish')],
  ['hatch', words('publish')],
  ['flit', words('publish')],
  ['gem', words('push', 'yank', 'owner', 'signin')],
  ['mvn', words('deploy', 'release:perform')],
  ['gradle', words('publish', 'uploadArchives')],
  ['dotnet', words('nuget push')],
  ['nuget', words('push')],
  ['vsce', words('publish', 'login')],
  ['ovsx', words('publish')],
  ['gh', words('*')],
  ['glab', words('*')],
  ['hub', words('*')],
  ['jj', words('git push')],
  ['hg', words('push')],
  ['svn', words('commit', 'ci')],
  ['vercel', words('*')],
  ['netlify', words('*')],
  ['wrangler', words('*')],
  ['firebase', words('deploy')],
  ['fly', words('*')],
  ['flyctl', words('*')],
]);

export const INSTALLERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['npm', ['install', 'i', 'ci', 'add', 'update', 'upgrade', 'install-test', 'it']],
  ['pnpm', ['install', 'i', 'add', 'update', 'up']],
  ['yarn', ['install', 'add', 'up', 'upgrade']],
  ['bun', ['install', 'i', 'add', 'update']],
  ['pip', ['install', 'download']],
  ['pipx', ['install']],
  ['uv', ['sync', 'add', 'pip']],
  ['poetry', ['install', 'add', 'update']],
  ['gem', ['install', 'update']],
  ['bundle', ['install', 'update']],
  ['cargo', ['install', 'add', 'update', 'fetch']],
  ['go', ['get', 'install']],
  ['composer', ['install', 'require', 'update']],
  ['apt', ['install', 'update', 'upgrade']],
  ['apt-get', ['install', 'update', 'upgrade']],
  ['brew', ['install', 'upgrade', 'update']],
]);

/** Run a package that may have to be fetched first; by their first word, or always. */
export const RUNNERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['npx', []],
  ['bunx', []],
  ['uvx', []],
  ['npm', ['exec', 'x', 'init', 'create']],
  ['pnpm', ['dlx', 'create']],
  ['yarn', ['dlx', 'create']],
  ['bun', ['x', 'create']],
  ['pipx', ['run']],
  ['deno', ['run', 'install']],
]);

function words(...lines: readonly string[]): readonly (readonly string[])[] {
  return lines.map((line) => line.toLowerCase().split(' '));
}
