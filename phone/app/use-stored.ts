import { useEffect, useState } from 'preact/hooks';
import type { Stored } from './stored.ts';

/** The value now; the page is drawn again when it changes. */
export function useStored<T>(source: Stored<T>): T {
  const [value, setValue] = useState(source.get);
  useEffect(() => {
    const look = () => setValue(source.get);
    look();
    return source.subscribe(look);
  }, [source]);
  return value;
}
