import type { Health as HealthNote, Status } from '../../companion/protocol/index.ts';
import { Moment } from '../parts/moment.tsx';
import { Strip } from '../parts/states.tsx';

/** What is wrong with the service, in its own words; one line, however much it is. */
export function Health({ status }: { status: Status }) {
  const notes = status.health.filter(({ level }) => level !== 'info');
  const tone = notes.some(({ level }) => level === 'error') ? 'error' : 'warning';
  const [first, ...more] = notes;
  if (!first) {
    return status.state === 'READ_ONLY' ? (
      <Strip tone="error">
        Nothing can be saved: the data directory cannot be written. Free some disk space.
      </Strip>
    ) : null;
  }
  if (more.length === 0) {
    return (
      <Strip tone={tone}>
        <Note note={first} />
      </Strip>
    );
  }
  return (
    <Strip tone={tone}>
      <details>
        <summary>{notes.length} things need your attention</summary>
        <ul>
          {notes.map((note) => (
            <li key={`${note.subject} ${note.at}`}>
              <Note note={note} />
            </li>
          ))}
        </ul>
      </details>
    </Strip>
  );
}

function Note({ note }: { note: HealthNote }) {
  return (
    <>
      {note.message} <Moment at={note.at} />
    </>
  );
}
