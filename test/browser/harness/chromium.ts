import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const elsewhere: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable];
    if (!folder) return [];
    return ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((file) =>
      path.join(folder, file),
    );
  }),
};

/** The installed Chromium: $CHROMIUM, else one on PATH, else where the platform keeps it; undefined when there is none. */
export function findChromium(): string | undefined {
  const onPath = names.flatMap((name) =>
    (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name)),
  );
  return [process.env.CHROMIUM ?? '', ...onPath, ...(elsewhere[process.platform] ?? [])].find(isExecutable);
}

function isExecutable(file: string): boolean {
  if (!path.isAbsolute(file)) return false;
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Puts pages together without WebGL, which is quicker by software; but what WebGL draws has then to be copied, so
 * nothing of that can be measured.
 */
export const FLAT = '--disable-gpu-compositing';

/** Launches it headless, talking to nobody, with WebGL by software. Throws when none is installed. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath)
    throw new Error('no Chromium or Chrome found; install one or set CHROMIUM to its path');
  const quiet = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];
  const software = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [...quiet, '--disable-component-update', ...software, ...asRoot, ...(options.args ?? [])];
  return chromium.launch({ headless: true, ...options, executablePath, args });
}
