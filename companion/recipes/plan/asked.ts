/** What a model may write into a plan. Each becomes steps of `protocol/wheel.ts`, made by us. */
export const DRAFT_TOOLS = [
  'edit',
  'create',
  'delete',
  'move',
  'rename',
  'command',
  'branch',
  'commit',
  'delete_branch',
  'open_loop',
] as const;
export type DraftTool = (typeof DRAFT_TOOLS)[number];

/** Stands behind words whose ends differ: "renames", "umbenennen". */
const begins = (...stems: string[]): RegExp => new RegExp(`(?<![\\p{L}\\p{N}_])(?:${stems.join('|')})`, 'iu');
const WORDS: Readonly<Record<DraftTool, readonly RegExp[]>> = {
  edit: [
    begins(
      'add',
      'writ',
      'chang',
      'edit',
      'fix',
      'updat',
      'replac',
      'implement',
      'refactor',
      'extract',
      'simplif',
      'document',
      'correct',
      'improv',
      'set ',
      'use ',
      'make',
      'remov',
      'delet',
      'handle',
      'turn',
      'convert',
      'increas',
      'decreas',
      'bump',
      'schreib',
      'änder',
      'ergänz',
      'füg',
      'korrigier',
      'ersetz',
      'mach',
      'setz',
      'entfern',
      'verbesser',
    ),
  ],
  create: [
    begins(
      'add',
      'writ',
      'creat',
      'new',
      'make',
      'draft',
      'generat',
      'schreib',
      'erstell',
      'neu',
      'anleg',
      'leg',
      'entwirf',
    ),
  ],
  delete: [begins('delet', 'remov', 'get rid', 'drop', 'lösch', 'entfern')],
  move: [begins('mov', 'renam', 'verschieb', 'umbenenn', 'benenn')],
  rename: [begins('renam', 'umbenenn', 'benenn', 'call ')],
  command: [
    begins('run', 'test', 'lint', 'format', 'check', 'build', 'fix', 'typecheck', 'führ', 'prüf', 'teste'),
  ],
  branch: [begins('branch', 'zweig')],
  commit: [begins('commit')],
  delete_branch: [begins('branch', 'zweig'), begins('delet', 'remov', 'clean', 'lösch', 'entfern', 'räum')],
  open_loop: [
    begins(
      'thread',
      'loop',
      'todo',
      'remember',
      'track',
      'note',
      'remind',
      'merk',
      'faden',
      'notier',
      'erinner',
    ),
  ],
};

/**
 * The tools that a request's own words ask for, in English or German. What a request does not ask for is not done,
 * whoever wants it: no text that was looked up on the way can widen this. Pure.
 */
export function toolsAsked(request: string): ReadonlySet<DraftTool> {
  return new Set(DRAFT_TOOLS.filter((tool) => WORDS[tool].every((pattern) => pattern.test(request))));
}

/** Whether a request names a file: by its path, its name, or its name without the ending (four letters or more). Pure. */
export function names(request: string, path: string): boolean {
  const file = path.split('/').at(-1)!;
  const stem = file.replace(/(?<=.)\.[^.]+$/, '');
  return [path, file, ...(stem.length >= 4 ? [stem] : [])].some((each) => holds(request, each));
}

/** Whether a name stands in a text as a whole one, case aside. Pure. */
export function holds(text: string, name: string): boolean {
  const [inside, wanted] = [text.toLowerCase(), name.toLowerCase()];
  const isPart = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}_/\\-]/u.test(letter);
  for (let at = inside.indexOf(wanted); wanted !== '' && at >= 0; at = inside.indexOf(wanted, at + 1)) {
    const after = inside.slice(at + wanted.length);
    // A full stop ends a sentence, or begins another ending of the name.
    if (
      !isPart(inside[at - 1]) &&
      !(at > 0 && inside[at - 1] === '.') &&
      !isPart(after[0]) &&
      !/^\.[\p{L}\p{N}]/u.test(after)
    )
      return true;
  }
  return false;
}
