/** Half a year of a developer's life that nobody lived, as plain data: what the demo is written from. */
export { errands } from './errands.ts';
export type { Happening, Remembered } from './happening.ts';
export type { PlannedCommit } from './history.ts';
export { type Life, lifeUntil } from './life.ts';
export type { Project, ProjectName } from './life-types.ts';
export { ROBIN } from './people.ts';
export { ANSWERS, CHANGES_OF_MIND, FORKS, MARKS, OVERRULED, PANELS } from './person.ts';
export { projects } from './projects.ts';
export { importStream, type Refs, Trees } from './repository.ts';
export type { Planned } from './schedule.ts';
export { TOPICS, topicOf } from './topics.ts';
