export { writeFileAtomic } from './atomic-file.ts';
export { DATA_ENTRIES, dataDirectory } from './data-directory.ts';
