import { useEffect, useRef } from 'react';

/** Keys that work while one types: Ctrl+Enter registers, Alt+A goes to the notes. */
export function useFormKeys(keys: { onSubmit: () => void; onNotes: () => void }): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || document.querySelector('dialog[open]')) return;
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) latest.current.onSubmit();
      else if (event.altKey && event.code === 'KeyA') latest.current.onNotes();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
