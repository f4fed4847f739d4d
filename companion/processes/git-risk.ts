import type { CommandRisk } from './command-risk.ts';

/** Options before the subcommand that let git run, or look, somewhere else. */
const BEFORE =
  /^(?:-c|--config-env|--exec-path|--git-dir|--work-tree|--namespace|--super-prefix|--attr-source|-C)(?:=|$)/;
/** Before the subcommand these take the next argument as their value where it is not joined to them. */
const VALUED = new Set([
  '-c',
  '-C',
  '--config-env',
  '--git-dir',
  '--work-tree',
  '--namespace',
  '--super-prefix',
  '--exec-path',
  '--attr-source',
]);
/**
 * Options after it that name a program, a configuration or an output elsewhere. git takes any unambiguous beginning of
 * a long option, so the beginnings count, too.
 */
const PROGRAMS = [
  '--upload-pack',
  '--receive-pack',
  '--exec',
  '--extcmd',
  '--open-files-in-pager',
  '--config',
  '--template',
  '--separate-git-dir',
  '--ext-diff',
  '--output',
  '--sequence-editor',
] as const;
/** One-letter forms, by subcommand: `git clone -u`, `git rebase -x`, `git grep -O`, `git difftool -x`. */
const SHORT: ReadonlyMap<string, RegExp> = new Map([
  ['clone', /^-[a-zA-Z]*[uc]/],
  ['fetch', /^-[a-zA-Z]*u/],
  ['pull', /^-[a-zA-Z]*u/],
  ['ls-remote', /^-[a-zA-Z]*u/],
  ['rebase', /^-[a-zA-Z]*x/],
  ['grep', /^-[a-zA-Z]*O/],
  ['difftool', /^-[a-zA-Z]*x/],
  ['archive', /^-o/],
]);
/** Subcommands that run what is given to them, or what the repository's configuration names. */
const RUNNING: ReadonlyMap<string, string> = new Map([
  ['config', 'writes configuration, which names programs that git runs'],
  ['filter-branch', 'runs shell commands over the whole history'],
  ['filter-repo', 'rewrites the whole history'],
  ['difftool', 'starts a program that the configuration names'],
  ['mergetool', 'starts a program that the configuration names'],
  ['hook', 'starts hooks'],
  ['daemon', 'serves the repository to others'],
  ['http-backend', 'serves the repository to others'],
  ['shell', 'is a shell'],
  ['upload-pack', 'serves the repository to others'],
  ['receive-pack', 'lets others change the repository'],
  ['credential', 'deals with passwords'],
  ['credential-store', 'deals with passwords'],
  ['credential-cache', 'deals with passwords'],
  ['instaweb', 'serves the repository to others'],
  ['web--browse', 'starts a program that the configuration names'],
  ['update-server-info', 'serves the repository to others'],
  ['gc', 'throws away what a snapshot may still need'],
  ['prune', 'throws away what a snapshot may still need'],
]);
const PUSHING = new Set(['push', 'send-pack', 'send-email', 'imap-send', 'request-pull', 'svn', 'p4', 'lfs']);
const FETCHING = new Set(['fetch', 'pull', 'clone', 'ls-remote', 'fetch-pack', 'remote', 'submodule']);

const ADDRESSED = new Set([...PUSHING, ...FETCHING, 'archive']);
/** `ext::sh -c …` is a program; so is a host that begins with an option. */
const PROGRAM_ADDRESS = /^(?:--[a-z-]+=)?[\w+.-]+::|:\/\/-/;

/** git runs programs on many roads: each that an argument can open is named. */
export function gitRisks(
  args: readonly string[],
  look: (argv: readonly string[]) => readonly CommandRisk[],
): CommandRisk[] {
  const risks: CommandRisk[] = [];
  const never = (why: string) => risks.push({ what: 'git', rule: 'never', why });
  let at = 0;
  for (; at < args.length && args[at]!.startsWith('-'); at++) {
    const each = args[at]!;
    if (BEFORE.test(each) || /^-[cC]./.test(each))
      never(`git ${nameOf(each)} makes git take its settings, programs or folder from elsewhere.`);
    if (VALUED.has(each)) at++;
  }
  const command = args[at] ?? '';
  const rest = args.slice(at + 1);
  const options = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  for (const each of options) {
    if (isProgramOption(each) || SHORT.get(command)?.test(each))
      never(`git ${command} ${nameOf(each)} names a program, a setting or a place of its own.`);
  }
  if (ADDRESSED.has(command)) {
    const address = rest.find((each) => PROGRAM_ADDRESS.test(each));
    if (address !== undefined)
      never(`git is given ${JSON.stringify(clip(address))}, an address that runs a program.`);
  }
  const runs = RUNNING.get(command);
  if (runs !== undefined) never(`git ${command} ${runs}.`);
  if (command === 'submodule' && rest.includes('foreach'))
    never('git submodule foreach runs shell commands.');
  if (command === 'bisect' && rest[0] === 'run') risks.push(...look(rest.slice(1)));
  if (PUSHING.has(command))
    risks.push({ what: 'publish', rule: 'click', why: `git ${command} sends work to others.` });
  if (FETCHING.has(command))
    risks.push({ what: 'network', rule: 'click', why: `git ${command} may speak with other computers.` });
  return risks;
}

function isProgramOption(each: string): boolean {
  if (!each.startsWith('--') || each === '--') return false;
  const name = nameOf(each);
  // "--exec-path" and "--executable" are others; a beginning such as "--upload" is git's "--upload-pack".
  return PROGRAMS.some((known) => known === name || (name.length >= 5 && known.startsWith(name)));
}

const nameOf = (option: string): string =>
  option.startsWith('--') ? option.split('=')[0]! : option.slice(0, 2);
const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
