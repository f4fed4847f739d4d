import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { CompanionClient } from '../../../companion/client/index.ts';
import { openSocket, readDiscovery } from '../../../companion/client/node.ts';
import { dataDirectory } from '../../../companion/kernel/node.ts';
import { commands } from '../../../extension/manifest/commands.ts';

/** The browser's tests run beside this one: what takes three seconds alone may take a minute. */
const LIMIT_MS = 90_000;

async function eventually<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (const end = performance.now() + LIMIT_MS; performance.now() < end; await delay(50)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`not within ${LIMIT_MS / 1000} s: ${what}`);
}

describe('the installed extension', () => {
  const extension = vscode.extensions.getExtension('progeny-dev.progeny');
  const running = () => readDiscovery(dataDirectory());

  // The companion would outlive the host: it waits ten minutes for another window.
  after(async () => {
    await vscode.commands.executeCommand('progeny.stopCompanion');
  });

  it('is active after startup without anything being opened', async () => {
    assert.ok(extension, 'it is installed');
    await eventually('it is active', async () => extension.isActive);
  });

  it('registers every command of its table', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const { id } of commands) assert.ok(registered.has(id), id);
  });

  it('offers its settings with their defaults', () => {
    const configuration = vscode.workspace.getConfiguration('progeny');
    assert.equal(configuration.get('interruption.perDay'), 3);
    assert.equal(configuration.get('autoStart'), true);
  });

  it('[F9] starts the companion that it brings along, which opens the folder', async () => {
    await eventually('a companion runs', running);
    const client = new CompanionClient({
      open: async () => {
        const found = await running();
        if (!found) throw new Error('no companion');
        return openSocket(found);
      },
      kind: 'test',
      version: '0.1.0',
    });
    try {
      const api = await client.connected(LIMIT_MS);
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
      await eventually('it knows the folder', async () =>
        (await api.workspaces.list({})).some(({ path }) => path === folder),
      );
    } finally {
      client.dispose();
    }
  });

  it('opens its views and the brief', async () => {
    await vscode.commands.executeCommand('progeny.loops.focus');
    await vscode.commands.executeCommand('progeny.showBrief');
    await eventually('the brief is an editor', async () =>
      vscode.window.tabGroups.all.some(({ tabs }) =>
        tabs.some(({ label }) => label === 'Where you are · Progeny'),
      ),
    );
  });

  it('stops the companion when asked, and starts it again', async () => {
    await vscode.commands.executeCommand('progeny.stopCompanion');
    assert.equal(await running(), null);
    await vscode.commands.executeCommand('progeny.startCompanion');
    assert.ok(await running());
  });
});
