import { type Look, readProject, runScript } from '../project.ts';
import { findVerification } from '../verify.ts';

/** A command that a model's plan may run: one that the project itself names, in full. */
export interface KnownCommand {
  /** How it stands in the prompt: "npm run lint". */
  readonly typed: string;
  readonly argv: readonly string[];
  readonly purpose: string;
  readonly accept: readonly number[];
}

/** Scripts whose names say that they check or mend. One that publishes, deploys or installs is no check. */
const HARMLESS =
  /^(?:test|lint|format|fmt|check|typecheck|type-check|build|compile|fix)(?:[:-](?:unit|ci|fix|check|all|types?|js|ts|css|md|code|src|lint|format))*$/;
const MOST = 20;

export async function knownCommands(look: Look): Promise<KnownCommand[]> {
  const project = await readProject(look);
  const scripts = Object.keys(project.scripts).filter((name) => HARMLESS.test(name));
  const known = scripts
    .slice(0, MOST)
    .map((name) => commandOf(runScript(project.manager, name), `Runs the project's script "${name}"`));
  const verification = await findVerification(look);
  if (verification) known.push(commandOf(verification.argv, "Runs the project's own check"));
  return known.filter(({ typed }, i) => known.findIndex((each) => each.typed === typed) === i);
}

/** What it finds is an answer, so 1 is no failure. */
function commandOf(argv: readonly string[], purpose: string): KnownCommand {
  return { typed: argv.join(' '), argv, purpose, accept: [0, 1] };
}
