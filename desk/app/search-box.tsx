import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Glyph } from '../kit/glyph.tsx';
import { Kbd } from '../kit/kbd.tsx';
import { useKey } from '../kit/keys.ts';
import { defineWords, useWords } from './words.ts';

const words = defineWords({
  search: ['查找诉求', 'Search requests'],
  hint: ['编号，或原话里的词', 'A number, or words written'],
});

/** One box for the whole desk: on the queue it narrows the open view, elsewhere it opens the queue. */
export function SearchBox() {
  const t = useWords(words);
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const filters = search as Record<string, unknown>;
  const onQueue = pathname === '/requests';
  const sought = onQueue && typeof filters.search === 'string' ? filters.search : '';
  const [typed, setTyped] = useState(sought);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => setTyped(sought), [sought]);
  useKey('/', () => {
    box.current?.focus();
    box.current?.select();
  });
  const go = () => {
    const wanted = typed.trim();
    if (wanted === sought) return;
    const kept = onQueue ? filters : { view: 'all' };
    void navigate({ to: '/requests', search: { ...kept, search: wanted || undefined } as never });
  };
  return (
    <search className="find">
      <Glyph name="look" />
      <input
        ref={box}
        type="search"
        aria-label={t('search')}
        aria-keyshortcuts="/"
        placeholder={t('hint')}
        value={typed}
        maxLength={80}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => onQueue && go()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            go();
            box.current?.blur();
          }
          if (event.key === 'Escape') {
            setTyped(sought);
            box.current?.blur();
          }
        }}
      />
      <Kbd>/</Kbd>
    </search>
  );
}
