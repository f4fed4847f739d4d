import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConvergencePart, MirrorLine } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { EditInPlace } from '../../parts/edit-in-place.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Blank } from '../../parts/states.tsx';
import type { Conversation } from './convergence-route.tsx';
import { focusFirst, PartField } from './part-field.tsx';

const keyOf = ({ question, part }: MirrorLine) => `${question}.${part}`;

/** What was understood, each line of it to be corrected where it stands. */
export function MirrorPage(conversation: Conversation) {
  const { convergence, busy, refused, change, go } = conversation;
  const { mirror, stage, finishedAt } = convergence;
  const { notify } = useSession();
  const [edited, setEdited] = useState<string | null>(null);
  const list = useRef<HTMLDListElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);

  if (mirror.length === 0) return <NothingSaid {...conversation} />;
  const keep = async () => {
    const kept = await change(async (api) => (await api.convergence.finish({})).convergence);
    if (kept) notify({ tone: 'done', text: 'Kept. Change a line whenever it stops being true.' });
  };
  const leave = (key: string) => {
    setEdited(null);
    // The button of the line that was edited is drawn with the next picture.
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-line="${key}"] .icon-button`)?.focus(),
    );
  };
  return (
    <section class="page" aria-labelledby="mirror-title">
      <h2 id="mirror-title" class="question" tabIndex={-1} ref={title}>
        {stage === 'finished' ? 'This is how you work' : 'What I understood'}
      </h2>
      <p class="quiet">
        {stage === 'finished' && finishedAt !== null ? (
          <>
            Kept <Moment at={finishedAt} />, from your answers alone.
          </>
        ) : (
          'From your answers alone; nothing is guessed. Correct what is not right.'
        )}
      </p>
      <dl class="mirror" ref={list}>
        {mirror.map((line) => {
          const key = keyOf(line);
          return (
            <div key={key} class="mirror-line" data-line={key}>
              <dt>{line.lead}</dt>
              {edited === key ? (
                <LineEditor line={line} conversation={conversation} leave={() => leave(key)} />
              ) : (
                <dd>
                  <bdi>{line.text}</bdi>
                  <IconButton icon="edit" label={`Change: ${line.lead}`} onClick={() => setEdited(key)} />
                </dd>
              )}
            </div>
          );
        })}
      </dl>
      <p role="alert" class="form-problem">
        {edited === null ? refused : null}
      </p>
      <footer class="steps">
        <Button icon="arrow-left" onClick={() => go(convergence.questions.at(-1)?.id ?? 'start')}>
          Back
        </Button>
        <span class="steps-on">
          <Button onClick={() => go('machine')}>What is on this machine</Button>
          {stage !== 'finished' && (
            <Button primary icon="check" aria-disabled={busy} onClick={() => void keep()}>
              Keep it
            </Button>
          )}
        </span>
      </footer>
    </section>
  );
}

function LineEditor({
  line,
  conversation: { convergence, busy, refused, change },
  leave,
}: {
  line: MirrorLine;
  conversation: Conversation;
  leave(): void;
}) {
  const { client } = useSession();
  const [part, setPart] = useState<ConvergencePart | null>(() => partOf(convergence.questions, line) ?? null);
  const [typed, setTyped] = useState<string | null>(null);
  const field = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A question of the long form may not be among those of this one.
    if (!part)
      void client.api.convergence
        .get({ form: 'long' })
        .then(({ questions }) => setPart(partOf(questions, line) ?? null));
    else void focusFirst(field.current);
  }, [part]);
  if (!part) return <dd class="quiet">{line.text}</dd>;

  const text = typed ?? (part.kind === 'list' ? line.text.replaceAll('; ', '\n') : line.text);
  const known = part.options.find(({ label }) => label === text)?.value ?? text;
  const save = async () => {
    const { question, part: id } = line;
    const done = await change((api) => api.convergence.correct({ question, part: id, text: known }));
    if (done) leave();
  };
  return (
    <dd class="mirror-edit">
      <EditInPlace place={field} problem={refused} busy={busy} save={() => void save()} leave={leave}>
        <PartField part={part} value={known} onInput={setTyped} />
      </EditInPlace>
    </dd>
  );
}

function partOf(questions: Conversation['convergence']['questions'], { question, part }: MirrorLine) {
  return questions.find(({ id }) => id === question)?.parts.find(({ id }) => id === part);
}

function NothingSaid({ convergence, go }: Conversation) {
  const skipped = convergence.stage === 'skipped' || convergence.stage === 'finished';
  return (
    <Blank
      icon={skipped ? 'pass' : 'comment-discussion'}
      title={skipped ? 'Skipped' : 'Nothing is answered yet'}
    >
      <p>
        {skipped
          ? 'Nothing is assumed about how you work, and nothing will ask again.'
          : 'What was understood stands here, line by line.'}
      </p>
      <Button onClick={() => go('start')}>{skipped ? 'Answer after all' : 'Begin'}</Button>
    </Blank>
  );
}
