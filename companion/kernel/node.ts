export { writeFileAtomic } from './atomic-file.ts';
export { dataDirectory } from './data-directory.ts';
