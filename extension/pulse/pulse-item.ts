import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { Ghost } from '../ghost.ts';
import { pulse } from './pulse.ts';
import { pulseInput } from './pulse-input.ts';
import { tooltip, tooltipCommands } from './tooltip.ts';

/** How often times in it ("paused until") are looked at again. */
const AGAIN_MS = 30_000;

/** The status bar item. */
export function createPulse(ghost: Ghost): readonly Disposable[] {
  const item = vscode.window.createStatusBarItem('pulse', vscode.StatusBarAlignment.Left, 50);
  item.name = 'Progeny pulse';
  item.command = 'progeny.quickActions';
  let shown = '';
  const render = () => {
    const input = pulseInput(ghost, ghost.clock.now());
    const { text, label, color } = pulse(input);
    const markdown = tooltip({ ...input, next: ghost.picture.next, extensionVersion: ghost.version });
    const key = JSON.stringify([text, label, color, markdown]);
    if (key === shown) return;
    shown = key;
    item.text = text;
    item.accessibilityInformation = { label, role: 'button' };
    item.backgroundColor =
      color === 'error' || color === 'warning'
        ? new vscode.ThemeColor(`statusBarItem.${color}Background`)
        : undefined;
    item.color =
      color === 'prominent' ? new vscode.ThemeColor('statusBarItem.prominentForeground') : undefined;
    item.tooltip = trusted(markdown);
  };
  render();
  item.show();
  return [
    item,
    ghost.picture.onChange(render),
    ghost.taps.onChange(render),
    ghost.clock.every(AGAIN_MS, render),
  ];
}

function trusted(markdown: string): vscode.MarkdownString {
  const string = new vscode.MarkdownString(markdown, true);
  string.isTrusted = { enabledCommands: [...tooltipCommands] };
  return string;
}
