import { useState } from 'react';
import { defineWords, useWords } from '../app/words.ts';
import { Dialog } from './dialog.tsx';
import { Kbd } from './kbd.tsx';
import { useBoundKeys, useKey } from './keys.ts';

const words = defineWords({
  title: ['这一页的快捷键', 'Keys of this page'],
  search: ['查找', 'Search'],
  list: ['本表', 'This list'],
});

const shown: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Enter: 'Enter', Escape: 'Esc' };

/** `?` lists the keys that work on the open page. */
export function KeyHints() {
  const t = useWords(words);
  const [open, setOpen] = useState(false);
  const keys = useBoundKeys();
  useKey('?', () => setOpen(true));
  return (
    <Dialog open={open} title={t('title')} onClose={() => setOpen(false)}>
      <dl className="key-list">
        {keys
          .filter((each) => each.hint !== null)
          .map((each) => (
            <div key={each.key} style={{ display: 'contents' }}>
              <dt>
                <Kbd>{shown[each.key] ?? each.key.toUpperCase()}</Kbd>
              </dt>
              <dd>{each.hint}</dd>
            </div>
          ))}
        <dt>
          <Kbd>/</Kbd>
        </dt>
        <dd>{t('search')}</dd>
        <dt>
          <Kbd>?</Kbd>
        </dt>
        <dd>{t('list')}</dd>
      </dl>
    </Dialog>
  );
}
