import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useWords } from './words.ts';

/** A page that only some people open is loaded when it is opened: everybody else's first load stays small. */
export interface Later {
  found: ComponentType | null;
  load(): Promise<void>;
}

export function later(fetch: () => Promise<{ default: ComponentType }>): Later {
  const page: Later = {
    found: null,
    load: async () => {
      page.found ??= (await fetch()).default;
    },
  };
  return page;
}

export function Lazily({ page }: { page: Later }) {
  const words = useWords();
  const [, arrived] = useState(page.found !== null);
  const [failed, fail] = useState(false);
  useEffect(() => {
    page.load().then(
      () => arrived(true),
      () => fail(true),
    );
  }, [page]);
  const Found = page.found;
  if (Found) return <Found />;
  return <p class="splash">{failed ? words.fault.network : words.loading}</p>;
}
