/** The rule of `nameMatcher` (kernel) as pathspecs, so that git does not open such files either. */
export function excludeNames(names: readonly string[]): string[] {
  return names.flatMap((name) => [`:(exclude,glob,icase)**/${name}`, `:(exclude,glob,icase)**/${name}/**`]);
}
