import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { WHEEL_STATUS_WORDS, type WheelRecipe, type WheelRun, wheelPhase } from '../protocol/index.ts';
import type { AgentDoor } from './agent-door.ts';
import { input, output, type ShownRun } from './schemas.ts';
import type { Answer } from './server.ts';
import { NOTICE, oneLine, quoted, shownText } from './texts.ts';

/** Where the recipes can be read. */
export const RECIPES_URI = 'progeny://recipes';

/**
 * Delegated work as agents meet it: they propose it, and hear what became of what they proposed. No tool says yes, ends
 * a run, undoes one or gives leave.
 */
export function registerRunTools(
  server: McpServer,
  door: AgentDoor,
  agent: () => string,
  answer: (work: () => Promise<Answer>) => Promise<CallToolResult>,
): void {
  server.registerTool(
    'propose_run',
    {
      title: 'Propose delegated work',
      description: `Proposes that Progeny does a named piece of work in the user's folder (a recipe, such as fixing lint or applying a patch; the resource ${RECIPES_URI} lists them, and so does the answer to a name that does not exist). Nothing is done by this call: it is planned on a copy, the user sees all that it would change and decides in the editor. Returns the id of the run. Do not wait for it.`,
      inputSchema: input.propose_run,
      outputSchema: output.propose_run,
      annotations: {
        readOnlyHint: false,
        destructiveHint: false,
        idempotentHint: false,
        openWorldHint: false,
      },
    },
    (ask) =>
      answer(async () => {
        const run = await door.propose(ask, agent());
        return {
          text: `Nothing is done yet: it waits for a person in the editor (${run.id}). Go on without waiting; run_status tells what becomes of it.`,
          data: shownRun(run),
        };
      }),
  );

  server.registerTool(
    'run_status',
    {
      title: 'What became of proposed work',
      description:
        'Tells how a run stands that you proposed: whether it still waits for the person, was done, refused or undone, with its report. Use it when you need to know, not to wait for an answer.',
      inputSchema: input.run_status,
      outputSchema: output.run_status,
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    ({ run: id }) =>
      answer(async () => {
        const run = shownRun(await door.runStatus(id, agent()));
        return { text: runText(run), data: run };
      }),
  );

  server.registerResource(
    'recipes',
    RECIPES_URI,
    {
      title: 'What can be delegated',
      description: 'The recipes of each workspace that is open to agents, with what they ask for.',
      mimeType: 'text/plain',
    },
    async () => ({
      contents: [{ uri: RECIPES_URI, mimeType: 'text/plain', text: recipesText(await door.recipes()) }],
    }),
  );
}

/** A run as an agent sees it: no digest, no proposal, nothing that it could say yes with. Pure. */
export function shownRun(run: WheelRun): ShownRun {
  const { id, workspace, status, sentence, destination, reason, steps, files, report } = run;
  return {
    notice: NOTICE,
    run: id,
    workspace,
    status,
    waitsForPerson: wheelPhase(status) === 'waiting' || status === 'planning',
    settled: wheelPhase(status) === 'settled',
    sentence: shownText(sentence),
    destination: shownText(destination),
    reason: reason === null ? null : shownText(reason),
    steps: steps.map(({ words, status: step, note }) => ({
      words: shownText(words),
      status: step,
      note: note === null ? null : shownText(note),
    })),
    files,
    report: report && {
      done: shownText(report.done),
      where: shownText(report.where),
      verified: shownText(report.verified),
      review: report.review.map(({ text, file, line }) =>
        shownText(file === null ? text : `${line === null ? file : `${file}:${line}`}: ${text}`),
      ),
    },
  };
}

function runText(run: ShownRun): string {
  const { report } = run;
  const lines = [
    `Plan: ${run.sentence}`,
    `Where: ${report?.where ?? run.destination}`,
    run.reason && `Why: ${run.reason}`,
    ...run.steps.map(({ words, status }) => `${status}: ${words}`),
    report && `Done: ${report.done}`,
    report && `Verified: ${report.verified}`,
    ...(report?.review ?? []).map((each) => `Review: ${each}`),
  ];
  const head = `${run.run}: ${WHEEL_STATUS_WORDS[run.status]}.${run.waitsForPerson ? ' A person decides; go on without waiting.' : ''}`;
  return [head, NOTICE, quoted(lines.map(oneLine).filter(Boolean).join('\n'))].join('\n\n');
}

/** What can be delegated, by folder; what cannot, with why. Pure. */
export function recipesText(
  folders: readonly { readonly workspace: string; readonly recipes: readonly WheelRecipe[] }[],
): string {
  return folders
    .map(({ workspace, recipes }) => {
      const lines = recipes.map(({ name, what, options, unavailable }) => {
        const asks = options.map(
          (option) => `${option.name}${option.required ? '' : '?'}: ${option.question}`,
        );
        const rest = unavailable === null ? asks.join('; ') : `not possible here: ${unavailable}`;
        return oneLine(`${name}: ${what}${rest === '' ? '' : ` (${rest})`}`);
      });
      return `${workspace}\n${quoted(lines.join('\n'))}`;
    })
    .join('\n\n');
}
