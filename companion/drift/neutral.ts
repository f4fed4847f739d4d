/** Written by programs. */
const MADE =
  /(^|\/)(dist|build|out|target|coverage|node_modules|vendor|generated|__generated__|__snapshots__|__pycache__|\.[^/]+)\/|\.(lock|snap|map|min\.\w+|generated\.\w+|g\.\w+|pb\.\w+|log|tsbuildinfo)$|(^|\/)(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|go\.sum|[^/]*_pb2?\.\w+)$/i;

/** What goes with any work: settings of the project, notes on the change. At the top, or of a package. */
const ACCOMPANIES =
  /(^|\/)(package\.json|tsconfig[^/]*\.json|pyproject\.toml|setup\.(py|cfg)|requirements[^/]*\.txt|cargo\.toml|go\.mod|pom\.xml|build\.gradle(\.kts)?|makefile|dockerfile|cmakelists\.txt|readme[^/]*|changelog[^/]*|changes[^/]*|news[^/]*|license[^/]*|notice[^/]*|\.[^/]+)$/i;

/** Says nothing about the scope, whoever touches it: made by a program, or touched with any work. Pure. */
export function isNeutral(file: string): boolean {
  return MADE.test(file) || ACCOMPANIES.test(file);
}
