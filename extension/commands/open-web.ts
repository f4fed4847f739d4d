import * as vscode from 'vscode';
import type { ConnectedContext } from './context.ts';

/** Opens the companion's own address in a browser, logged in by a code that works once. */
export async function openWeb({ api, folders }: ConnectedContext): Promise<void> {
  const { url } = await api.auth.code({});
  const address = new URL(url);
  const folder = folders.current;
  if (folder && address.hash) address.hash += `&workspace=${encodeURIComponent(folder.path)}`;
  // As a string: a `Uri` would escape the `=` of the fragment, and the code in it could not be read.
  await vscode.env.openExternal(address.href as unknown as vscode.Uri);
}
