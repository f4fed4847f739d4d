import type { RouteProps } from '../../app/routes.ts';
import { isFile } from '../../model/heritage-words.ts';
import { HeritagePage } from './heritage-page.tsx';
import { VersionsPage } from './versions-page.tsx';

/** Who the user is to the companion: what holds now, or the versions of one file. */
export function HeritageRoute({ location }: RouteProps) {
  const { id } = location;
  return isFile(id) ? <VersionsPage key={id} file={id} location={location} /> : <HeritagePage />;
}
