import { CAPABILITY_WORDS, type Grant, type Tier } from '../protocol/index.ts';
import type { Transaction } from '../store/index.ts';
import { wrongPath } from './asked-path.ts';
import { atLeast, CONTRACTS, HARD_STOPS } from './contracts.ts';
import { covers } from './live-grant.ts';
import { breachOf, breachOfProgram, needOf, needOfProgram } from './step-needs.ts';
import type { Authority, Leave, Program, StepContext, StepNeed } from './types.ts';

/** What is known of a command before it runs; made by the room `processes`. */
export interface Risk {
  /** `never`: nobody may have it run. `click`: it always needs an explicit click (it pushes, publishes, spends). */
  readonly rule: 'never' | 'click';
  readonly why: string;
}

/** All that leave depends on. Each is asked anew for each step: nothing is kept between two. */
export interface LeaveSources {
  /** The tier that trust allows now. */
  tier(): Tier;
  /** Whether the folder is open, and trusted by its user (VS Code's workspace trust). */
  trusted(workspace: string): boolean;
  /** Whether the folder is marked confidential: nothing is done in it for an agent. */
  confidential(workspace: string): boolean;
  /** Leave that holds now in exactly this folder. */
  grants: { live(workspace: string): readonly Grant[]; used(tx: Transaction, ids: readonly string[]): void };
  commandRisk(argv: readonly string[]): readonly Risk[];
  /** How many files a run may change (`wheel.maxFiles`). */
  maxFiles(): number;
}

type Where = Pick<StepContext, 'workspace' | 'origin'>;

/**
 * Decides what may be done now (docs/WHEEL.md, "Leave and tiers"). Nothing is done in an untrusted folder, and nothing
 * that no contract allows, whoever says yes. A copy may be changed by anybody's plan; programs on it run for a person's
 * own plan, and for others after a click, or at T2 with leave for the command while the copy is as the folder is. For
 * real it takes a click on exactly the preview as it stands; or silence, at T3, with leave that covers it, for what a
 * person asked for.
 */
export function authorityOf(sources: LeaveSources): Authority {
  const never = (argv: readonly string[]) => riskOf(sources, argv, 'never');

  const decide = (need: StepNeed, needed: Tier, context: StepContext): Leave => {
    const barred = barredFrom(sources, context);
    if (barred !== null) return refused(barred, { click: false });
    if (isClicked(context)) return { allowed: true, by: 'click' };
    return context.real
      ? bySilence(sources, need, needed, context)
      : rehearsing(sources, need, needed, context);
  };

  return {
    mayStep(step, context) {
      const breach = breachOf(step, never);
      if (breach !== null) return refused(breach, { click: false, breach: true });
      return decide(needOf(step), CONTRACTS[step.tool].tier, context);
    },
    mayVerify(program, context) {
      const breach = breachOfProgram(program, never);
      if (breach !== null) return refused(breach, { click: false, breach: true });
      return decide(needOfProgram(program), CONTRACTS.command.tier, context);
    },
    mayApply(paths, context) {
      const wrong = paths.map(wrongPath).find((why) => why !== null);
      if (wrong) return refused(wrong, { click: false, breach: true });
      const most = sources.maxFiles();
      if (paths.length > most)
        return refused(`It would change ${paths.length} files; \`wheel.maxFiles\` allows ${most}.`, {
          click: false,
        });
      const said = context.click?.files;
      if (said && !paths.every((path) => said.includes(path)))
        return refused('Your yes was to other files of this preview.', { click: true });
      return decide({ capability: 'edit', paths, argv: null }, CONTRACTS.write.tier, context);
    },
    maySilence(needs, where) {
      const barred = barredFrom(sources, where);
      if (barred !== null) return { ok: false, why: barred };
      const grants = new Set<string>();
      for (const need of needs) {
        const found = silenceFor(sources, need, where);
        if (!('grant' in found)) return { ok: false, why: found.why };
        grants.add(found.grant);
      }
      return needs.length > 0
        ? { ok: true, grants: [...grants] }
        : { ok: false, why: 'It does nothing that leave could be about.' };
    },
    used: (tx, ids) => sources.grants.used(tx, ids),
  };
}

/**
 * Whether a program of this run may reach the network: only where leave for that holds in the folder, and a person said
 * yes to it or asked for it.
 */
export function mayUseNetwork(
  sources: LeaveSources,
  { argv, folder }: Program,
  context: StepContext,
): boolean {
  if (barredFrom(sources, context) !== null) return false;
  if (!isClicked(context) && (context.real || context.origin.by !== 'person')) return false;
  const need: StepNeed = { ...needOfProgram({ argv, folder }), capability: 'network' };
  return sources.grants.live(context.workspace).some((grant) => covers(grant, context.workspace, need));
}

/** Why nothing may be done there for this caller, whoever says yes; null where something may. */
function barredFrom(sources: LeaveSources, { workspace, origin }: Where): string | null {
  if (!sources.trusted(workspace))
    return 'The folder is not open here as a trusted one, so nothing but reading is done in it.';
  if (origin.by === 'agent' && sources.confidential(workspace))
    return 'The folder is confidential, so nothing is done in it for an agent.';
  return null;
}

/** A yes counts for exactly the preview that it was given to. */
function isClicked({ click, digest }: StepContext): boolean {
  return click !== null && digest !== null && digest !== '' && click.digest === digest;
}

function rehearsing(sources: LeaveSources, need: StepNeed, needed: Tier, context: StepContext): Leave {
  if (need.capability !== 'command') return { allowed: true, by: 'tier' };
  const risk = riskOf(sources, need.argv, 'click');
  if (risk !== null) return refused(`${risk} It is not even rehearsed without your click.`, { click: true });
  // Who asks for something in their own folder by its name says yes to what it runs there.
  if (context.origin.by === 'person') return { allowed: true, by: 'tier' };
  if (context.changed !== false)
    return refused(
      'The plan changed files before it runs a program, which may run what was written. It waits for your click.',
      { click: true },
    );
  if (!atLeast(sources.tier(), needed)) return refused(tooLow(sources.tier(), needed), { click: true });
  const grant = sources.grants.live(context.workspace).find((each) => covers(each, context.workspace, need));
  if (grant) return { allowed: true, by: 'grant', grant: grant.id };
  return refused('You gave no leave for this command here. It waits for your click.', { click: true });
}

function bySilence(sources: LeaveSources, need: StepNeed, needed: Tier, context: StepContext): Leave {
  if (!context.silence) {
    const tier = sources.tier();
    const why =
      context.click === null
        ? atLeast(tier, needed)
          ? 'It waits for your yes to the preview.'
          : tooLow(tier, needed)
        : 'The preview is another now than the one that you said yes to.';
    return refused(why, { click: true });
  }
  const found = silenceFor(sources, need, context);
  return 'grant' in found
    ? { allowed: true, by: 'silence', grant: found.grant }
    : refused(found.why, { click: true });
}

/** Leave by which silence is consent to this, or why it is not. */
function silenceFor(
  sources: LeaveSources,
  need: StepNeed,
  { workspace, origin }: Where,
): { grant: string } | { why: string } {
  if (origin.by !== 'person')
    return { why: 'Silence is consent only to what you asked for yourself; this waits for your click.' };
  if (HARD_STOPS.has(need.capability))
    return { why: `To ${CAPABILITY_WORDS[need.capability].to} always needs your click.` };
  const hard = riskOf(sources, need.argv, 'never') ?? riskOf(sources, need.argv, 'click');
  if (hard !== null) return { why: hard };
  const tier = sources.tier();
  if (!atLeast(tier, 'T3')) return { why: tooLow(tier, 'T3') };
  const grant = sources.grants.live(workspace).find((each) => each.silence && covers(each, workspace, need));
  return grant
    ? { grant: grant.id }
    : { why: `You did not grant silence for this: to ${CAPABILITY_WORDS[need.capability].to}.` };
}

function riskOf(
  { commandRisk }: LeaveSources,
  argv: readonly string[] | null,
  rule: Risk['rule'],
): string | null {
  return argv === null ? null : (commandRisk(argv).find((risk) => risk.rule === rule)?.why ?? null);
}

function tooLow(tier: Tier, needed: Tier): string {
  return `It waits for your click: without one this needs trust at ${needed}, and trust is at ${tier}.`;
}

function refused(why: string, { click, breach = false }: { click: boolean; breach?: boolean }): Leave {
  return { allowed: false, why, click, breach };
}
