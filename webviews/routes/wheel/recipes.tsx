import { useState } from 'preact/hooks';
import type { WheelRecipe } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { to } from '../../model/location.ts';
import { problemOf } from '../../model/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/fields.tsx';
import { FormEnd } from '../loops/new-thread.tsx';

/** What can be delegated without a model; what cannot be used here says why. */
export function Recipes({ recipes }: { recipes: readonly WheelRecipe[] }) {
  const [chosen, setChosen] = useState<WheelRecipe | null>(null);
  const usable = recipes.filter(({ unavailable }) => unavailable === null);
  const others = recipes.filter(({ unavailable }) => unavailable !== null);
  return (
    <>
      <ul class="recipe-list">
        {usable.map((recipe) => (
          <li key={recipe.name} class="recipe">
            <div>
              <h3>{recipe.title}</h3>
              <p class="quiet">{recipe.what}</p>
            </div>
            <Button icon="eye" label={`Preview: ${recipe.title}`} onClick={() => setChosen(recipe)}>
              Preview
            </Button>
          </li>
        ))}
      </ul>
      {usable.length === 0 && <p class="none-yet">Nothing can be delegated here without a language model.</p>}
      {others.length > 0 && (
        <details class="recipe-others">
          <summary>Not possible here ({others.length})</summary>
          <ul class="recipe-list">
            {others.map(({ name, title, unavailable }) => (
              <li key={name} class="recipe">
                <div>
                  <h3>{title}</h3>
                  <p class="quiet">
                    <bdi>{unavailable}</bdi>
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </details>
      )}
      {chosen && <RecipeDialog recipe={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

/** What a recipe asks for. Sending it changes nothing: it leads to the preview. */
function RecipeDialog({ recipe, onClose }: { recipe: WheelRecipe; onClose(): void }) {
  const { client, host, workspace } = useSession();
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { name, title, what, options } = recipe;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const missing = options.find((option) => option.required && !given[option.name]?.trim());
    if (missing) return setProblem(`It needs an answer: ${missing.question}`);
    setBusy(true);
    setProblem(null);
    try {
      const filled = Object.entries(given).filter(([, value]) => value.trim() !== '');
      const run = await client.api.wheel.propose({
        workspace: workspace ?? '',
        recipe: name,
        options: Object.fromEntries(filled),
      });
      onClose();
      host.navigation.go(to('wheel', run.id));
    } catch (error) {
      setBusy(false);
      setProblem(problemOf(error).text);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="form" aria-busy={busy} onSubmit={(event) => void submit(event)}>
        <p>{what}</p>
        {options.map((option, i) => (
          <TextField
            key={option.name}
            label={option.required ? option.question : `${option.question} (may be left out)`}
            value={given[option.name] ?? ''}
            onInput={(value) => setGiven((before) => ({ ...before, [option.name]: value }))}
            autofocus={i === 0}
          />
        ))}
        <p class="quiet">It is tried on a copy of the folder first. Nothing is changed before you say yes.</p>
        <FormEnd problem={problem} action={busy ? 'Asking …' : 'Show what it would do'} />
      </form>
    </Dialog>
  );
}
