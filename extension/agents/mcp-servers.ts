import path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { Ghost } from '../ghost.ts';
import { MCP_PROVIDER } from '../manifest/agents.ts';
import { openToAgents } from '../pulse/pulse.ts';
import { chosenDataDirectory } from '../settings/own.ts';

/** Offers the editor's own agents a server for each folder that is open to agents, and none for any other. */
export function createMcpServers({
  link,
  folders,
  picture,
  version,
  extensionPath,
}: Ghost): readonly Disposable[] {
  // Hosts that speak the editor's language without its agents have no such function.
  if (typeof vscode.lm?.registerMcpServerDefinitionProvider !== 'function') return [];
  const changes = new vscode.EventEmitter<void>();
  const open = () =>
    openToAgents(
      link.status,
      folders.all.map((folder) => folder.path),
    );
  const server = ({ name, path: folder }: { name: string; path: string }) =>
    new vscode.McpStdioServerDefinition(
      `Progeny: ${name}`,
      process.execPath,
      [path.join(extensionPath, 'dist', 'progeny.js'), 'mcp', '--if-open', '--workspace', folder],
      { ELECTRON_RUN_AS_NODE: '1', PROGENY_DATA_DIR: chosenDataDirectory() },
      version,
    );
  let told = '';
  const look = () => {
    const now = JSON.stringify(open().map((folder) => folder.path));
    if (now === told) return;
    told = now;
    changes.fire();
  };
  return [
    changes,
    picture.onChange(look),
    vscode.lm.registerMcpServerDefinitionProvider(MCP_PROVIDER, {
      onDidChangeMcpServerDefinitions: changes.event,
      provideMcpServerDefinitions: () => open().map(server),
    }),
  ];
}
