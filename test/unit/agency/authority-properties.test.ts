import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CONTRACTS } from '../../../companion/agency/contracts.ts';
import { authorityOf, Grants, type Leave, type StepContext } from '../../../companion/agency/index.ts';
import { AuditLog } from '../../../companion/audit/index.ts';
import { seededRandom, silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import {
  type Grant,
  ProgenyError,
  TIERS,
  type Tier,
  type WheelCapability,
  type WheelStep,
} from '../../../companion/protocol/index.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { commandRisk, DAY, NOW, STEPS } from './sources.ts';

const FOLDERS = ['/a/b', '/a/bc', '/a/b/c', '/a'] as const;
const CAPABILITIES: readonly WheelCapability[] = [
  'draft',
  'edit',
  'command',
  'git',
  'delete_branch',
  'network',
];
const ARGVS = [
  ['npm', 'run', 'lint'],
  ['npm', 'run', 'lint-all'],
  ['npm', 'run', 'lint', '--script-shell=x'],
  ['npm', 'run', 'lint', 'src'],
  ['git', 'push'],
  ['sh', '-c', 'x'],
] as const;
const PATHS = ['src/a.ts', 'src2/a.ts', '../x', '.env', 'docs/a.md'] as const;

const folder = fc.constantFrom(...FOLDERS);
const run = fc.constantFrom('run_1', 'run_2');
const step: fc.Arbitrary<WheelStep> = fc.oneof(
  fc.constantFrom(...STEPS),
  fc.constantFrom(...PATHS).map((path) => ({ tool: 'write', path, text: '' }) satisfies WheelStep),
  fc
    .constantFrom(...ARGVS)
    .map((argv) => ({ tool: 'command', argv: [...argv], folder: '', purpose: '' }) satisfies WheelStep),
);

/** What may happen in any order: the person, the agent, the clock, trust. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('tier' as const), tier: fc.constantFrom(...TIERS) }),
  fc.record({ kind: fc.constant('trust' as const), folder, trusted: fc.boolean() }),
  fc.record({ kind: fc.constant('clock' as const), ms: fc.integer({ min: -3 * DAY, max: 3 * DAY }) }),
  fc.record({
    kind: fc.constant('give' as const),
    folder,
    capability: fc.constantFrom(...CAPABILITIES),
    silence: fc.boolean(),
    paths: fc.constantFrom<string[]>([], [], ['src'], ['docs/a.md']),
    argv: fc.constantFrom<readonly string[] | null>(
      null,
      ['npm', 'run', 'lint'],
      ['npm'],
      ['sh', '-c'],
      ['git', 'push'],
    ),
    days: fc.constantFrom(0.01, 1, 30),
  }),
  fc.record({ kind: fc.constant('revoke' as const), which: fc.nat(5) }),
  fc.record({ kind: fc.constant('preview' as const), run, digest: fc.constantFrom('d1', 'd2', 'd1 ') }),
  fc.record({ kind: fc.constant('click' as const), run, digest: fc.constantFrom('d1', 'd2', 'd1 ') }),
  fc.record({ kind: fc.constant('silence' as const), run }),
  fc.record({ kind: fc.constant('restore' as const) }),
  ...Array.from({ length: 6 }, () =>
    fc.record({
      kind: fc.constant('step' as const),
      run,
      folder,
      step,
      real: fc.boolean(),
      changed: fc.boolean(),
      by: fc.constantFrom('person' as const, 'agent' as const, 'mind' as const),
    }),
  ),
);

/** What is so in the world, kept apart from the product. */
interface Model {
  tier: Tier;
  trusted: Map<string, boolean>;
  /** Leave that was given, and may hold. */
  given: { grant: Grant; revoked: boolean }[];
  restoredAt: number;
  /** The latest time at which the product was asked about anything. */
  latest: number;
  previews: Map<string, string>;
  clicks: Map<string, string>;
  silent: Set<string>;
}

const begins = (argv: readonly string[], prefix: readonly string[]) =>
  prefix.every((part, i) => part === argv[i]) &&
  argv.slice(prefix.length).every((each) => !each.startsWith('-'));

/** The law, said another way than the product does it. */
function lawful(
  model: Model,
  now: number,
  asked: { step: WheelStep; context: StepContext },
  leave: Leave,
): string | null {
  if (!leave.allowed) return null;
  const { step: what, context } = asked;
  if (!model.trusted.get(context.workspace)) return 'in an untrusted folder';
  if ('path' in what && (what.path === '../x' || what.path === '.env')) return 'out of its folder';
  if (what.tool === 'command' && what.argv[0] === 'sh') return 'a shell';
  const preview = model.previews.get(context.run);
  const clicked = preview !== undefined && model.clicks.get(context.run) === preview;
  if (leave.by === 'click') return clicked ? null : 'by a click that nobody made';
  const holds = (silence: boolean) =>
    model.given.some(
      ({ grant, revoked }) =>
        !revoked &&
        grant.id === leave.grant &&
        grant.createdAt > model.restoredAt &&
        grant.createdAt <= now &&
        Math.max(now, model.latest) < grant.expiresAt &&
        grant.workspace === context.workspace &&
        grant.capability === CONTRACTS[what.tool].capability &&
        (!silence || grant.silence) &&
        (grant.paths.length === 0 ||
          ('path' in what && grant.paths.some((top) => `${what.path}/`.startsWith(`${top}/`))) ||
          what.tool !== 'write') &&
        (what.tool !== 'command' || (grant.argv !== null && begins(what.argv, grant.argv))),
    );
  const hard = what.tool === 'command' && what.argv[1] === 'push';
  if (hard) return 'a hard stop without a click';
  if (context.real) {
    if (leave.by !== 'silence' || !context.silence) return 'for real without a click and without silence';
    if (model.tier !== 'T3') return `by silence at ${model.tier}`;
    if (context.origin.by !== 'person') return 'by silence for somebody else';
    return holds(true) ? null : 'by silence without leave that holds';
  }
  if (what.tool !== 'command' || context.origin.by === 'person') return null;
  if (context.changed !== false) return 'what it wrote itself';
  if (model.tier === 'T0' || model.tier === 'T1') return `a command at ${model.tier}`;
  return holds(false) ? null : 'a command without leave that holds';
}

describe('agency/authority, whatever happens', function () {
  this.timeout(300_000);

  it('[A6] no sequence of calls reaches a tool above its tier without leave that holds or a click on exactly that preview', async () => {
    using data = temporaryFolder();
    const clock = new VirtualClock(NOW);
    const store = await openStore(data.path, { clock });
    let offset = 0;
    let restoredAt = 0;
    // A clock that somebody sets as they like.
    const shaken = Object.assign(Object.create(clock) as VirtualClock, { now: () => clock.now() + offset });
    const audit = new AuditLog({ mind: store.mind, hub: store.hub, clock: shaken, logger: silentLogger });
    const allowed = { click: 0, silence: 0, grant: 0, tier: 0, refused: 0 };
    for (const path of FOLDERS)
      store.mind.transact((tx) => {
        tx.run('INSERT INTO workspaces (id, path, opened_at) VALUES (?, ?, 0)', `ws_${path.length}`, path);
        tx.emit({ type: 'workspace.registered', subject: path });
      });

    fc.assert(
      fc.property(fc.array(happening, { maxLength: 50 }), fc.nat(), (happenings, seed) => {
        store.mind.record((w) => w.run('DELETE FROM grants'));
        offset = 0;
        restoredAt = 0;
        clock.advance(40 * DAY);
        const grants = new Grants({
          ...{ mind: store.mind, clock: shaken, audit },
          random: seededRandom(seed),
          endedAt: () => restoredAt,
        });
        // What was told last, by the run before, stands in the log.
        const model: Model = {
          ...{ tier: 'T0' as Tier, given: [], restoredAt: 0, latest: 0 },
          trusted: new Map([['/a/b', true]]),
          previews: new Map(),
          clicks: new Map(),
          silent: new Set(),
        };
        const authority = authorityOf({
          tier: () => model.tier,
          trusted: (path) => model.trusted.get(path) ?? false,
          confidential: () => false,
          grants,
          commandRisk,
          maxFiles: () => 100,
        });
        for (const each of happenings) {
          switch (each.kind) {
            case 'tier':
              model.tier = each.tier;
              break;
            case 'trust':
              model.trusted.set(each.folder, each.trusted);
              break;
            case 'clock':
              offset += each.ms;
              break;
            case 'restore':
              restoredAt = shaken.now();
              model.restoredAt = restoredAt;
              break;
            case 'preview':
              model.previews.set(each.run, `${each.run} ${each.digest}`);
              model.clicks.delete(each.run);
              model.silent.delete(each.run);
              break;
            case 'click':
              model.clicks.set(each.run, `${each.run} ${each.digest}`);
              break;
            case 'silence':
              model.silent.add(each.run);
              break;
            case 'give':
              try {
                const { kind: _, folder: workspace, argv, ...asked } = each;
                const grant = grants.give({ ...asked, workspace, argv: argv && [...argv] });
                model.given.push({ grant, revoked: false });
              } catch (error) {
                if (!(error instanceof ProgenyError) || error.code !== 'bad_input') throw error;
              }
              break;
            case 'revoke': {
              const chosen = model.given[each.which];
              if (!chosen) break;
              grants.revoke(chosen.grant.id);
              chosen.revoked = true;
              break;
            }
            case 'step': {
              const clicked = model.clicks.get(each.run);
              const context: StepContext = {
                ...{ run: each.run, workspace: each.folder, real: each.real, changed: each.changed },
                origin: { by: each.by, name: 'x' },
                digest: model.previews.get(each.run) ?? null,
                click: clicked === undefined ? null : { digest: clicked, connection: 'c', files: null },
                silence: model.silent.has(each.run),
              };
              const leave = authority.mayStep(each.step, context);
              const wrong = lawful(model, shaken.now(), { step: each.step, context }, leave);
              assert.equal(
                wrong,
                null,
                `${JSON.stringify(each.step)} was allowed ${wrong}: ${JSON.stringify(leave)}`,
              );
              allowed[leave.allowed ? leave.by : 'refused']++;
              model.latest = Math.max(model.latest, shaken.now());
            }
          }
        }
      }),
      { numRuns: 300, seed: 20260606 },
    );
    audit.dispose();
    store.close();
    // A law that nothing ever comes near to is none.
    for (const [by, times] of Object.entries(allowed)) assert.ok(times > 5, `${by}: ${times}`);
  });
});
