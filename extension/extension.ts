import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { type Disposable, Listeners, systemClock } from '../companion/kernel/index.ts';
import { createForgetDesk } from './agents/forget-surface.ts';
import { createMcpServers } from './agents/mcp-servers.ts';
import { editorModels } from './chat/editor-models.ts';
import { generateInEditor } from './chat/generate.ts';
import { createParticipant } from './chat/participant.ts';
import { chatRoute, councilRoute } from './chat/route.ts';
import { createTools } from './chat/tools.ts';
import { registerCommands } from './commands/register.ts';
import { createContextKeys } from './context-keys.ts';
import { feature } from './feature.ts';
import type { Ghost } from './ghost.ts';
import { createHover } from './hover/hover.ts';
import { CompanionLink } from './link/companion-link.ts';
import { createLog } from './log.ts';
import { createLoopsView } from './loops/loops-view.ts';
import { BRIEF_VIEW, CHAT_VIEW, COUNCIL_VIEW, MEMORY_VIEW, REVIEW_VIEW } from './manifest/views.ts';
import { memoryRoute } from './memory/question.ts';
import { Picture } from './picture/picture.ts';
import { Prompts } from './prompts/prompts.ts';
import { createPulse } from './pulse/pulse-item.ts';
import { renameInEditor } from './rename/rename-in-editor.ts';
import { renameEditor } from './rename/vscode-editor.ts';
import { createSensors } from './sensing/sensors.ts';
import { autoStart, chosenDataDirectory } from './settings/own.ts';
import { createSettingsPush } from './settings/push-settings.ts';
import { createStory } from './story/story.ts';
import { createStoryDocuments } from './story/story-document.ts';
import { TapDesk } from './taps/tap-desk.ts';
import { tapSurface } from './taps/tap-surface.ts';
import { AppPanel } from './webview/app-panel.ts';
import { AppView } from './webview/app-view.ts';
import { Wheel } from './wheel/wheel.ts';
import { Folders } from './workspace/folders.ts';
import { keepFoldersOpen } from './workspace/keep-open.ts';

/** How long an unused companion that this extension started stays. */
const IDLE_EXIT_SECONDS = 600;
/** A bundle of its own: to compile it takes ten times as long as all that activation needs. */
const DOOR = './dist/door.cjs';

/** Draws the window's parts from what is known at once; everything that takes time follows without being waited for. */
export function activate(context: vscode.ExtensionContext): void {
  const owned = context.subscriptions as Disposable[];
  const log = createLog();
  const folders = new Folders(log);
  const prompts = new Prompts();
  const taps: TapDesk = new TapDesk(
    tapSurface(() => link.api, prompts),
    systemClock,
  );
  const requireHere = createRequire(path.join(context.extensionPath, 'package.json'));
  const version: string = context.extension.packageJSON.version;
  const models = editorModels();
  const link: CompanionLink = new CompanionLink({
    dataDirectory: chosenDataDirectory(),
    launch: {
      execPath: process.execPath,
      script: path.join(context.extensionPath, 'dist', 'companion.js'),
      args: ['serve', '--idle-exit', String(IDLE_EXIT_SECONDS)],
    },
    version,
    capabilities: {
      tap: (tap) => taps.show(tap),
      rename: (input) => renameInEditor(renameEditor(folders), input),
      ...(models && {
        generate: (input) => generateInEditor({ models, api: () => link.api, clock: systemClock }, input),
      }),
    },
    clock: systemClock,
    log,
    wanted: () => autoStart() && folders.all.length > 0,
    door: async () => requireHere(DOOR),
  });
  const picture = new Picture(link, () => folders.all, systemClock, log);
  const ghost: Ghost = {
    link,
    folders,
    picture,
    prompts,
    taps,
    noted: new Listeners(),
    clock: systemClock,
    log,
    version,
    extensionPath: context.extensionPath,
  };
  owned.push(log, folders, link, picture);

  const app = new AppPanel(() => ghost, { type: 'progeny.app', route: 'brief', title: 'Progeny' });
  const onboarding = new AppPanel(() => ghost, {
    type: 'progeny.convergence',
    route: 'convergence',
    title: 'How you work',
  });
  const brief = new AppView(() => ghost, { view: BRIEF_VIEW, route: 'brief', title: 'Where you are' });
  const memory = new AppView(() => ghost, { view: MEMORY_VIEW, route: 'memory', title: 'Memory' });
  const chat = new AppView(() => ghost, { view: CHAT_VIEW, route: 'chat', title: 'Ask' });
  const council = new AppView(() => ghost, { view: COUNCIL_VIEW, route: 'council', title: 'Questions' });
  const review = new AppView(() => ghost, { view: REVIEW_VIEW, route: 'review', title: 'Review' });
  owned.push(app, onboarding);
  let wheel: Wheel | null = null;
  feature(owned, log, 'delegated work', () => {
    wheel = new Wheel(ghost, context.workspaceState);
    return [wheel];
  });
  feature(owned, log, 'commands', () =>
    registerCommands({
      ...ghost,
      showApp: (view) => app.show(view),
      searchMemory: (question) => memory.go(memoryRoute(question)),
      showChat: (place) => chat.go(chatRoute(place)),
      showCouncil: (place) => council.go(councilRoute(place)),
      showReview: () => review.go('review'),
      showConvergence: () => onboarding.show('convergence'),
      wheel: () => {
        if (!wheel) throw new Error('Delegated work could not be set up in this window. The log says why.');
        return wheel;
      },
      run: (command, ...args) => vscode.commands.executeCommand(command, ...args),
    }),
  );
  feature(owned, log, 'pulse', () => createPulse(ghost));
  feature(owned, log, 'context keys', () => createContextKeys(ghost));
  feature(owned, log, 'loops view', () => createLoopsView(ghost));
  feature(owned, log, 'brief view', () => brief.register());
  feature(owned, log, 'memory view', () => memory.register());
  feature(owned, log, 'chat view', () => chat.register());
  feature(owned, log, 'council view', () => council.register());
  feature(owned, log, 'review view', () => review.register());
  feature(owned, log, 'hover', () => createHover(ghost));
  feature(owned, log, 'folders', () => keepFoldersOpen(ghost));
  feature(owned, log, 'sensors', () => createSensors(ghost));
  feature(owned, log, 'requests of agents', () => createForgetDesk(ghost));
  feature(owned, log, 'servers for agents', () => createMcpServers(ghost));
  feature(owned, log, 'story', () => createStory(ghost));
  feature(owned, log, 'story documents', () => createStoryDocuments(ghost));
  feature(owned, log, '@progeny', () => createParticipant(ghost));
  feature(owned, log, 'tools for models', () => createTools(ghost));
  feature(owned, log, 'settings', () => createSettingsPush(ghost));

  if (folders.virtual) link.rest();
  else owned.push(systemClock.after(0, () => void link.open()));
}

/** Everything is disposed through the context's subscriptions; the companion goes on for other windows. */
export function deactivate(): void {}
