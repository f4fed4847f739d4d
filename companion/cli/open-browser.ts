import { spawn } from 'node:child_process';

/** Opens an address in the user's browser, where there is a display; nothing happens where that fails. */
export function openInBrowser(address: string): void {
  const [program, ...before] = opener(process.platform, process.env) ?? [];
  if (program === undefined) return;
  const child = spawn(program, [...before, address], { detached: true, stdio: 'ignore', windowsHide: true });
  child.on('error', () => {});
  child.unref();
}

/** What opens addresses on a platform; null where there is no display. Pure. */
export function opener(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly string[] | null {
  if (platform === 'darwin') return ['open'];
  // No shell: it would take the & of an address for its own.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open'] : null;
}
