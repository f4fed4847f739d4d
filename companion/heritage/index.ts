/** Who the user is, how they like to work, what was learned with their consent: versions, and files to edit by hand. */
export { type Because, Heritage, type HeritageOptions } from './heritage.ts';
export { HeritageFiles, type HeritageFilesOptions } from './heritage-files.ts';
export { oldVersions, type StoredVersion } from './rows.ts';
