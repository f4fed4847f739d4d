export { writeFileAtomic } from './atomic-file.ts';
export { DATA_ENTRIES, dataDirectory } from './data-directory.ts';
export { Disk, type DiskOptions, type Found } from './disk.ts';
export { expectedOf } from './expected.ts';
export { allInWords, alternatives, type Finding, inWords, quote } from './finding.ts';
export { FolderWatch, type FolderWatchOptions } from './folder-watch.ts';
export { type JsonSource, propertiesOf, readJson } from './json-source.ts';
export { Patience } from './patience.ts';
