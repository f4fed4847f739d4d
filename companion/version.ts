import packageJson from '../package.json' with { type: 'json' };

/** Of the package; extension, companion and command line are released together. */
export const VERSION: string = packageJson.version;
