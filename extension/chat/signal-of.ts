import type * as vscode from 'vscode';

/** The editor's way of cancelling as the platform's; let go of when it is disposed. */
export function signalOf(token: vscode.CancellationToken): Disposable & { readonly signal: AbortSignal } {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  const listening = token.onCancellationRequested(() => abort.abort());
  return { signal: abort.signal, [Symbol.dispose]: () => listening.dispose() };
}
