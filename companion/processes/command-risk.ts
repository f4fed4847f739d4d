import { gitRisks } from './git-risk.ts';
import {
  INLINE,
  INSTALLERS,
  INTERPRETERS,
  NAMED,
  PUBLISHING,
  RUNNERS,
  SHELLS,
  WRAPPERS,
} from './risky-programs.ts';

/** Why an argument vector is more than an ordinary program. */
export interface CommandRisk {
  readonly what:
    | 'shell'
    | 'privilege'
    | 'git'
    | 'publish'
    | 'network'
    | 'destructive'
    | 'inline'
    | 'container'
    | 'environment';
  /** `never`: no grant and no click allows it. `click`: only a person's yes to exactly this; no grant, no silence. */
  readonly rule: 'never' | 'click';
  /** In words, for the person and the report. */
  readonly why: string;
}

/** A program that starts another is looked through, but not without end. */
const DEEPEST = 8;

/**
 * What is risky about an argument vector, by its text alone; empty: nothing that is known. It is no proof of
 * innocence: any program is arbitrary code, which is why programs are contained and rehearsed. Rules: hard stops of the
 * design (deletion outside of the snapshot, pushing, publishing, spending, credentials), and what would make an
 * allowed program into any program.
 */
export function commandRisk(argv: readonly string[]): readonly CommandRisk[] {
  const risks = risksOf(argv, 0);
  return risks.filter((risk, i) => risks.findIndex(({ why }) => why === risk.why) === i);
}

function risksOf(argv: readonly string[], depth: number): CommandRisk[] {
  const [first, ...args] = argv;
  if (first === undefined) return [];
  if (depth > DEEPEST)
    return [never('shell', 'Programs that start each other so deeply are not looked through.')];
  const name = programName(first);
  const risks = [
    ...(SHELLS.has(name) ? shellRisks(name, args) : []),
    ...(NAMED.get(name) ?? []),
    ...inlineRisks(name, args),
    ...publishRisks(name, args),
    ...destructiveRisks(name, args),
    ...(name === 'git' ? gitRisks(args, (inner) => risksOf(inner, depth + 1)) : []),
    ...(name === 'find' || name === 'fd' ? findRisks(args, depth) : []),
    ...environmentRisks(name, args),
  ];
  const inner = WRAPPERS.has(name) ? innerOf(name, args) : null;
  return inner === null ? risks : [...risks, ...risksOf(inner, depth + 1)];
}

/** `/usr/bin/Git.EXE` is git. */
export function programName(first: string): string {
  const last = first.split(/[\\/]/).at(-1) ?? '';
  return last
    .toLowerCase()
    .replace(/\.(?:exe|com|cmd|bat)$/, '')
    .replace(/^((?:python|pip|perl|ruby|php|lua|node|bash|pypy)(?=\d))[\d.]+$/, '$1');
}

const never = (what: CommandRisk['what'], why: string): CommandRisk => ({ what, rule: 'never', why });
const click = (what: CommandRisk['what'], why: string): CommandRisk => ({ what, rule: 'click', why });

/** A script of the folder is a program like others; text given to a shell is a shell string. */
function shellRisks(name: string, args: readonly string[]): CommandRisk[] {
  const options = args.slice(0, firstOperand(args) + 1);
  const inline = options.some((each) =>
    name === 'cmd'
      ? /^[/-][ckr]/i.test(each)
      : name === 'powershell' || name === 'pwsh'
        ? /^[-/](?:c|co|com|comm|comma|comman|command|e|ec|en|enc\w*|encodedcommand)$/i.test(each)
        : /^-[a-z]*[cs][a-z]*$/i.test(each) || /^--(?:command|init-command|rcfile|init-file)\b/.test(each),
  );
  if (inline)
    return [never('shell', `${name} is given its commands as text; only programs with arguments are run.`)];
  if (args.length === 0 || args.every((each) => each.startsWith('-')))
    return [never('shell', `${name} without a script waits for commands as text.`)];
  return [];
}

function inlineRisks(name: string, args: readonly string[]): CommandRisk[] {
  const pattern = INLINE.get(name);
  const own = INTERPRETERS.has(name) ? beforeScript(args) : args;
  if (!pattern || !own.some((each) => pattern.test(each))) return [];
  return [click('inline', `${name} is given a program as text, which nobody reviewed as a file.`)];
}

/** What stands before the script (or `-m module`) is the interpreter's; what follows an option may be its value. */
function beforeScript(args: readonly string[]): readonly string[] {
  const at = args.findIndex(
    (each, i) => each === '-m' || (!each.startsWith('-') && !(args[i - 1] ?? '').startsWith('-')),
  );
  return at < 0 ? args : args.slice(0, at);
}

function publishRisks(name: string, args: readonly string[]): CommandRisk[] {
  const words = args.filter((each) => !each.startsWith('-')).map((each) => each.toLowerCase());
  const risks: CommandRisk[] = [];
  for (const pattern of PUBLISHING.get(name) ?? [])
    if (pattern.every((word, i) => words[i] === word || word === '*'))
      risks.push(
        click(
          'publish',
          `${[name, ...pattern.filter((word) => word !== '*')].join(' ')} publishes, spends or changes something outside of this computer.`,
        ),
      );
  if (INSTALLERS.get(name)?.some((word) => words.includes(word)))
    risks.push(click('network', `${name} fetches packages and runs what they bring along.`));
  const runner = RUNNERS.get(name);
  if (
    runner &&
    (runner.length === 0 || runner.includes(words[0] ?? '')) &&
    !args.some((each) => LOCAL.test(each))
  )
    risks.push(
      click(
        'network',
        `${name} may fetch a package and run it. Name the installed program by its place instead.`,
      ),
    );
  return risks;
}

const LOCAL = /^--(?:no-install|no|offline)$/;

function destructiveRisks(name: string, args: readonly string[]): CommandRisk[] {
  if (!['rm', 'rmdir', 'del', 'rd', 'shred', 'unlink', 'chmod', 'chown', 'mv', 'trash'].includes(name))
    return [];
  const outside = args.find((each) => !each.startsWith('-') && leadsOut(each));
  return outside === undefined
    ? []
    : [
        never(
          'destructive',
          `${name} names ${JSON.stringify(outside)}, which is not named from inside of the folder: nothing could bring it back.`,
        ),
      ];
}

function leadsOut(place: string): boolean {
  if (/^(?:[\\/~]|[a-z]:|\$|%)/i.test(place)) return true;
  let depth = 0;
  for (const part of place.split(/[\\/]/)) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}

function findRisks(args: readonly string[], depth: number): CommandRisk[] {
  const at = args.findIndex((each) => /^(?:-exec|-execdir|-ok|-okdir|-x|-X|--exec|--exec-batch)$/.test(each));
  const inner = at < 0 ? [] : risksOf(args.slice(at + 1), depth + 1);
  const deletes = args.includes('-delete') && args.slice(0, firstOperand(args) + 1).some(leadsOut);
  return deletes ? [...inner, never('destructive', 'find deletes outside of the folder.')] : inner;
}

/** Variables that make any program load something. */
const LOADING =
  /^(?:LD_|DYLD_|GIT_|NODE_OPTIONS|NODE_PATH|BASH_ENV|ENV|PYTHONSTARTUP|PYTHONPATH|PERL5OPT|PERL5LIB|RUBYOPT|RUBYLIB|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|npm_config_|SSH_|PATH)\w*=/i;

function environmentRisks(name: string, args: readonly string[]): CommandRisk[] {
  if (name !== 'env') return [];
  if (args.some((each) => /^(?:-S|--split-string|-[a-z]*S)/.test(each)))
    return [never('shell', 'env splits a text into arguments; give the arguments themselves.')];
  const assigned = args.find((each) => LOADING.test(each));
  return assigned === undefined
    ? []
    : [
        never(
          'environment',
          `env sets ${assigned.slice(0, assigned.indexOf('='))}, which makes programs load or run something else.`,
        ),
      ];
}

/** What a wrapper starts: its arguments from the first that is neither an option nor an option's value. */
function innerOf(name: string, args: readonly string[]): readonly string[] | null {
  const { valued, skip } = WRAPPERS.get(name)!;
  let left = skip;
  for (let i = 0; i < args.length; i++) {
    const each = args[i]!;
    if (each === '--') return args.slice(i + 1 + left);
    if (each.startsWith('-')) {
      if (valued.includes(each)) i++;
      continue;
    }
    if (name === 'env' && /^[A-Za-z_]\w*=/.test(each)) continue;
    if (left-- > 0) continue;
    return args.slice(i);
  }
  return null;
}

function firstOperand(args: readonly string[]): number {
  const at = args.findIndex((each) => !each.startsWith('-') && !each.startsWith('/'));
  return at < 0 ? args.length : at;
}
