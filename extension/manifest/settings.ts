import { z } from 'zod';
import { type Settings, settings } from '../../companion/protocol/index.ts';

type Property = Record<string, unknown>;
interface Section {
  readonly title: string;
  readonly tags?: readonly string[];
}

/** How each room's settings are headed, in the order of the settings page. */
const sections: Readonly<Record<keyof Settings, Section>> = {
  interruption: { title: 'Taps' },
  loops: { title: 'Open threads' },
  memory: { title: 'Memory' },
  language: { title: 'Language models' },
  review: { title: 'Review' },
  patterns: { title: 'Patterns in your work' },
  narration: { title: 'Story' },
  wheel: { title: 'Delegated work' },
  dream: { title: 'Dream' },
  sensors: { title: 'Sensors' },
  store: { title: 'Storage', tags: ['advanced'] },
  gateway: { title: 'Connections', tags: ['advanced'] },
};

/** Settings of the extension itself. */
const own = {
  title: 'Progeny',
  order: 0,
  properties: {
    'progeny.autoStart': {
      type: 'boolean',
      default: true,
      scope: 'machine',
      markdownDescription:
        'Start the companion when a folder is opened, and again when it dies. When off, use `Progeny: Start the Companion`.',
    },
    'progeny.dataDirectory': {
      type: 'string',
      default: '',
      scope: 'machine',
      markdownDescription:
        'An absolute path for everything that Progeny keeps. Empty: `PROGENY_DATA_DIR`, or the place for application data of this system. Takes effect when the window reloads.',
    },
  },
};

/** `contributes.configuration`, made from the companion's schema: one source for types, checks and this page. */
export function configuration(): object[] {
  const schema = z.toJSONSchema(settings, { io: 'input' }) as {
    properties: Record<keyof Settings, { properties: Record<string, Property> }>;
  };
  const rooms = Object.entries(sections).map(([room, { title, tags }], index) => ({
    title,
    order: index + 1,
    properties: Object.fromEntries(
      Object.entries(schema.properties[room as keyof Settings].properties).map(([name, property], order) => [
        `progeny.${room}.${name}`,
        { ...plain(property), scope: 'application', order, ...(tags && { tags }) },
      ]),
    ),
  }));
  return [own, ...rooms];
}

/** VS Code reads JSON Schema; zod's bound for "a safe integer" would only be noise there. */
function plain(property: Property): Property {
  const { maximum, ...rest } = property;
  return maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? rest : { ...rest, maximum };
}
