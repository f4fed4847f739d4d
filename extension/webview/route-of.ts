import { formatLocation, type Location } from '../../webviews/model/location.ts';

/** A place of the web app as it is named to its page. */
export function routeOf(location: Location): string {
  return formatLocation(location).replace(/^#\//, '');
}
