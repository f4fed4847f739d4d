import { heritageFiles } from '../../companion/protocol/index.ts';
import { MCP_PROVIDER } from './agents.ts';
import { identity } from './capabilities.ts';
import { chatParticipants, languageModelTools } from './chat.ts';
import { type CommandDeclaration, commands } from './commands.ts';
import { keybindings, menus } from './menus.ts';
import { configuration } from './settings.ts';
import { views, viewsContainers, viewsWelcome } from './views.ts';
import { walkthroughs } from './walkthrough.ts';

const CATEGORY = 'Progeny';

/** The part of package.json that is generated: what the extension is, and `contributes`. */
export function manifest(): Record<string, unknown> {
  return {
    ...identity,
    contributes: {
      commands: commands.map(contributedCommand),
      keybindings,
      menus: { commandPalette: hiddenFromPalette(), ...menus },
      viewsContainers,
      views,
      viewsWelcome,
      configuration: configuration(),
      jsonValidation: Object.keys(heritageFiles).map((file) => ({
        fileMatch: `**/progeny/heritage/${file}.json`,
        url: `./media/schemas/heritage-${file}.schema.json`,
      })),
      walkthroughs,
      chatParticipants,
      languageModelTools,
      mcpServerDefinitionProviders: [{ id: MCP_PROVIDER, label: CATEGORY }],
    },
  };
}

function contributedCommand({ id, title, icon, enablement }: CommandDeclaration): object {
  return { command: id, title, category: CATEGORY, ...(icon && { icon }), ...(enablement && { enablement }) };
}

function hiddenFromPalette(): object[] {
  const all: readonly CommandDeclaration[] = commands;
  return all.filter(({ palette }) => palette === false).map(({ id }) => ({ command: id, when: 'false' }));
}
