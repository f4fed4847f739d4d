import { GitError, type GitErrorKind } from './errors.ts';
import { cleanText } from './text.ts';

interface Rule {
  readonly kind: GitErrorKind;
  readonly pattern: RegExp;
  readonly advice: string;
}

/** First match wins, so the particular stands before the general. git speaks English here (LC_ALL=C). */
const RULES: readonly Rule[] = [
  {
    kind: 'dubious-ownership',
    pattern: /dubious ownership|unsafe repository/,
    advice:
      'It belongs to another user. If you trust it, run: git config --global --add safe.directory "<the folder>".',
  },
  {
    kind: 'no-work-tree',
    pattern: /cannot use bare repository|must be run in a work tree/,
    advice: 'Open a clone or a work tree of it instead.',
  },
  {
    kind: 'folder-missing',
    pattern: /unable to read current working directory|cannot change to/i,
    advice: 'Check that the folder still exists.',
  },
  {
    kind: 'unsupported-repository',
    pattern:
      /unknown repository extension|expected git repo version|unknown ref storage|unknown object format/i,
    advice: 'A newer git made it. Update git.',
  },
  {
    kind: 'not-a-repository',
    pattern: /not a git repository|invalid gitfile format|stopping at filesystem boundary/i,
    advice: 'Open a folder that git tracks, or run: git init.',
  },
  {
    kind: 'object-missing',
    pattern:
      /promisor remote|transport '' not allowed|lazy fetching disabled|could not fetch|unable to read [0-9a-f]{40}/i,
    advice:
      'A partial clone leaves objects on the server and they are not fetched from here; where this is none, run: git fsck.',
  },
  {
    kind: 'unknown-revision',
    pattern:
      /unknown revision|bad revision|not a valid object name|invalid object name|needed a single revision|no such ref|bad object|invalid revision range|malformed object name|does not have any commits/i,
    advice: 'Look it up again: the branch or commit is not there any more.',
  },
  {
    kind: 'corrupt',
    pattern:
      /bad config|corrupt|index file|bad signature|missing object|could not read|unable to read|loose object|packfile|bad tree|failed to (?:read|parse|traverse)|bad index|not a commit|invalid sha1|object file .* is empty|inflate/i,
    advice: 'Run: git fsck.',
  },
];

/** What an exit of git other than the expected ones means, from its error output. Pure. */
export function classifyFailure(
  command: string,
  folder: string,
  code: number | null,
  stderr: string,
): GitError {
  const said = firstComplaint(stderr);
  // What git quotes is a name from the repository, which must not decide what kind of failure it is.
  const [words, all] = [said, stderr].map((text) => text.replace(/'[^'\n]*'/g, "''")) as [string, string];
  const rule =
    RULES.find(({ pattern }) => pattern.test(words)) ?? RULES.find(({ pattern }) => pattern.test(all));
  const happened = `git ${command} in ${JSON.stringify(folder)} ended with ${code ?? 'a signal'}: ${said || 'no reason given'}.`;
  if (!rule) return new GitError('failed', `${happened} Run the same in a terminal to see more.`);
  return new GitError(rule.kind, `${happened} ${rule.advice}`);
}

function firstComplaint(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line =
    lines.find((l) => l.startsWith('fatal: ')) ?? lines.find((l) => l.startsWith('error: ')) ?? lines[0];
  return cleanText(line ?? '', 300).replace(/^(?:fatal|error): |\.$/g, '');
}
