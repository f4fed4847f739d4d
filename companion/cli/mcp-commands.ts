import { realpath } from 'node:fs/promises';
import { readDiscovery } from '../client/node.ts';
import { ago } from '../kernel/index.ts';
import { dataDirectory } from '../kernel/node.ts';
import type { Address } from '../mcp/node.ts';
import type { Command } from './commands.ts';
import { type Arguments, text, UsageError } from './options.ts';
import { connect, workspaceFolder } from './session.ts';

const VERBS = 'open, close, confidential, token, tokens, revoke';

export const mcpCommands: Readonly<Record<string, Command>> = {
  mcp: {
    usage:
      'mcp [--workspace DIR] [--if-open] | mcp open|close|confidential [DIR] [--off] | mcp token NAME [--actor ID] | mcp tokens | mcp revoke NAME',
    summary: 'Serve an agent (MCP) on stdin and stdout; or say what agents may see over HTTP, and which',
    options: { actor: { type: 'string' }, off: { type: 'boolean' }, 'if-open': { type: 'boolean' } },
    starts: true,
    async run(args, output, api) {
      const [verb, given, ...more] = args.words;
      if (more.length > 0) throw new UsageError(`mcp ${verb}: received ${more.length} words too many`);
      if (verb === 'open' || verb === 'close' || verb === 'confidential') {
        const folder = workspaceFolder(given ?? text(args, 'workspace'));
        const { path: place } = await api.workspaces.open({ path: folder });
        const off = args.values.off === true;
        const change = verb === 'confidential' ? { confidential: !off } : { mcp: verb === 'open' };
        const doors = await api.workspaces.doors({ path: place, ...change });
        return output.result({ path: place, ...doors }, () => doorText(place, doors));
      }
      if (verb === 'tokens') {
        const tokens = await api.agents.list({});
        const now = Date.now();
        const line = (t: (typeof tokens)[number]) =>
          `${t.name}  ${t.actor}  ${t.usedAt === null ? 'never used' : `used ${ago(t.usedAt, now)}`}`;
        return output.result(tokens, () => tokens.map(line).join('\n') || 'No agent has a token.');
      }
      if (verb === 'token') {
        const actor = text(args, 'actor');
        const made = await api.agents.add({ name: named(verb, given), ...(actor && { actor }) });
        return output.result(made, () =>
          [
            `URL     ${made.url}`,
            `Header  Authorization: Bearer ${made.token}`,
            'The token is shown this once. It permits MCP and nothing else, in workspaces that are open to agents.',
          ].join('\n'),
        );
      }
      if (verb === 'revoke') {
        const name = named(verb, given);
        await api.agents.remove({ name });
        return output.result({ name, revoked: true }, () => `The token "${name}" is worth nothing any more.`);
      }
      throw new UsageError(`mcp: expected ${VERBS}, or nothing; received "${verb}"`);
    },
  },
};

/** `progeny mcp`: an agent's door on stdin and stdout. Nothing but the protocol is written to stdout. */
export async function serveAgent(args: Arguments): Promise<void> {
  const folder = workspaceFolder(text(args, 'workspace'));
  const door = args.values['if-open'] === true ? 'http' : 'stdio';
  // Loaded for this command alone: the SDK takes its time.
  const { serveStdio } = await import('../mcp/node.ts');
  await serveStdio({ folder, door }, () => reach(folder));
}

/** The companion, started where none runs, with the folder open. */
async function reach(folder: string): Promise<Address> {
  const session = await connect({ start: true });
  if (!session) throw new Error('no companion runs');
  try {
    const open = await session.api.workspaces.list({});
    const real = await realpath(folder).catch(() => folder);
    // Where a window has it open, that window says whether it is trusted.
    if (!open.some((workspace) => workspace.path === real))
      await session.api.workspaces.open({ path: folder });
  } finally {
    session.close();
  }
  const found = await readDiscovery(dataDirectory());
  if (!found) throw new Error('the companion stopped again');
  return found;
}

function named(verb: string, name: string | undefined): string {
  if (name !== undefined) return name;
  throw new UsageError(`mcp ${verb}: expected the name of a token, such as "claude-code"; received nothing`);
}

function doorText(place: string, { mcp, confidential }: { mcp: boolean; confidential: boolean }): string {
  if (confidential) return `${place} is confidential: no agent sees it, through no door.`;
  return mcp
    ? `${place} is open to agents over HTTP (MCP). \`progeny mcp token NAME\` lets one in, \`progeny mcp close\` closes it.`
    : `${place} is closed to agents over HTTP.`;
}
