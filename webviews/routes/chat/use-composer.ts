import { useEffect, useRef, useState } from 'preact/hooks';
import { useSession } from '../../data/session.ts';
import { type AskerPlace, readAskerPlace } from '../../model/asker-place.ts';
import { type Location, to } from '../../model/location.ts';
import type { Chat } from './use-chat.ts';

const DRAFT = 'chat.draft';

/** What is being typed and about which place. The draft stays while its view is away. */
export function useComposer(chat: Chat, location: Location) {
  const { host } = useSession();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setTyped] = useState(host.getState<string>(DRAFT) ?? '');
  const [follows, setFollows] = useState<AskerPlace | null>(host.place);
  const [chosen, setChosen] = useState<AskerPlace | null>(null);
  /** The file without which the reader wants to ask. */
  const [without, setWithout] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const setText = (next: string) => {
    setTyped(next);
    setProblem(null);
    host.setState(DRAFT, next);
  };
  useEffect(() => {
    const listening = host.onPlace((place) => {
      setFollows(place);
      setWithout((file) => (file === place?.file ? file : null));
    });
    return () => listening.dispose();
  }, [host]);

  // The editor sent the reader here with a question, a place, or to type one.
  const { query } = location;
  const summoned = query.focus !== undefined || query.text !== undefined || query.file !== undefined;
  useEffect(() => {
    if (!summoned) return;
    const place = readAskerPlace(query);
    if (place) setChosen(place);
    if (place) setWithout(null);
    if (query.text !== undefined) setText(query.text);
    field.current?.focus();
    const kept = query.new === undefined ? {} : { new: query.new };
    host.navigation.go(to('chat', location.id, kept), { replace: true });
  }, [summoned]);

  // A question that was not taken comes back to be sent again, unless another has been begun.
  const { refused } = chat;
  useEffect(() => {
    if (!refused) return;
    setTyped((typed) => (typed.trim() === '' ? refused.question : typed));
    if (refused.place?.selection !== undefined) setChosen(refused.place);
    setProblem(refused.problem === null ? null : `Not asked. ${refused.problem}`);
  }, [refused]);

  const place = chosen ?? (follows && follows.file !== without ? follows : null);
  return {
    field,
    text,
    setText,
    place,
    problem,
    removePlace() {
      setWithout(place?.file ?? null);
      setChosen(null);
      field.current?.focus();
    },
    send(question = text) {
      if (question.trim() === '') return setProblem('Type a question first.');
      if (!chat.free) return setProblem('One answer at a time: stop the other one, or wait for it.');
      chat.ask(question.trim(), place);
      setText('');
      setChosen(null);
      field.current?.focus();
    },
  };
}
