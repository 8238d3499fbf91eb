import type { Item } from '../app/outbox.ts';
import { outbox } from '../app/sending.ts';
import { useWords } from '../app/words.ts';
import { Icon } from './icon.tsx';

/** What the server would not take, and no page shows any more: why, until whoever made it has read it. */
export function Stranded({
  items,
  titleOf,
  drop,
}: {
  items: readonly Item[];
  titleOf(item: Item): string;
  drop: string;
}) {
  const words = useWords();
  return items.map((item) => (
    <section class="card strong" key={item.id} role="status">
      <p class="state">
        <Icon name="warn" />
        {titleOf(item)}
      </p>
      <p class="small">
        {item.problem?.fields?.map((field) => field.message).join(words.listComma) ?? item.problem?.title}
      </p>
      <button type="button" class="button full" onClick={() => void outbox.take(item.id)}>
        {drop}
      </button>
    </section>
  ));
}
