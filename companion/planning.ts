import type { Plan, PlanWorld, Recipe } from './agency/index.ts';
import type { GitProgram } from './git/index.ts';
import { clip } from './kernel/index.ts';
import type { Sight } from './mind/index.ts';
import { type Asking, askFor, EDITS_SCHEMA, STEPS_SCHEMA } from './planning-ask.ts';
import { type Places, placesFor } from './planning-places.ts';
import { planEditPrompt, planStepsPrompt } from './prompts/index.ts';
import { ProgenyError, type WheelStep } from './protocol/index.ts';
import {
  applyEdits,
  type Checked,
  changeStep,
  checkDrafted,
  type Drafted,
  destinationOf,
  type Edit,
  findLanded,
  findVerification,
  knownCommands,
  type Landed,
  MOST_STEPS,
  type Refusal,
  refusalLines,
  sentenceOf,
  toolsAsked,
} from './recipes/index.ts';

export interface PlanningParts {
  /** What may be seen of a folder, and who may write about it (as `look` of `answering.ts`). */
  sight(workspace: string): Promise<Sight>;
  /** What the developer asked of this folder before in a conversation, the oldest first; never what was answered. */
  asked(conversation: string, workspace: string): readonly string[];
  /** Throws `GitError` where there is no git. */
  git(): Promise<GitProgram>;
  /** Named in the refusal where there is no model. */
  recipes: readonly string[];
}

const OPTIONS: Recipe['options'] = [
  { name: 'text', question: 'What is to be done?', required: true },
  { name: 'conversation', question: 'In which conversation was it asked?', required: false },
];
const LONGEST_REQUEST = 4000;
const LONGEST_FILE = 60_000;
const EARLIER = 5;
const TOOLS = {
  edit: '{"tool": "edit", "path": ..., "what": ...}: change a file; what: in one sentence, what changes in it',
  create: '{"tool": "create", "path": ..., "what": ...}: make a file',
  delete: '{"tool": "delete", "path": ...}: delete a file',
  move: '{"tool": "move", "from": ..., "to": ...}: move a file; what imports it is mended',
  rename: '{"tool": "rename", "path": ..., "symbol": ..., "to": ...}: rename a symbol wherever it is used',
  command: '{"tool": "command", "command": ...}: run one of the commands below on a copy',
  branch: '{"tool": "branch", "name": ...}: make a branch',
  commit: '{"tool": "commit", "message": ...}: commit what was changed, on a branch that a step made',
  delete_branch: '{"tool": "delete_branch", "name": ...}: delete a branch whose work has arrived',
  open_loop: '{"tool": "open_loop", "title": ...}: note an open thread of work',
} as const;
/**
 * A request in words as a plan, by a model in two parts. The first makes steps and reads nothing but the request, names of
 * files and the project's own commands. The second reads a file and notes, and answers with text for that file alone.
 * So nothing that was retrieved can add a step. Each step is checked; one that is refused refuses the plan.
 */
export function planRecipe(parts: PlanningParts): Recipe {
  const withoutModel = () =>
    `No language model is running here, and a plan in words needs one. Without one there are: ${parts.recipes.join(', ')}.`;
  return {
    name: 'plan',
    title: 'Do what I say',
    what: 'A language model turns a request in words into steps, each of which is checked.',
    options: OPTIONS,
    model: true,
    async unavailable({ root }) {
      return (await parts.sight(root)).language ? null : withoutModel();
    },
    async plan(world, options) {
      const request = options.text?.trim() ?? '';
      if (request === '' || request.length > LONGEST_REQUEST)
        throw new ProgenyError(
          'bad_input',
          `text: expected 1 to ${LONGEST_REQUEST} characters that say what is to be done, received ${request.length}.`,
          { fields: ['options.text'] },
        );
      const sight = await parts.sight(world.root);
      if (!sight.language) throw new ProgenyError('conflict', withoutModel());
      const asking: Asking = { language: sight.language, onlyLocal: sight.onlyLocal, world };
      const asked = [...toolsAsked(request)];
      if (asked.length === 0)
        throw new ProgenyError(
          'conflict',
          `The request asks for nothing that a run can do. Say what to change, make, move, rename, run or note; or use: ${parts.recipes.join(', ')}.`,
        );
      const places = await placesFor(sight.knowledge, request);
      const commands = asked.includes('command') ? await knownCommands(world) : [];
      // What was asked may have been about something private, which leaves with no door.
      const heard =
        options.conversation && !sight.outside ? parts.asked(options.conversation, world.root) : [];
      const earlier = heard.slice(-EARLIER);
      const reply = await askFor(
        asking,
        planStepsPrompt.fill({
          tools: asked.map((tool) => `- ${TOOLS[tool]}`).join('\n'),
          commands: commands.map(({ typed }) => `- ${typed}`).join('\n') || '(none)',
          places: places.files.join('\n') || '(none)',
          earlier: earlier.map((each) => clip(each, 500)).join('\n') || '(nothing)',
          request,
        }).messages,
        STEPS_SCHEMA,
      );
      const drafted = (reply as { steps: Drafted[] }).steps;
      if (drafted.length === 0)
        throw new ProgenyError(
          'conflict',
          `The model found no steps for this request. Say it more exactly, or use: ${parts.recipes.join(', ')}.`,
        );
      const landed = asked.includes('delete_branch') ? await landedIn(parts, world) : [];
      const read = (path: string) => world.read(path);
      const { steps, refused } = await stepsOf(asking, drafted, { request, places, commands, landed, read });
      if (refused.length > 0) return refusal(refused);
      return {
        sentence: sentenceOf(steps),
        destination: destinationOf(steps),
        steps,
        verify: await findVerification(world),
      } satisfies Plan;
    },
  };
}

interface Held extends Omit<Parameters<typeof checkDrafted>[1], 'places'> {
  readonly places: Places;
}
interface Refused extends Refusal {
  readonly n: number;
  readonly tool: unknown;
}

/** A plan of which nothing is done: the report says of each step why not. */
function refusal(refused: readonly Refused[]): Plan {
  return {
    sentence: 'Nothing: the plan asked for what is not allowed.',
    destination: 'nowhere',
    steps: [],
    verify: null,
    refused: { reasons: refusalLines(refused), breach: refused.some(({ breach }) => breach) },
  };
}

async function stepsOf(
  asking: Asking,
  drafted: readonly Drafted[],
  held: Held,
): Promise<{ steps: WheelStep[]; refused: Refused[] }> {
  const checked: { n: number; tool: unknown; found: Checked }[] = [];
  const refused: Refused[] = [];
  if (drafted.length > MOST_STEPS)
    refused.push({
      n: MOST_STEPS + 1,
      tool: drafted[MOST_STEPS]!.tool,
      why: `a plan has at most ${MOST_STEPS} steps`,
      breach: false,
    });
  for (const [i, each] of drafted.slice(0, MOST_STEPS).entries()) {
    const branch = checked.some(({ found }) => found.kind === 'step' && found.step.tool === 'branch');
    const found = await checkDrafted(each, { ...held, places: held.places.files }, { branch });
    if ('why' in found) refused.push({ ...found, n: i + 1, tool: each.tool });
    else checked.push({ n: i + 1, tool: each.tool, found });
  }
  // Nothing is written for a plan that is refused.
  if (refused.length > 0) return { steps: [], refused };
  const texts = new Map<string, { before: string; after: string; isNew: boolean }>();
  for (const { n, tool, found } of checked) {
    if (found.kind !== 'edit') continue;
    const text =
      texts.get(found.path)?.after ?? (found.isNew ? '' : ((await asking.world.read(found.path)) ?? ''));
    const made = await edited(asking, found, text, held);
    if ('why' in made) refused.push({ ...made, n, tool });
    else
      texts.set(found.path, {
        before: texts.get(found.path)?.before ?? text,
        after: made.text,
        isNew: texts.get(found.path)?.isNew ?? found.isNew,
      });
  }
  const written = [...texts].map(
    ([path, { before, after, isNew }]): WheelStep =>
      isNew ? { tool: 'write', path, text: after } : changeStep(path, before, after),
  );
  const others = checked.flatMap(({ found }) => (found.kind === 'step' ? [found.step] : []));
  return { steps: [...written, ...others], refused };
}

/** The text of a file after its change. */
async function edited(
  asking: Asking,
  { path, isNew, what }: Extract<Checked, { kind: 'edit' }>,
  text: string,
  { request, places }: Held,
): Promise<{ text: string } | Refusal> {
  if (text.length > LONGEST_FILE)
    return { why: `${path} has ${text.length} characters, more than ${LONGEST_FILE}`, breach: false };
  const notes = places.notes.join('\n---\n') || '(nothing)';
  const filled = planEditPrompt.fill({
    path,
    text: isNew && text === '' ? '(empty)' : text,
    notes,
    what: what || request,
    request,
  });
  const { edits } = (await askFor(asking, filled.messages, EDITS_SCHEMA)) as { edits: Edit[] };
  const result = applyEdits(text, edits);
  if (!result.ok) return { why: `${path}: ${result.why}`, breach: false };
  if (result.text.includes(filled.key))
    return { why: `${path}: the text holds marks of the prompt`, breach: false };
  return result.text === text ? { why: `nothing changes in ${path}`, breach: false } : { text: result.text };
}

async function landedIn(parts: PlanningParts, world: PlanWorld): Promise<readonly Landed[]> {
  return (await findLanded(parts.git, world, () => true)).landed;
}
